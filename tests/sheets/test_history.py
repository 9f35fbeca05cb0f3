"""What an import changed can be looked up and brought back; working drafts that wait are pointed out."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagements.models import Engagement
from organisations.models import Organisation
from profiles.models import Profile
from programmes.models import Programme
from publishing.models import Version, WorkingDraft
from publishing.snapshots import take
from search.indexing import together
from tests.factories import (
    OrganisationFactory,
    full_engagement,
    full_organisation,
    full_profile,
    full_programme,
)
from tests.sheets.files import as_csv, table

pytestmark = pytest.mark.django_db
UNION = {"slug": "union", "name_en": "Union", "kind": "federation"}


def draft_of(record) -> WorkingDraft:
    return WorkingDraft.objects.create(record=record, data=take(record))


def test_a_new_record_has_a_version_that_names_the_file(importer, editor):
    importer.run(Organisation, as_csv([UNION]), "unions of Peru.csv")
    record = Organisation.objects.get()
    version = Version.objects.of(record).get()
    assert (version.kind, version.user, version.name) == ("saved", editor, "Union")
    assert version.comment == "Imported from unions of Peru.csv"
    assert version.data == take(record)


def test_a_record_without_history_keeps_first_what_it_was(importer, editor):
    record = OrganisationFactory(slug="union", name_en="Old", kind="federation")
    before = take(record)
    importer.run(Organisation, as_csv([UNION]))
    imported, was = Version.objects.of(record)
    assert (was.data, was.user, was.comment, was.name) == (before, None, "As it was before.", "Old")
    assert (imported.data, imported.user, imported.name) == (take(record), editor, "Union")


def test_a_record_with_history_has_one_version_more(importer, editor):
    record = OrganisationFactory(slug="union", name_en="Old", kind="federation")
    Version.keep(record, editor)
    importer.run(Organisation, as_csv([UNION]))
    assert [version.name for version in Version.objects.of(record)] == ["Union", "Old"]


def test_records_that_stay_as_they_are_have_no_new_version(importer):
    OrganisationFactory(slug="same", name_en="Same")
    importer.run(Organisation, as_csv([UNION, {"slug": "same", "name_en": "Same", "kind": "federation"}]))
    same = Organisation.objects.get(slug="same")
    assert Version.objects.of(same).count() == (2 if same.name_en != "Same" else 0)


@pytest.mark.parametrize(
    ("model", "make", "column", "cell"),
    [
        (Profile, full_profile, "summary_es", "Otro resumen"),
        (Programme, full_programme, "partners", ""),
        (Organisation, full_organisation, "acronym_fr", "UNION"),
        (Engagement, full_engagement, "staff", ""),
    ],
)
def test_the_versions_hold_every_part_and_link(importer, model, make, column, cell):
    record = make()
    before = take(record)
    rows = table(importer.export(model))
    key = "id" if model is Engagement else "slug"
    row = next(row for row in rows if row[key] == str(getattr(record, key)))
    importer.run(model, as_csv([row | {column: cell}]))
    imported, was = Version.objects.of(record)
    assert was.data == before
    assert imported.data == take(record) != before


def test_an_import_that_is_undone_leaves_no_versions(importer, monkeypatch):
    OrganisationFactory(slug="union", name_en="Old")
    preview = importer.preview(Organisation, as_csv([UNION, UNION | {"slug": "new"}]))

    def broken(*args):
        raise RuntimeError

    monkeypatch.setattr("sheets.importing._create", broken)
    importer.confirm(Organisation, preview)
    assert not Version.objects.exists()


def test_the_preview_says_which_records_have_a_working_draft(importer):
    with_draft = OrganisationFactory(slug="union", name_en="Old")
    OrganisationFactory(slug="other", name_en="Old")
    draft_of(with_draft)
    page = importer.preview(Organisation, as_csv([UNION, UNION | {"slug": "other"}]))
    said = "Has unpublished changes in a working draft; the import changes the public version."
    rows = [row.get_text(" ") for row in page.soup.select(".sheet-table tbody tr")]
    assert [said in " ".join(row.split()) for row in rows if "name_en" in row] == [True, False]
    assert "1 changed record has a working draft." in page.text


def test_the_import_changes_the_record_and_leaves_its_working_draft(importer):
    record = OrganisationFactory(slug="union", name_en="Old")
    draft = draft_of(record)
    importer.run(Organisation, as_csv([UNION]))
    record.refresh_from_db()
    assert record.name_en == "Union"
    assert WorkingDraft.objects.get().data == draft.data


def test_a_working_draft_of_a_record_that_stays_as_it_is_is_not_mentioned(importer):
    record = OrganisationFactory(slug="union", name_en="Union", kind="federation")
    draft_of(record)
    page = importer.preview(Organisation, as_csv([UNION]))
    assert page.counts["unchanged"] == 1
    assert "working draft" not in page.text


def test_a_working_draft_begun_after_the_look_is_shown_first(importer):
    record = OrganisationFactory(slug="union", name_en="Old")
    preview = importer.preview(Organisation, as_csv([UNION]))
    draft_of(record)
    page = importer.confirm(Organisation, preview)
    assert "Somebody changed records after you looked." in page.text
    assert "1 changed record has a working draft." in page.text
    assert Organisation.objects.get().name_en == "Old"


def test_versions_and_drafts_cost_no_query_a_record(importer):
    with together():
        for number in range(51):
            draft_of(OrganisationFactory(slug=f"o-{number}", name_en="Old"))
    ContentType.objects.get_for_model(Organisation)

    def queries(slugs: list[str]) -> int:
        preview = importer.preview(Organisation, as_csv([UNION | {"slug": slug} for slug in slugs]))
        with CaptureQueriesContext(connection) as asked:
            importer.confirm(Organisation, preview)
        # Of the versions alone: the index asks for what it has to ask, batch by batch.
        tables = (Version._meta.db_table, WorkingDraft._meta.db_table)
        return sum(q["sql"].startswith("SELECT") and any(t in q["sql"] for t in tables) for q in asked.captured_queries)

    assert queries(["o-0"]) == queries([f"o-{number}" for number in range(1, 51)])
    assert Version.objects.count() == 102
