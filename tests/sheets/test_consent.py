"""Consents in sheets: what a person agreed to can be noted, and what was withdrawn stays withdrawn."""

from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from profiles.models import Profile
from search.indexing import together
from sheets.resources import ProfileSheet
from tests.factories import InterviewFactory, InterviewPhotoFactory, ProfileFactory
from tests.pictures import picture
from tests.sheets.files import as_csv, table
from tests.sheets.test_importing import importer_with

pytestmark = pytest.mark.django_db
CONSENT = {"consent_date": "2024-05-01", "consent_by": "the person, by e-mail", "consent_scope": "reuse"}


def test_a_consent_is_exported_and_imported(importer):
    importer.run(Profile, as_csv([{"given_name": "Ana", "family_name": "Quispe"} | CONSENT]))
    profile = Profile.objects.get()
    assert (profile.consent_date, profile.consent_scope) == (date(2024, 5, 1), "reuse")
    [row] = table(importer.export(Profile))
    assert {name: row[name] for name in CONSENT} == CONSENT


def test_neither_the_proof_nor_a_withdrawal_is_in_the_file():
    assert not [name for name in ProfileSheet().columns if name.startswith(("consent_document", "withdrawn"))]


@pytest.mark.parametrize(
    ("column", "cell"), [("consent_date", "2030-01-01"), ("consent_by", "me"), ("consent_scope", "text")]
)
def test_a_withdrawn_consent_is_not_put_right_by_a_file(importer, column, cell):
    profile = ProfileFactory(slug="ana")
    profile.withdraw_consent(date(2024, 6, 1))
    said = "The person has withdrawn the consent. Record a new consent on the profile’s page."
    assert importer.preview(Profile, as_csv([{"slug": "ana", column: cell}])).problems == [
        f"Row 2, column {column}: {said}"
    ]


def test_other_columns_of_who_withdrew_the_consent_can_change(importer):
    profile = ProfileFactory(slug="ana", family_name="Old")
    profile.withdraw_consent(date(2024, 6, 1))
    [row] = table(importer.export(Profile))
    importer.run(Profile, as_csv([row | {"family_name": "Quispe"}]))
    profile.refresh_from_db()
    assert (profile.family_name, profile.withdrawn_on) == ("Quispe", date(2024, 6, 1))


def test_a_public_profile_keeps_what_its_publication_needs(importer):
    ProfileFactory(slug="ana")
    for column in ("consent_date", "consent_scope"):
        page = importer.preview(Profile, as_csv([{"slug": "ana", column: ""}]))
        assert "before publishing" in page.problems[0], column


def test_a_public_portrait_stays_within_the_consent(importer):
    ProfileFactory(slug="ana", portrait=ContentFile(picture(), "ana.webp"), portrait_alt_en="Ana")
    page = importer.preview(Profile, as_csv([{"slug": "ana", "consent_scope": "text"}]))
    assert page.problems == [
        "Row 2: The person agreed to text only. Remove the portrait before publishing.",
    ]


def test_public_photos_stay_within_the_consent(importer):
    profile = ProfileFactory(slug="ana")
    InterviewPhotoFactory(interview=InterviewFactory(profile=profile))
    page = importer.preview(Profile, as_csv([{"slug": "ana", "consent_scope": "text"}]))
    assert page.problems == [
        "Row 2, column consent_scope: The person agreed to text only, and a published interview has photos. "
        "Remove these first."
    ]


def test_only_who_may_publish_changes_the_consent_of_a_public_profile():
    ProfileFactory(slug="ana", consent_scope="text")
    content = as_csv([{"slug": "ana", "consent_scope": "reuse"}])
    assert "You may change drafts only." in importer_with("change", model=Profile).preview(Profile, content).problems[0]
    importer_with("change", "publish", model=Profile).run(Profile, content)
    assert Profile.objects.get().consent_scope == "reuse"


def test_looking_at_consents_asks_no_query_a_profile(importer):
    with together():
        for number in range(51):
            ProfileFactory(slug=f"p-{number}", consent_scope="pictures")
    ContentType.objects.get_for_model(Profile)

    def queries(numbers) -> int:
        rows = [{"slug": f"p-{number}", "consent_scope": "text"} for number in numbers]
        location = importer.upload(Profile, as_csv(rows))["Location"]
        with CaptureQueriesContext(connection) as asked:
            importer.page(importer.client.get(location))
        return len(asked)

    queries([0])
    assert queries([0]) == queries(range(1, 51))
