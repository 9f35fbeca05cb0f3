"""Who may take which step from where: every role, every step, every standing; on the page, in the list, by hand."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from publishing.models import Action, Status, Transition, Version, WorkingDraft
from publishing.snapshots import take
from publishing.workflow import steps_for, take_step
from tests.factories import FAR_AHEAD, OrganisationFactory
from tests.publishing.admin_forms import filled_in

pytestmark = pytest.mark.django_db

# Steps that each may take, by where the record stands. Written out, so that a slip in the rules shows.
ALLOWED = {
    "author": {
        "draft": {"submit"},
        "in_review": set(),
        "scheduled": set(),
        "public": {"submit"},
        "changed": {"submit"},
        "changes_in_review": set(),
        "archived": set(),
    },
    "editor": {
        "draft": {"submit", "publish", "schedule", "archive"},
        "in_review": {"publish", "schedule", "return", "archive"},
        "scheduled": {"publish", "schedule", "archive"},
        "public": {"submit", "publish", "archive"},
        "changed": {"submit", "publish", "archive"},
        "changes_in_review": {"publish", "return", "archive"},
        "archived": {"publish", "schedule", "return"},
    },
    "administrator": {
        "draft": set(),
        "in_review": set(),
        "scheduled": set(),
        "public": set(),
        "changed": set(),
        "changes_in_review": set(),
        "archived": set(),
    },
}
ROLES = list(ALLOWED)
STANDINGS = list(ALLOWED["author"])
STEPS = [action.value for action in Action]


@pytest.fixture(params=ROLES)
def role(request) -> str:
    return request.param


@pytest.fixture
def user(role) -> User:
    user = User.objects.create_user(role, is_staff=True)
    user.groups.add(Group.objects.get(name=role.capitalize()))
    return user


@pytest.fixture
def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def standing_at(standing: str):
    """A record that stands there; one with changes has the working draft "Changed"."""
    if standing not in ("changed", "changes_in_review"):
        return OrganisationFactory(**({} if standing == "public" else {standing: True}))
    record = OrganisationFactory()
    data = take(record)
    data["fields"]["name_en"] = "Changed"
    WorkingDraft.objects.create(record=record, user=None, data=data, in_review=standing == "changes_in_review")
    return record


def state(record) -> tuple:
    """All that a step could change."""
    record.refresh_from_db()
    draft = WorkingDraft.objects.of(record).first()
    return record.status, record.publish_at, record.name_en, draft and (draft.data, draft.in_review)


def change_page(record) -> str:
    return reverse("admin:organisations_organisation_change", args=[record.pk])


@pytest.mark.parametrize("standing", STANDINGS)
def test_page_offers_exactly_the_steps_that_one_may_take(browser, role, standing):
    page = browser.get(change_page(standing_at(standing)))
    assert {step.action for step in page.context["steps"]} == ALLOWED[role][standing]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("standing", STANDINGS)
def test_step_is_taken_by_those_who_may_and_by_nobody_else(user, role, standing, step):
    record = standing_at(standing)
    before = state(record)
    try:
        take_step(record, step, user, comment="Look again", at=FAR_AHEAD + timedelta(days=1))
    except (PermissionDenied, ValidationError):
        assert state(record) == before
        assert not Transition.objects.exists()
        # Without a change there is nothing to submit, and nothing to publish anew.
        assert step not in ALLOWED[role][standing] or standing == "public"
    else:
        assert step in ALLOWED[role][standing]
        assert state(record) != before
        assert Transition.objects.of(record).get().user == user


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("standing", STANDINGS)
def test_a_form_made_by_hand_takes_no_step_that_one_may_not_take(browser, role, standing, step):
    record = standing_at(standing)
    before = state(record)
    page = browser.get(change_page(record))
    typed = {"name_en": "By hand", "_step": step, "step_comment": "x", "step_at_0": "2091-01-01", "step_at_1": "00:00"}
    shown = filled_in(page) if page.context["adminform"].form.fields else {"slug": "by-hand", "kind": "ngo"}
    answer = browser.post(change_page(record), shown | typed)
    if step in ALLOWED[role][standing]:
        assert answer.status_code == 302
        assert state(record) != before
    else:
        after = state(record)
        assert after[:2] == before[:2]
        assert not Transition.objects.exists()
        assert after == before or role == "editor" or (role, standing) == ("author", "draft")


@pytest.mark.parametrize("action", ["submit", "publish", "archive"])
@pytest.mark.parametrize("standing", STANDINGS)
def test_an_action_of_the_list_does_no_more_than_one_may(browser, role, standing, action):
    record = standing_at(standing)
    before = state(record)
    chosen = {"action": action, "_selected_action": [record.pk]}
    browser.post(reverse("admin:organisations_organisation_changelist"), chosen)
    done = Transition.objects.of(record).exists()
    assert done == (state(record) != before)
    if done:
        assert action in ALLOWED[role][standing]


@pytest.mark.parametrize("standing", STANDINGS)
def test_saving_changes_nothing_that_is_public_or_waits_for_a_review(browser, role, standing):
    record = standing_at(standing)
    before = record.name_en
    page = browser.get(change_page(record))
    shown = filled_in(page) if page.context["adminform"].form.fields else {"slug": "by-hand", "kind": "ngo"}
    answer = browser.post(change_page(record), shown | {"name_en": "Typed"})
    record.refresh_from_db()
    writable = {
        "administrator": set(),
        "author": {"draft"},
        "editor": {"draft", "in_review", "scheduled", "archived"},
    }[role]
    assert record.name_en == ("Typed" if standing in writable else before)
    kept_as_draft = {"administrator": set(), "author": {"public", "changed"}}.get(
        role, {"public", "changed", "changes_in_review"}
    )
    drafts = [draft.data["fields"]["name_en"] for draft in WorkingDraft.objects.of(record)]
    if standing in kept_as_draft:
        assert drafts == ["Typed"]
    else:
        assert "Typed" not in drafts
    assert (answer.status_code == 302) == (standing in writable | kept_as_draft)


def test_the_fields_of_the_status_are_not_listened_to(browser, role):
    record = OrganisationFactory(draft=True)
    page = browser.get(change_page(record))
    shown = filled_in(page) if page.context["adminform"].form.fields else {}
    typed = {"status": "published", "publish_at_0": "2020-01-01", "publish_at_1": "00:00"}
    browser.post(change_page(record), shown | typed)
    record.refresh_from_db()
    assert record.status == Status.DRAFT


def test_a_step_nobody_knows_is_refused(browser):
    record = OrganisationFactory(draft=True)
    page = browser.get(change_page(record))
    shown = filled_in(page) if page.context["adminform"].form.fields else {}
    assert browser.post(change_page(record), shown | {"_step": "delete-all"}).status_code == 403


# What the steps do


@pytest.fixture
def chief() -> User:
    return User.objects.create_superuser("chief")


def test_a_date_that_has_passed_is_no_schedule(chief):
    with pytest.raises(ValidationError) as refusal:
        take_step(OrganisationFactory(draft=True), Action.SCHEDULE, chief, at=timezone.now())
    assert list(refusal.value.message_dict) == ["at"]


def test_publishing_a_scheduled_record_makes_it_public_now(chief):
    record = OrganisationFactory(scheduled=True)
    take_step(record, Action.PUBLISH, chief)
    assert record.is_public


def test_publishing_changes_makes_the_record_what_the_draft_says(chief):
    record = standing_at("changes_in_review")
    published_at = record.publish_at
    take_step(record, Action.PUBLISH, chief)
    assert state(record) == (Status.PUBLISHED, published_at, "Changed", None)


def test_publishing_changes_that_lack_something_leaves_both_as_they_are(chief):
    record = standing_at("changed")
    draft = WorkingDraft.objects.of(record).get()
    draft.data["fields"]["name_en"] = ""
    draft.save()
    before = state(record)
    with pytest.raises(ValidationError):
        take_step(record, Action.PUBLISH, chief)
    assert state(record) == before


def test_archiving_takes_the_unpublished_changes_along(chief):
    record = standing_at("changed")
    take_step(record, Action.ARCHIVE, chief)
    assert state(record)[2:] == ("Changed", None)
    assert record.status == Status.ARCHIVED


def test_returned_changes_can_be_written_on_again(chief):
    record = standing_at("changes_in_review")
    take_step(record, Action.RETURN, chief, comment="Shorter, please")
    assert not WorkingDraft.objects.of(record).get().in_review
    assert record.is_public


def test_every_step_is_remembered_as_a_version(chief):
    record = OrganisationFactory(draft=True, name_en="First")
    take_step(record, Action.PUBLISH, chief)
    (version,) = Version.objects.of(record)
    assert (version.user, version.data["fields"]["name_en"]) == (chief, "First")


def test_of_two_who_publish_at_once_the_second_is_told(chief):
    record = OrganisationFactory(draft=True)
    take_step(record, Action.PUBLISH, chief)
    with pytest.raises(ValidationError, match="published already"):
        take_step(record, Action.PUBLISH, chief)


def test_steps_of_a_record_that_somebody_archived_meanwhile(chief):
    record = OrganisationFactory()
    type(record).objects.get(pk=record.pk).archive()
    with pytest.raises(ValidationError, match="Archived"):
        take_step(record, Action.ARCHIVE, chief)
    record.refresh_from_db()
    assert Action.ARCHIVE not in {step.action for step in steps_for(chief, record)}
