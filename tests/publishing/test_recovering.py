"""What was deleted in the admin can be recovered, with what went with it."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from profiles.models import Interview, Profile
from programmes.models import Programme
from publishing.models import Presence, Transition, Version, WorkingDraft
from publishing.models.journal import Action
from publishing.snapshots import take
from tests.factories import (
    EngagementFactory,
    EngagementStaffFactory,
    ProfileFactory,
    ProgrammeFactory,
    full_interview,
    full_profile,
)
from tests.pictures import picture
from tests.publishing.admin_forms import messages

pytestmark = pytest.mark.django_db


def address(name: str, model=Profile, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def delete(client, record) -> None:
    client.post(address("delete", type(record), record.pk), {"post": "yes"}, follow=True)


def delete_many(client, *records) -> None:
    chosen = {"action": "delete_selected", "_selected_action": [record.pk for record in records], "post": "yes"}
    client.post(address("changelist", type(records[0])), chosen)


def recover(client, version: Version):
    model = version.content_type.model_class()
    return client.post(address("recover", model, version.deletion), follow=True)


def deleted(number: int, model) -> Version:
    """The last version of the record that was deleted."""
    return Version.objects.of_kind(model).filter(object_id=number, kind=Version.Kind.DELETED).first()


def listed(client, model=Profile) -> list[str]:
    return [version.name for version, _others in client.get(address("deleted", model)).context["deletions"]]


def browser_of(*codenames: str) -> Client:
    user = get_user_model().objects.create_user("somebody", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client = Client()
    client.force_login(user)
    return client


def test_profile_comes_back_with_its_interviews_and_all_their_parts(staff_client):
    profile = full_profile()
    interview = full_interview(profile=profile)
    number, what_it_was = profile.pk, (take(profile), take(interview))
    delete(staff_client, profile)
    assert not Profile.objects.exists()
    assert not Interview.objects.exists()
    page = recover(staff_client, deleted(number, Profile))
    again = Profile.objects.get(pk=number)
    assert (take(again), take(again.interviews.get())) == what_it_was
    assert page.redirect_chain[-1][0] == address("change", Profile, number)
    assert messages(page) == [f"Recovered as drafts: {again}, {interview}."]


def test_nothing_that_is_recovered_is_public(staff_client):
    profile = ProfileFactory()
    full_interview(profile=profile)
    number = profile.pk
    delete(staff_client, profile)
    recover(staff_client, deleted(number, Profile))
    assert [record.status for record in (Profile.objects.get(), Interview.objects.get())] == ["draft", "draft"]


def test_portrait_and_its_renditions_are_there_again(staff_client, django_capture_on_commit_callbacks):
    profile = ProfileFactory(portrait=ContentFile(picture(), "ana.webp"))
    number, storage, names = profile.pk, profile.portrait.storage, profile.portrait.renditions.names()
    with django_capture_on_commit_callbacks(execute=True):
        delete(staff_client, profile)
    assert not any(storage.exists(name) for name in names)
    recover(staff_client, deleted(number, Profile))
    again = Profile.objects.get(pk=number)
    assert storage.exists(again.portrait.name)
    assert all(storage.exists(name) for name in again.portrait.renditions.names())
    assert staff_client.get(again.portrait.url).status_code == 200


def test_page_lists_what_was_deleted_when_by_whom_and_with_what(staff_client):
    profile = ProfileFactory(given_name="Ana", family_name="Soto")
    interview = full_interview(profile=profile, title_en="A talk")
    delete(staff_client, profile)
    page = staff_client.get(address("deleted"))
    ((version, others),) = page.context["deletions"]
    assert (version.name, version.user.username) == ("Ana Soto", "editor")
    assert [other.name for other in others] == ["A talk"]
    assert "A talk (" in page.content.decode()
    assert listed(staff_client, Interview) == [interview.title_en]


def test_what_exists_again_is_not_listed(staff_client):
    profile = ProfileFactory()
    number = profile.pk
    delete(staff_client, profile)
    recover(staff_client, deleted(number, Profile))
    assert listed(staff_client) == []


def test_record_that_was_deleted_twice_is_listed_once_as_it_was_last(staff_client):
    programme = ProgrammeFactory(name_en="First")
    number = programme.pk
    delete(staff_client, programme)
    recover(staff_client, deleted(number, Programme))
    again = Programme.objects.get(pk=number)
    again.name_en = "Second"
    again.save()
    delete(staff_client, again)
    assert listed(staff_client, Programme) == ["Second"]
    recover(staff_client, deleted(number, Programme))
    assert Programme.objects.get(pk=number).name_en == "Second"


def test_of_many_deleted_at_once_each_is_recovered_by_itself(staff_client):
    profiles = [ProfileFactory() for _ in range(3)]
    numbers = [profile.pk for profile in profiles]
    full_interview(profile=profiles[1])
    delete_many(staff_client, *profiles)
    assert len(listed(staff_client)) == 3
    recover(staff_client, deleted(numbers[1], Profile))
    assert [profile.pk for profile in Profile.objects.all()] == [numbers[1]]
    assert Interview.objects.count() == 1


def test_working_draft_and_open_pages_go_and_the_draft_stays_in_the_history(staff_client, editor):
    programme = ProgrammeFactory(name_en="Public")
    data = take(programme)
    data["fields"]["name_en"] = "Planned"
    WorkingDraft.objects.create(record=programme, user=editor, data=data)
    Presence.note(programme, editor)
    Transition.log(programme, editor, Action.PUBLISH, "draft")
    delete(staff_client, programme)
    assert not WorkingDraft.objects.exists()
    assert not Presence.objects.exists()
    assert Transition.objects.exists()
    assert [version.data["fields"]["name_en"] for version in Version.objects.order_by("pk")] == ["Planned", "Public"]


def test_address_that_is_taken_by_now_is_said_and_nothing_comes_back(staff_client):
    profile = ProfileFactory(slug="ana")
    full_interview(profile=profile)
    number = profile.pk
    delete(staff_client, profile)
    other = ProfileFactory(slug="ana")
    page = recover(staff_client, deleted(number, Profile))
    assert "Nothing was recovered." in messages(page)[0]
    assert "Profile with this Slug already exists." in messages(page)[0]
    assert list(Profile.objects.all()) == [other]
    assert not Interview.objects.exists()
    assert len(listed(staff_client)) == 1


def test_interview_whose_profile_is_gone_is_refused_with_the_reason(staff_client):
    interview = full_interview()
    number, profile = interview.pk, interview.profile
    delete(staff_client, interview)
    delete(staff_client, profile)
    page = recover(staff_client, deleted(number, Interview))
    assert "It needs what exists no more: profile" in messages(page)[0]
    assert not Interview.objects.exists()


def test_what_could_not_come_back_is_said(staff_client):
    engagement = EngagementFactory()
    part = EngagementStaffFactory(engagement=engagement)
    number, profile = engagement.pk, part.profile
    delete(staff_client, engagement)
    delete(staff_client, profile)
    page = recover(staff_client, deleted(number, type(engagement)))
    assert any(message.startswith("Left out, because it exists no more: profile") for message in messages(page))
    assert not type(engagement).objects.get(pk=number).engagement_staff.exists()


def test_deletion_that_is_refused_leaves_no_trace(staff_client):
    part = EngagementStaffFactory()
    staff_client.post(address("delete", Profile, part.profile_id), {"post": "yes"})
    assert Profile.objects.exists()
    assert not Version.objects.exists()


def test_recovering_twice_makes_no_second_record(staff_client):
    programme = ProgrammeFactory()
    version_of = programme.pk
    delete(staff_client, programme)
    version = deleted(version_of, Programme)
    recover(staff_client, version)
    page = recover(staff_client, version)
    assert messages(page) == ["It exists again already."]
    assert Programme.objects.count() == 1


def test_deleting_and_recovering_stand_in_the_log(staff_client):
    programme = ProgrammeFactory()
    number = programme.pk
    delete(staff_client, programme)
    recover(staff_client, deleted(number, Programme))
    flags = LogEntry.objects.filter(object_id=str(number)).order_by("pk").values_list("action_flag", flat=True)
    assert list(flags) == [3, 1]


def test_history_goes_on_after_recovery(staff_client):
    programme = ProgrammeFactory()
    number = programme.pk
    delete(staff_client, programme)
    recover(staff_client, deleted(number, Programme))
    page = staff_client.get(address("history", Programme, number))
    assert [entry.what for entry in page.context["entries"]] == ["Recovered.", "Deleted"]


def test_button_and_page_are_for_who_may_delete():
    client = browser_of("view_programme", "change_programme")
    assert "Recently deleted" not in client.get(address("changelist", Programme)).content.decode()
    assert client.get(address("deleted", Programme)).status_code == 403


def test_button_stands_above_the_list(staff_client):
    assert address("deleted", Programme) in staff_client.get(address("changelist", Programme)).content.decode()


def test_who_may_not_delete_all_that_went_cannot_recover_it(staff_client):
    profile = ProfileFactory()
    full_interview(profile=profile)
    number = profile.pk
    delete(staff_client, profile)
    client = browser_of("view_profile", "delete_profile")
    assert client.post(address("recover", Profile, deleted(number, Profile).deletion)).status_code == 403
    assert not Profile.objects.exists()


def test_deletion_of_another_kind_or_of_nothing_is_refused(staff_client):
    programme = ProgrammeFactory()
    number = programme.pk
    delete(staff_client, programme)
    version = deleted(number, Programme)
    assert staff_client.post(address("recover", Profile, version.deletion)).status_code == 403
    unknown = "00000000-0000-4000-8000-000000000000"
    assert staff_client.post(address("recover", Profile, unknown)).status_code == 403
    assert staff_client.get(address("recover", Programme, version.deletion)).status_code == 405


def test_page_asks_no_more_queries_for_fifty_than_for_one(staff_client):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            staff_client.get(address("deleted"))
        return len(captured)

    def deleted_with_interview():
        profile = ProfileFactory()
        full_interview(profile=profile)
        delete(staff_client, profile)

    deleted_with_interview()
    queries()
    one = queries()
    for _ in range(10):
        deleted_with_interview()
    assert queries() == one
    assert len(listed(staff_client)) == 11


def test_long_list_has_pages(staff_client):
    programmes = [ProgrammeFactory() for _ in range(51)]
    delete_many(staff_client, *programmes)
    assert len(listed(staff_client, Programme)) == 50
    page = staff_client.get(address("deleted", Programme), {"page": "2"})
    assert len(page.context["deletions"]) == 1


def test_what_is_asked_before_a_deletion_names_no_rows_that_only_tie_records_together(staff_client):
    profile = full_profile()
    page = staff_client.get(address("delete", Profile, profile.pk)).content.decode()
    assert "Degree in economics" in page
    assert "relationship" not in page
