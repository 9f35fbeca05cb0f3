"""Who may take which step from where: every role, every step, every standing; on the page, in the list, by hand."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from publishing.models import Action, Status, Transition, Version, WorkingDraft
from publishing.snapshots import take
from publishing.workflow import steps_for, take_step
from tests.factories import FAR_AHEAD, ProgrammeFactory
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
    "viewer": {
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
PERMISSIONS = {
    "viewer": ["view_programme"],
    "author": ["view_programme", "add_programme", "change_programme"],
    "editor": ["view_programme", "add_programme", "change_programme", "delete_programme", "publish_programme"],
}


@pytest.fixture(params=ROLES)
def role(request) -> str:
    return request.param


@pytest.fixture
def user(role) -> User:
    user = User.objects.create_user(role, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=PERMISSIONS[role]))
    return user


@pytest.fixture
def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def standing_at(standing: str):
    """A programme that stands there; one with changes has the working draft "Changed"."""
    if standing not in ("changed", "changes_in_review"):
        return ProgrammeFactory(**({} if standing == "public" else {standing: True}))
    programme = ProgrammeFactory()
    data = take(programme)
    data["fields"]["name_en"] = "Changed"
    WorkingDraft.objects.create(record=programme, user=None, data=data, in_review=standing == "changes_in_review")
    return programme


def state(programme) -> tuple:
    """All that a step could change."""
    programme.refresh_from_db()
    draft = WorkingDraft.objects.of(programme).first()
    return programme.status, programme.publish_at, programme.name_en, draft and (draft.data, draft.in_review)


def change_page(programme) -> str:
    return reverse("admin:programmes_programme_change", args=[programme.pk])


@pytest.mark.parametrize("standing", STANDINGS)
def test_page_offers_exactly_the_steps_that_one_may_take(browser, role, standing):
    page = browser.get(change_page(standing_at(standing)))
    assert {step.action for step in page.context["steps"]} == ALLOWED[role][standing]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("standing", STANDINGS)
def test_step_is_taken_by_those_who_may_and_by_nobody_else(user, role, standing, step):
    programme = standing_at(standing)
    before = state(programme)
    try:
        take_step(programme, step, user, comment="Look again", at=FAR_AHEAD + timedelta(days=1))
    except (PermissionDenied, ValidationError):
        assert state(programme) == before
        assert not Transition.objects.exists()
        # Without a change there is nothing to submit, and nothing to publish anew.
        assert step not in ALLOWED[role][standing] or standing == "public"
    else:
        assert step in ALLOWED[role][standing]
        assert state(programme) != before
        assert Transition.objects.of(programme).get().user == user


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("standing", STANDINGS)
def test_a_form_made_by_hand_takes_no_step_that_one_may_not_take(browser, role, standing, step):
    programme = standing_at(standing)
    before = state(programme)
    page = browser.get(change_page(programme))
    typed = {"name_en": "By hand", "_step": step, "step_comment": "x", "step_at_0": "2091-01-01", "step_at_1": "00:00"}
    shown = filled_in(page) if page.context["adminform"].form.fields else {"slug": "by-hand", "kind": "management"}
    answer = browser.post(change_page(programme), shown | typed)
    if step in ALLOWED[role][standing]:
        assert answer.status_code == 302
        assert state(programme) != before
    else:
        after = state(programme)
        assert after[:2] == before[:2]
        assert not Transition.objects.exists()
        assert after == before or role == "editor" or (role, standing) == ("author", "draft")


@pytest.mark.parametrize("action", ["submit", "publish", "archive"])
@pytest.mark.parametrize("standing", STANDINGS)
def test_an_action_of_the_list_does_no_more_than_one_may(browser, role, standing, action):
    programme = standing_at(standing)
    before = state(programme)
    chosen = {"action": action, "_selected_action": [programme.pk]}
    browser.post(reverse("admin:programmes_programme_changelist"), chosen)
    done = Transition.objects.of(programme).exists()
    assert done == (state(programme) != before)
    if done:
        assert action in ALLOWED[role][standing]


@pytest.mark.parametrize("standing", STANDINGS)
def test_saving_changes_nothing_that_is_public_or_waits_for_a_review(browser, role, standing):
    programme = standing_at(standing)
    before = programme.name_en
    page = browser.get(change_page(programme))
    shown = filled_in(page) if page.context["adminform"].form.fields else {"slug": "by-hand", "kind": "management"}
    answer = browser.post(change_page(programme), shown | {"name_en": "Typed"})
    programme.refresh_from_db()
    writable = {
        "viewer": set(),
        "author": {"draft"},
        "editor": {"draft", "in_review", "scheduled", "archived"},
    }[role]
    assert programme.name_en == ("Typed" if standing in writable else before)
    kept_as_draft = {"viewer": set(), "author": {"public", "changed"}}.get(
        role, {"public", "changed", "changes_in_review"}
    )
    drafts = [draft.data["fields"]["name_en"] for draft in WorkingDraft.objects.of(programme)]
    if standing in kept_as_draft:
        assert drafts == ["Typed"]
    else:
        assert "Typed" not in drafts
    assert (answer.status_code == 302) == (standing in writable | kept_as_draft)


def test_the_fields_of_the_status_are_not_listened_to(browser, role):
    programme = ProgrammeFactory(draft=True)
    page = browser.get(change_page(programme))
    shown = filled_in(page) if page.context["adminform"].form.fields else {}
    typed = {"status": "published", "publish_at_0": "2020-01-01", "publish_at_1": "00:00"}
    browser.post(change_page(programme), shown | typed)
    programme.refresh_from_db()
    assert programme.status == Status.DRAFT


def test_a_step_nobody_knows_is_refused(browser):
    programme = ProgrammeFactory(draft=True)
    page = browser.get(change_page(programme))
    shown = filled_in(page) if page.context["adminform"].form.fields else {}
    assert browser.post(change_page(programme), shown | {"_step": "delete-all"}).status_code == 403


# What the steps do


@pytest.fixture
def chief() -> User:
    return User.objects.create_superuser("chief")


def test_a_date_that_has_passed_is_no_schedule(chief):
    with pytest.raises(ValidationError) as refusal:
        take_step(ProgrammeFactory(draft=True), Action.SCHEDULE, chief, at=timezone.now())
    assert list(refusal.value.message_dict) == ["at"]


def test_publishing_a_scheduled_record_makes_it_public_now(chief):
    programme = ProgrammeFactory(scheduled=True)
    take_step(programme, Action.PUBLISH, chief)
    assert programme.is_public


def test_publishing_changes_makes_the_record_what_the_draft_says(chief):
    programme = standing_at("changes_in_review")
    published_at = programme.publish_at
    take_step(programme, Action.PUBLISH, chief)
    assert state(programme) == (Status.PUBLISHED, published_at, "Changed", None)


def test_publishing_changes_that_lack_something_leaves_both_as_they_are(chief):
    programme = standing_at("changed")
    draft = WorkingDraft.objects.of(programme).get()
    draft.data["fields"]["aim_en"] = None
    draft.save()
    before = state(programme)
    with pytest.raises(ValidationError):
        take_step(programme, Action.PUBLISH, chief)
    assert state(programme) == before


def test_archiving_takes_the_unpublished_changes_along(chief):
    programme = standing_at("changed")
    take_step(programme, Action.ARCHIVE, chief)
    assert state(programme)[2:] == ("Changed", None)
    assert programme.status == Status.ARCHIVED


def test_returned_changes_can_be_written_on_again(chief):
    programme = standing_at("changes_in_review")
    take_step(programme, Action.RETURN, chief, comment="Shorter, please")
    assert not WorkingDraft.objects.of(programme).get().in_review
    assert programme.is_public


def test_every_step_is_remembered_as_a_version(chief):
    programme = ProgrammeFactory(draft=True, name_en="First")
    take_step(programme, Action.PUBLISH, chief)
    (version,) = Version.objects.of(programme)
    assert (version.user, version.data["fields"]["name_en"]) == (chief, "First")


def test_of_two_who_publish_at_once_the_second_is_told(chief):
    programme = ProgrammeFactory(draft=True)
    take_step(programme, Action.PUBLISH, chief)
    with pytest.raises(ValidationError, match="published already"):
        take_step(programme, Action.PUBLISH, chief)


def test_steps_of_a_record_that_somebody_archived_meanwhile(chief):
    programme = ProgrammeFactory()
    type(programme).objects.get(pk=programme.pk).archive()
    with pytest.raises(ValidationError, match="Archived"):
        take_step(programme, Action.ARCHIVE, chief)
    programme.refresh_from_db()
    assert Action.ARCHIVE not in {step.action for step in steps_for(chief, programme)}
