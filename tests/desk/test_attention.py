"""What the desk counts is what the list shows."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from codelists.models import Topic
from desk.duplicates import find_again
from desk.models import CheckedLink
from engagements.models import Engagement
from organisations.models import Organisation
from profiles.models import InterviewPhoto, Profile
from search.indexing import together
from tests.factories import (
    EngagementFactory,
    EngagementStaffFactory,
    ExchangeFactory,
    InterviewFactory,
    InterviewPhotoFactory,
    MaterialFactory,
    ModuleFactory,
    OfficeFactory,
    OrganisationFactory,
    ProfileFactory,
    ProgrammeFactory,
)
from tests.pictures import picture

pytestmark = pytest.mark.django_db

INDEX = reverse("admin:index")
LONG_AGO = timezone.now() - timedelta(days=1000)


def items(client) -> dict[tuple[str, str], object]:
    """What the desk says: by kind and label."""
    groups = client.get(INDEX).context["attention"] or []
    return {(group.label, item.label): item for group in groups for item in group.items}


@pytest.fixture
def everything_wrong():
    """Two of everything that calls for attention, and one of each kind where nothing does."""
    for number in range(2):
        profile = ProfileFactory(status="draft", publish_at=None, consent_date=None, consent_by="")
        profile.portrait.save("portrait.webp", ContentFile(picture(60, 60)))
        interview = InterviewFactory(profile=profile, source_url="https://broken.example/interview")
        ExchangeFactory(interview=interview)
        ExchangeFactory(interview=interview)
        InterviewPhotoFactory(interview=interview)
        programme = ProgrammeFactory()
        ModuleFactory(programme=programme)
        MaterialFactory(programme=programme, url="https://broken.example/manual")
        MaterialFactory(programme=programme, url="https://broken.example/manual")
        EngagementFactory()
        OrganisationFactory(name_en="The same", website="https://broken.example/")
        OfficeFactory(source_url="https://broken.example/office")
        Topic.objects.create(slug=f"topic-{number}", name_en="Only English")
    InterviewPhoto.objects.update(alt_en="")
    for path in ("interview", "manual", "", "office"):
        CheckedLink.objects.create(url=f"https://broken.example/{path}", status="broken", reason="no-host")
    for model in (Engagement, Profile, Organisation):
        model.objects.update(updated_at=LONG_AGO)
    find_again()


EXPECTED = {
    ("Profiles", "Portrait not in words"): 2,
    ("Profiles", "No consent"): 2,
    ("Profiles", "Not translated into Spanish"): 2,
    ("Profiles", "Not translated into French"): 2,
    ("Profiles", "Not changed for two years"): 2,
    ("Interviews", "Photo not in words"): 2,
    ("Interviews", "Not translated into Spanish"): 2,
    ("Interviews", "A link is broken"): 2,
    ("Programmes", "Not translated into French"): 2,
    ("Programmes", "A link is broken"): 2,
    ("Organisations", "Not translated into Spanish"): 2,
    ("Organisations", "Not changed for two years"): 2,
    ("Organisations", "A link is broken"): 2,
    ("Organisations", "Possible duplicates"): 1,
    ("Offices", "A link is broken"): 2,
    ("Engagements", "No source"): 2,
    ("Engagements", "Not translated into Spanish"): 2,
    ("Engagements", "Not changed for two years"): 2,
    ("Topics", "Not translated into French"): 2,
}


def test_everything_that_calls_for_attention_is_counted(staff_client, everything_wrong):
    found = {key: item.total.number for key, item in items(staff_client).items()}
    assert {key: found.get(key) for key in EXPECTED} == EXPECTED


def test_every_number_leads_to_a_list_with_as_many_rows(staff_client, everything_wrong):
    found = items(staff_client)
    assert found
    for (kind, label), item in found.items():
        page = staff_client.get(item.address)
        shown = page.context["cl"].result_count if "cl" in page.context else page.context["page"].paginator.count
        assert shown == item.total.number, (kind, label)


def test_what_is_well_is_not_counted(staff_client):
    engagement = EngagementFactory(
        title_es="Taller", title_fr="Atelier", summary_es="Hecho.", summary_fr="Fait.", source_url="https://a.example/"
    )
    CheckedLink.objects.create(url=engagement.source_url, status="ok")
    assert not [kind for kind, _label in items(staff_client) if kind == "Engagements"]


def test_the_desk_says_so_when_all_is_well(client_who_may):
    page = client_who_may("change_engagement").get(INDEX)
    assert "Everything is well" in page.content.decode()


def test_archived_records_may_rest(staff_client):
    EngagementFactory(archived=True)
    Engagement.objects.update(updated_at=LONG_AGO)
    assert ("Engagements", "Not changed for two years") not in items(staff_client)


def test_only_what_one_may_change_is_shown(client_who_may, everything_wrong):
    client = client_who_may("change_profile", "view_engagement")
    assert {kind for kind, _label in items(client)} == {"Profiles"}


def test_who_may_change_no_content_is_told_nothing_about_it(client_who_may, everything_wrong):
    page = client_who_may("change_user", "view_profile").get(INDEX)
    assert page.context["attention"] is None
    assert page.context["waiting"] is None
    assert "Needs attention" not in page.content.decode()
    assert "Users" in page.content.decode()


def test_duplicates_are_for_those_who_may_merge(client_who_may, everything_wrong):
    assert ("Organisations", "Possible duplicates") not in items(client_who_may("change_organisation"))
    merging = client_who_may("change_organisation", "delete_organisation", "publish_organisation")
    assert items(merging)[("Organisations", "Possible duplicates")].total.number == 1


def test_query_count_of_the_desk_does_not_grow(staff_client, editor):
    def grow(number: int) -> None:
        profile = ProfileFactory(draft=True)
        for record in (
            profile,
            InterviewFactory(in_review=True),
            ProgrammeFactory(in_review=True),
            OrganisationFactory(draft=True, name_en="The same"),
            EngagementFactory(in_review=True),
            EngagementStaffFactory(profile=profile).engagement,
        ):
            LogEntry.objects.log_actions(editor.pk, [record], CHANGE, single_object=True)
        find_again()

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert staff_client.get(INDEX).status_code == 200
        return len(queries)

    grow(0)
    grow(1)
    count()
    before = count()
    with together():
        for number in range(2, 50):
            grow(number)
    assert count() == before
    assert before < 60


@pytest.mark.parametrize("language", ["es", "fr"])
def test_the_desk_opens_in_the_other_languages(staff_client, everything_wrong, language):
    page = staff_client.get(INDEX, headers={"accept-language": language})
    assert page.status_code == 200
    assert page.headers["Content-Language"] == language
