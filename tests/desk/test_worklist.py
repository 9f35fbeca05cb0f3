"""What waits for a review, and what one left unfinished."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from publishing.models import Action, Transition, WorkingDraft
from publishing.workflow import take_step
from tests.factories import EngagementFactory, ProfileFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db

INDEX = reverse("admin:index")


@pytest.fixture
def author(db) -> User:
    return User.objects.create_user("ana", first_name="Ana", last_name="Ruiz")


def changed_by(user, record) -> None:
    LogEntry.objects.log_actions(user.pk, [record], CHANGE, single_object=True)


def working_draft(record, user, **values) -> WorkingDraft:
    return WorkingDraft.objects.create(record=record, user=user, data={}, **values)


def unfinished(client) -> list[str]:
    return [task.name for task in client.get(INDEX).context["unfinished"]]


def test_what_was_submitted_waits_the_longest_first(staff_client, author):
    for days in (1, 3, 2):
        engagement = EngagementFactory(in_review=True, title_en=f"Since {days} days")
        Transition.log(engagement, author, Action.SUBMIT, "draft")
        Transition.objects.of(engagement).update(at=timezone.now() - timedelta(days=days))
    waiting = staff_client.get(INDEX).context["waiting"]
    assert [task.name for task in waiting.tasks] == ["Since 3 days", "Since 2 days", "Since 1 days"]


def test_changes_of_a_public_record_wait_too(staff_client, author):
    public, other = EngagementFactory(title_en="Public"), EngagementFactory()
    working_draft(public, author, in_review=True)
    working_draft(other, author)
    waiting = staff_client.get(INDEX).context["waiting"]
    assert [task.name for task in waiting.tasks] == ["Public"]
    (every,) = waiting.all
    assert every.number == staff_client.get(every.address).context["cl"].result_count == 1


def test_five_are_shown_and_all_are_a_list_away(staff_client):
    for _number in range(7):
        EngagementFactory(in_review=True)
    EngagementFactory(draft=True)
    waiting = staff_client.get(INDEX).context["waiting"]
    assert len(waiting.tasks) == 5
    (every,) = waiting.all
    assert every.number == 7
    assert staff_client.get(every.address).context["cl"].result_count == 7


def test_a_task_says_who_submitted_it_and_leads_to_its_page(staff_client, editor, author):
    profile = ProfileFactory(in_review=True)
    Transition.log(profile, author, Action.SUBMIT, "draft")
    changed_by(editor, profile)
    page = staff_client.get(INDEX)
    (task,) = page.context["waiting"].tasks
    assert task.by == "Ana Ruiz"
    assert f'href="{reverse("admin:profiles_profile_change", args=[profile.pk])}"' in page.content.decode()


def test_reviews_are_shown_to_those_who_publish_that_kind(client_who_may):
    ProgrammeFactory(in_review=True)
    EngagementFactory(in_review=True, title_en="To be published")
    assert client_who_may("change_engagement").get(INDEX).context["waiting"] is None
    waiting = client_who_may("change_engagement", "publish_engagement").get(INDEX).context["waiting"]
    assert [task.name for task in waiting.tasks] == ["To be published"]


def test_a_draft_that_i_changed_last_is_unfinished(staff_client, editor):
    mine, published = EngagementFactory(draft=True, title_en="Mine"), EngagementFactory()
    changed_by(editor, mine)
    changed_by(editor, mine)
    changed_by(editor, published)
    assert unfinished(staff_client) == ["Mine"]


def test_a_draft_that_somebody_took_over_is_not_mine(staff_client, editor, author):
    draft = EngagementFactory(draft=True)
    changed_by(editor, draft)
    changed_by(author, draft)
    assert unfinished(staff_client) == []


def test_changes_of_a_public_record_that_i_have_not_submitted_are_unfinished(staff_client, editor, author):
    working_draft(EngagementFactory(title_en="Mine"), editor)
    working_draft(EngagementFactory(title_en="In review"), editor, in_review=True)
    theirs = EngagementFactory(title_en="Ana's")
    working_draft(theirs, author)
    changed_by(editor, theirs)
    assert unfinished(staff_client) == ["Mine"]


def test_what_was_returned_to_me_comes_with_the_comment(client_who_may, editor):
    client = client_who_may("change_engagement")
    me = User.objects.exclude(pk=editor.pk).get()
    engagement = EngagementFactory(draft=True, title_en="Returned")
    take_step(engagement, Action.SUBMIT, me)
    assert unfinished(client) == []
    changed_by(editor, engagement)
    take_step(engagement, Action.RETURN, editor, comment="The source is missing.")
    page = client.get(INDEX)
    (task,) = page.context["unfinished"]
    assert (task.name, task.by, task.comment) == ("Returned", "editor", "The source is missing.")
    assert "The source is missing." in page.content.decode()


def test_the_draft_that_i_left_last_comes_first(staff_client, editor):
    first, second = EngagementFactory(draft=True, title_en="First"), ProgrammeFactory(draft=True, name_en="Second")
    changed_by(editor, first)
    changed_by(editor, second)
    assert unfinished(staff_client) == ["Second", "First"]


def test_a_deleted_draft_is_forgotten(staff_client, editor):
    draft = EngagementFactory(draft=True)
    changed_by(editor, draft)
    draft.delete()
    assert unfinished(staff_client) == []
