"""Draft, review, scheduled, public, archived: in the lists, the forms and the actions of the admin."""

import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programmes.models import Programme
from publishing.models import Status
from tests.factories import (
    FAR_AHEAD,
    EngagementFactory,
    ExchangeFactory,
    InterviewFactory,
    OrganisationFactory,
    ProfileFactory,
    ProgrammeFactory,
)
from tests.publishing.admin_forms import errors, filled_in, messages

pytestmark = pytest.mark.django_db

LIST = reverse("admin:programmes_programme_changelist")


def change_page(programme: Programme) -> str:
    return reverse("admin:programmes_programme_change", args=[programme.pk])


def run(client, action: str, *records, **extra):
    """The list page after `action` was run on `records`."""
    model = type(records[0])
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    chosen = {"action": action, "_selected_action": [record.pk for record in records]}
    return client.post(address, chosen | extra, follow=True)


@pytest.fixture
def one_of_each():
    return {
        "draft": ProgrammeFactory(draft=True),
        "in_review": ProgrammeFactory(in_review=True),
        "scheduled": ProgrammeFactory(scheduled=True),
        "public": ProgrammeFactory(),
        "archived": ProgrammeFactory(archived=True),
    }


@pytest.mark.parametrize("standing", ["draft", "in_review", "scheduled", "public", "archived"])
def test_filter_finds_the_records_of_one_standing(staff_client, one_of_each, standing):
    page = staff_client.get(LIST, {"publication": standing})
    assert list(page.context["cl"].queryset) == [one_of_each[standing]]


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        ("draft", "Draft"),
        ("in_review", "In review"),
        ("scheduled", "Scheduled for [^<]*2090[^<]*"),
        ("public", "Public"),
        ("archived", "Archived"),
    ],
)
def test_list_says_in_words_where_a_record_stands(staff_client, one_of_each, standing, words):
    page = staff_client.get(LIST, {"publication": standing})
    assert re.search(f'<td class="field-standing">{words}</td>', page.content.decode())


def test_interview_of_an_unpublished_profile_is_not_called_public(staff_client):
    InterviewFactory(profile=ProfileFactory(draft=True))
    page = staff_client.get(reverse("admin:profiles_interview_changelist"))
    assert "Public as soon as the profile is" in page.content.decode()


def test_scheduled_interview_of_an_unpublished_profile_says_its_date(staff_client):
    InterviewFactory(scheduled=True, profile=ProfileFactory(draft=True))
    page = staff_client.get(reverse("admin:profiles_interview_changelist"))
    assert '<td class="field-standing">Scheduled for' in page.content.decode()


# The form


def test_form_says_what_is_missing_before_it_can_be_published(staff_client):
    programme = ProgrammeFactory(draft=True, aim_en="")
    page = staff_client.get(change_page(programme))
    assert "<li>Fill in “aim" in page.content.decode()


def test_form_says_that_nothing_is_missing(staff_client):
    page = staff_client.get(change_page(ProgrammeFactory(draft=True)))
    assert "Nothing is missing." in page.content.decode()


def test_publishing_without_a_date_publishes_at_once(staff_client):
    programme = ProgrammeFactory(draft=True)
    page = staff_client.get(change_page(programme))
    staff_client.post(change_page(programme), filled_in(page, status="published"))
    programme.refresh_from_db()
    assert programme.is_public
    assert timezone.now() - programme.publish_at < timedelta(minutes=1)


def test_publishing_with_a_date_to_come_schedules(staff_client):
    programme = ProgrammeFactory(draft=True)
    page = staff_client.get(change_page(programme))
    typed = filled_in(page, status="published", publish_at_0="2090-01-01", publish_at_1="00:00")
    staff_client.post(change_page(programme), typed)
    programme.refresh_from_db()
    assert programme.is_scheduled


def test_half_a_date_is_refused_at_the_field(staff_client):
    programme = ProgrammeFactory(draft=True)
    page = staff_client.get(change_page(programme))
    refused = staff_client.post(
        change_page(programme), filled_in(page, status="published", publish_at_0="2090-13-01", publish_at_1="x")
    )
    assert list(errors(refused)) == ["publish_at"]


def test_public_record_cannot_be_emptied_of_what_it_needs(staff_client):
    programme = ProgrammeFactory()
    page = staff_client.get(change_page(programme))
    refused = staff_client.post(change_page(programme), filled_in(page, aim_en=""))
    assert list(errors(refused)) == ["aim_en"]
    programme.refresh_from_db()
    assert programme.aim_en


def test_draft_may_be_saved_incomplete(staff_client):
    programme = ProgrammeFactory(draft=True)
    page = staff_client.get(change_page(programme))
    assert staff_client.post(change_page(programme), filled_in(page, aim_en="")).status_code == 302


def test_publishing_an_interview_on_the_profile_page_is_refused_at_its_fields(staff_client):
    interview = InterviewFactory(draft=True, published_on=None)
    address = reverse("admin:profiles_profile_change", args=[interview.profile_id])
    page = staff_client.get(address)
    refused = staff_client.post(address, filled_in(page) | {"interviews-0-status": "published"})
    assert list(errors(refused)) == ["interviews-0-published_on"]


def test_publishing_an_interview_on_the_profile_page_dates_it(staff_client):
    interview = InterviewFactory(draft=True)
    address = reverse("admin:profiles_profile_change", args=[interview.profile_id])
    staff_client.post(address, filled_in(staff_client.get(address)) | {"interviews-0-status": "published"})
    interview.refresh_from_db()
    assert interview.is_public


# The actions


def test_publish_action_publishes_complete_drafts(staff_client):
    drafts = [ProgrammeFactory(draft=True), ProgrammeFactory(in_review=True), ProgrammeFactory(archived=True)]
    page = run(staff_client, "publish", *drafts)
    assert messages(page) == ["3 published."]
    assert Programme.objects.published().count() == 3


def test_publish_action_says_what_it_skipped_and_why(staff_client):
    complete = ProgrammeFactory(draft=True)
    incomplete = ProgrammeFactory(draft=True, name_en="Half & half", aim_en=None)
    page = run(staff_client, "publish", complete, incomplete)
    published, skipped = messages(page)
    assert published == "1 published."
    assert skipped.startswith("Not published: Half & half — Fill in “aim")
    incomplete.refresh_from_db()
    assert incomplete.status == Status.DRAFT


def test_publish_action_skips_what_is_published_already(staff_client):
    programme = ProgrammeFactory(name_en="My.Coop")
    published_at = programme.publish_at
    assert messages(run(staff_client, "publish", programme)) == ["Not published: My.Coop — It is published already."]
    programme.refresh_from_db()
    assert programme.publish_at == published_at


def test_publish_action_skips_an_interview_that_waits_for_its_profile(staff_client):
    interview = InterviewFactory(title_en="A talk", profile=ProfileFactory(draft=True))
    published_at = interview.publish_at
    assert messages(run(staff_client, "publish", interview)) == ["Not published: A talk — It is published already."]
    interview.refresh_from_db()
    assert interview.publish_at == published_at


def test_publish_action_leaves_a_scheduled_record_its_date(staff_client):
    programme = ProgrammeFactory(name_en="My.Coop", scheduled=True)
    (text,) = messages(run(staff_client, "publish", programme))
    assert text.startswith("Not published: My.Coop — It is scheduled for ")
    assert "2090" in text
    programme.refresh_from_db()
    assert programme.publish_at == FAR_AHEAD


def test_publish_action_keeps_to_the_date_planned_for_a_draft(staff_client):
    programme = ProgrammeFactory(status=Status.DRAFT, publish_at=FAR_AHEAD)
    (text,) = messages(run(staff_client, "publish", programme))
    assert text.startswith("1 scheduled")
    programme.refresh_from_db()
    assert programme.is_scheduled
    assert programme.publish_at == FAR_AHEAD


def test_archive_action_archives_and_says_what_it_skipped(staff_client):
    public, archived = ProgrammeFactory(), ProgrammeFactory(name_en="Old", archived=True)
    page = run(staff_client, "archive", public, archived)
    assert messages(page) == ["1 archived.", "Not archived: Old — It is archived already."]
    public.refresh_from_db()
    assert public.status == Status.ARCHIVED


@pytest.mark.parametrize("action", ["publish", "archive"])
def test_actions_stand_in_the_history_of_the_record(staff_client, action):
    programme = ProgrammeFactory(draft=True)
    run(staff_client, action, programme)
    assert LogEntry.objects.get(object_id=str(programme.pk)).get_change_message().startswith("Changed status")


@pytest.mark.parametrize("action", ["publish", "archive"])
def test_actions_need_the_permission_to_change(client, action):
    viewer = User.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_programme"))
    client.force_login(viewer)
    programme = ProgrammeFactory(draft=True)
    run(client, action, programme)
    programme.refresh_from_db()
    assert programme.status == Status.DRAFT


@pytest.mark.parametrize(
    "make", [OrganisationFactory, ProfileFactory, InterviewFactory, ProgrammeFactory, EngagementFactory]
)
def test_actions_are_there_for_every_kind_of_record(staff_client, make):
    record = make(draft=True)
    if make is InterviewFactory:
        ExchangeFactory(interview=record)
    assert messages(run(staff_client, "publish", record)) == ["1 published."]
    assert messages(run(staff_client, "archive", record)) == ["1 archived."]


def test_an_interview_of_a_draft_profile_is_said_to_wait_for_it(staff_client):
    interview = ExchangeFactory(
        interview=InterviewFactory(draft=True, profile__draft=True, title_en="A talk")
    ).interview
    assert messages(run(staff_client, "publish", interview)) == ["Published: A talk — Public as soon as the profile is"]


def test_refused_records_cost_no_query_each(staff_client):
    def queries(records):
        with CaptureQueriesContext(connection) as captured:
            run(staff_client, "publish", *records)
        return len(captured)

    profiles = [ProfileFactory() for _ in range(6)]
    assert queries(profiles[:2]) == queries(profiles)
