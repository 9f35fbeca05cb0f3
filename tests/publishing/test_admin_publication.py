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
from publishing.models import Status, Transition
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


def press(client, record, step: str, **typed):
    """The page that follows when the record's form is sent with the button of a step."""
    address = change_page(record)
    return client.post(address, filled_in(client.get(address), **typed) | {"_step": step}, follow=True)


def test_form_says_what_is_missing_and_leads_to_the_field(staff_client):
    page = staff_client.get(change_page(ProgrammeFactory(draft=True, aim_en="")))
    assert '<li><a href="#id_aim_en">Fill in “aim' in page.content.decode()


def test_form_says_that_nothing_is_missing(staff_client):
    page = staff_client.get(change_page(ProgrammeFactory(draft=True)))
    assert "Nothing is missing for publication." in page.content.decode()


def test_publish_now_saves_what_was_typed_and_publishes(staff_client):
    programme = ProgrammeFactory(draft=True)
    press(staff_client, programme, "publish", name_en="Typed")
    programme.refresh_from_db()
    assert programme.is_public
    assert programme.name_en == "Typed"
    assert timezone.now() - programme.publish_at < timedelta(minutes=1)


def test_schedule_publishes_at_the_date_typed(staff_client):
    programme = ProgrammeFactory(draft=True)
    press(staff_client, programme, "schedule", step_at_0="2090-01-01", step_at_1="00:00")
    programme.refresh_from_db()
    assert programme.is_scheduled
    assert programme.publish_at == FAR_AHEAD


@pytest.mark.parametrize("date", [("", ""), ("2090-13-01", "x"), ("2090-01-01", ""), ("2020-01-01", "00:00")])
def test_schedule_without_a_date_to_come_is_refused_and_what_was_typed_stays(staff_client, date):
    programme = ProgrammeFactory(draft=True)
    page = press(staff_client, programme, "schedule", step_at_0=date[0], step_at_1=date[1], name_en="Typed")
    assert page.context["step_form"].errors.keys() == {"step_at"}
    assert page.context["adminform"].form["name_en"].value() == "Typed"
    programme.refresh_from_db()
    assert (programme.status, programme.name_en == "Typed") == (Status.DRAFT, False)


def test_return_needs_a_comment(staff_client):
    programme = ProgrammeFactory(in_review=True)
    page = press(staff_client, programme, "return", step_comment="  ")
    assert page.context["step_form"].errors.keys() == {"step_comment"}
    programme.refresh_from_db()
    assert programme.status == Status.IN_REVIEW


def test_return_leaves_the_comment_with_the_draft(staff_client):
    programme = ProgrammeFactory(in_review=True)
    page = press(staff_client, programme, "return", step_comment="Name the <partner>.")
    programme.refresh_from_db()
    assert programme.status == Status.DRAFT
    assert "<q>Name the &lt;partner&gt;.</q>" in page.content.decode()


def test_every_step_stands_in_the_log_with_who_and_when_and_the_comment(staff_client, editor):
    programme = ProgrammeFactory(draft=True)
    press(staff_client, programme, "submit", step_comment="Please look")
    press(staff_client, programme, "publish")
    page = press(staff_client, programme, "archive", step_comment="Out of date")
    log = [
        (step.user, step.action, step.from_status, step.to_status, step.comment) for step in page.context["transitions"]
    ]
    assert log == [
        (editor, "archive", "published", "archived", "Out of date"),
        (editor, "publish", "in_review", "published", ""),
        (editor, "submit", "draft", "in_review", "Please look"),
    ]
    assert all(timezone.now() - step.at < timedelta(minutes=1) for step in page.context["transitions"])
    assert "Out of date" in page.content.decode()


def test_a_new_record_is_published_with_its_first_save(staff_client):
    add = reverse("admin:programmes_programme_add")
    typed = {
        "name_en": "Think.Coop",
        "slug": "think-coop",
        "kind": "orientation",
        "aim_en": "Think.",
        "_step": "publish",
    }
    staff_client.post(add, filled_in(staff_client.get(add), **typed))
    assert Programme.objects.published().get().name_en == "Think.Coop"


def test_publishing_what_lacks_something_saves_it_and_says_what(staff_client):
    programme = ProgrammeFactory(draft=True)
    page = press(staff_client, programme, "publish", aim_en="", name_en="Typed")
    (text,) = [text for text in messages(page) if "not this" in text]
    assert text.startswith("What you typed is saved, but not this: Publish now. Fill in “aim")
    programme.refresh_from_db()
    assert (programme.status, programme.name_en) == (Status.DRAFT, "Typed")


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


def test_an_interview_without_questions_is_not_published(staff_client):
    interview = InterviewFactory(draft=True)
    address = reverse("admin:profiles_interview_change", args=[interview.pk])
    page = staff_client.post(address, filled_in(staff_client.get(address)) | {"_step": "publish"}, follow=True)
    assert '<a href="#exchanges-group">Write and save at least one question' in page.content.decode()
    interview.refresh_from_db()
    assert interview.status == Status.DRAFT


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


@pytest.mark.parametrize(
    ("action", "words"),
    [("submit", "Submitted for review."), ("publish", "Published."), ("archive", "Archived.")],
)
def test_actions_stand_in_the_history_of_the_record(staff_client, editor, action, words):
    programme = ProgrammeFactory(draft=True)
    run(staff_client, action, programme)
    assert LogEntry.objects.get(object_id=str(programme.pk)).get_change_message() == words
    step = Transition.objects.of(programme).get()
    assert (step.user, step.action) == (editor, action)


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
