"""What waits for a review, and what one left unfinished."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.urls import reverse
from django.utils import timezone

from engagements.models import Engagement
from tests.factories import EngagementFactory, ProfileFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db

INDEX = reverse("admin:index")


def changed_by(user, record) -> None:
    LogEntry.objects.log_actions(user.pk, [record], CHANGE, single_object=True)


def test_what_is_in_review_waits_the_longest_first(staff_client):
    now = timezone.now()
    for days in (1, 3, 2):
        engagement = EngagementFactory(in_review=True, title_en=f"Since {days} days")
        Engagement.objects.filter(pk=engagement.pk).update(updated_at=now - timedelta(days=days))
    waiting = staff_client.get(INDEX).context["waiting"]
    assert [task.name for task in waiting.tasks] == ["Since 3 days", "Since 2 days", "Since 1 days"]


def test_five_are_shown_and_all_are_a_list_away(staff_client):
    for _number in range(7):
        EngagementFactory(in_review=True)
    EngagementFactory(draft=True)
    waiting = staff_client.get(INDEX).context["waiting"]
    assert len(waiting.tasks) == 5
    (every,) = waiting.all
    assert every.number == 7
    assert staff_client.get(every.address).context["cl"].result_count == 7


def test_a_task_says_who_submitted_it_and_leads_to_its_page(staff_client, editor, django_user_model):
    author = django_user_model.objects.create_user("ana", first_name="Ana", last_name="Ruiz")
    profile = ProfileFactory(in_review=True)
    changed_by(editor, profile)
    changed_by(author, profile)
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
    assert [task.name for task in staff_client.get(INDEX).context["unfinished"]] == ["Mine"]


def test_a_draft_that_somebody_took_over_is_not_mine(staff_client, editor, django_user_model):
    draft = EngagementFactory(draft=True)
    changed_by(editor, draft)
    changed_by(django_user_model.objects.create_user("ana"), draft)
    assert staff_client.get(INDEX).context["unfinished"] == []


def test_the_draft_that_i_left_last_comes_first(staff_client, editor):
    first, second = EngagementFactory(draft=True, title_en="First"), ProgrammeFactory(draft=True, name_en="Second")
    changed_by(editor, first)
    changed_by(editor, second)
    assert [task.name for task in staff_client.get(INDEX).context["unfinished"]] == ["Second", "First"]


def test_a_deleted_draft_is_forgotten(staff_client, editor):
    draft = EngagementFactory(draft=True)
    changed_by(editor, draft)
    draft.delete()
    assert staff_client.get(INDEX).context["unfinished"] == []
