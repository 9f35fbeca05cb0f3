"""The history of a record in the admin: what happened, comparing two versions, bringing one back."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from codelists.models import Topic
from profiles.models import Profile
from publishing.models import Action, Transition, Version, WorkingDraft
from publishing.snapshots import take
from tests.factories import ExchangeFactory, InterviewFactory, InterviewPhotoFactory, ProfileFactory, ProgrammeFactory
from tests.pictures import picture
from tests.publishing.admin_forms import filled_in, messages

pytestmark = pytest.mark.django_db


def address(name: str, record, *more) -> str:
    meta = record._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{name}", args=[record.pk, *more])


def person(name: str, *permissions: str):
    """A member of staff with these permissions on programmes."""
    user = get_user_model().objects.create_user(name, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=[f"{verb}_programme" for verb in permissions]))
    return user


def browser_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def kept(programme, user=None, comment="Saved.", **values) -> Version:
    """A version with these values, which the record has then."""
    for name, value in values.items():
        setattr(programme, name, value)
    programme.save()
    return Version.keep(programme, user, comment)


def compared(page) -> list[tuple[str, str, str]]:
    return [(change.label, change.before, change.after) for change in page.context["changes"]]


# The history


def test_versions_and_steps_stand_in_one_list_newest_first(staff_client, editor):
    programme = ProgrammeFactory(draft=True)
    begun = timezone.now() - timedelta(days=3)
    for day, text in enumerate(["First", "Third"]):
        version = kept(programme, editor, text, name_en=text)
        Version.objects.filter(pk=version.pk).update(created_at=begun + timedelta(days=2 * day))
    step = Transition.log(programme, editor, Action.SUBMIT, "draft", "Please look.")
    Transition.objects.filter(pk=step.pk).update(at=begun + timedelta(days=1))
    page = staff_client.get(address("history", programme))
    assert [entry.what for entry in page.context["entries"]] == ["Third", "Submitted for review", "First"]
    assert "Please look." in page.content.decode()
    assert [entry.who for entry in page.context["entries"]] == ["editor"] * 3


def test_what_was_set_aside_and_deleted_is_called_so(staff_client, editor):
    programme = ProgrammeFactory()
    for kind in (Version.Kind.SET_ASIDE, Version.Kind.DELETED):
        Version.keep(programme, editor, kind=kind)
    page = staff_client.get(address("history", programme))
    assert {entry.what for entry in page.context["entries"]} == {"Deleted", "Not saved: somebody else had saved first"}


def test_version_says_which_fields_were_changed(staff_client):
    programme = ProgrammeFactory(draft=True)
    page = staff_client.get(address("change", programme))
    staff_client.post(address("change", programme), filled_in(page, name_en="Another", launch_year="2012"))
    page = staff_client.get(address("history", programme))
    assert [entry.what for entry in page.context["entries"]] == [
        "Changed Name (English) and Launch year.",
        "As it was before.",
    ]


def test_only_what_a_chosen_person_did(staff_client, editor):
    programme, other = ProgrammeFactory(), person("maria")
    kept(programme, editor, name_en="One")
    kept(programme, other, name_en="Two")
    page = staff_client.get(address("history", programme), {"person": other.pk})
    assert [entry.who for entry in page.context["entries"]] == ["maria"]
    assert list(page.context["person_form"].fields["person"].queryset) == [editor, other]


@pytest.mark.parametrize("value", ["0", "x", "9" * 30])
def test_unknown_person_is_said_and_all_is_shown(staff_client, editor, value):
    programme = ProgrammeFactory()
    kept(programme, editor)
    page = staff_client.get(address("history", programme), {"person": value})
    assert page.status_code == 200
    assert "This person is not in the history. All are shown." in page.content.decode()
    assert len(page.context["entries"]) == 1


def test_pages_keep_the_chosen_person(staff_client, editor):
    programme = ProgrammeFactory()
    for number in range(51):
        kept(programme, editor, launch_year=1950 + number)
    page = staff_client.get(address("history", programme), {"person": editor.pk})
    assert len(page.context["entries"]) == 50
    assert f'href="?person={editor.pk}&amp;page=2"' in page.content.decode()
    page = staff_client.get(address("history", programme), {"person": editor.pk, "page": 2})
    assert len(page.context["entries"]) == 1


def test_record_without_versions_says_when_the_first_is_kept(staff_client):
    page = staff_client.get(address("history", ProgrammeFactory()))
    assert "the first version is kept when somebody saves" in page.content.decode()


def test_history_asks_no_more_queries_for_fifty_lines_than_for_one(staff_client, editor):
    def queries(number: int) -> int:
        programme = ProgrammeFactory()
        for year in range(number):
            kept(programme, person(f"{number}-{year}"), launch_year=1950 + year)
            Transition.log(programme, person(f"s{number}-{year}"), Action.PUBLISH, "draft")
        staff_client.get(address("history", programme))
        with CaptureQueriesContext(connection) as captured:
            staff_client.get(address("history", programme))
        return len(captured)

    assert queries(1) == queries(25)


def test_other_records_do_not_mix_in(staff_client, editor):
    programme, other = ProgrammeFactory(), ProgrammeFactory()
    kept(other, editor)
    assert staff_client.get(address("history", programme)).context["entries"] == []


def test_who_may_not_look_gets_no_history_and_no_comparison():
    programme, client = ProgrammeFactory(), browser_of(person("nobody"))
    version = kept(programme)
    assert client.get(address("history", programme)).status_code == 403
    assert client.get(address("compare", programme), {"from": version.pk, "to": "now"}).status_code == 403


def test_who_may_only_look_is_offered_no_bringing_back():
    programme, client = ProgrammeFactory(), browser_of(person("reader", "view"))
    version = kept(programme)
    assert "Bring back" not in client.get(address("history", programme)).content.decode()
    assert client.get(address("bring_back", programme, version.pk)).status_code == 403
    assert client.post(address("bring_back", programme, version.pk)).status_code == 403


# Comparing


def test_two_versions_are_compared_field_by_field(staff_client):
    programme = ProgrammeFactory(name_en="Think")
    first, second = kept(programme), kept(programme, name_en="Think.Coop", launch_year=2012)
    page = staff_client.get(address("compare", programme), {"from": first.pk, "to": second.pk})
    assert compared(page) == [("Name (English)", "Think", "Think.Coop"), ("Launch year", "", "2012")]
    assert "<del>Think</del>" in page.content.decode()
    assert "<ins>Think.Coop</ins>" in page.content.decode()


def test_version_is_compared_with_what_it_is_now_and_with_the_working_draft(staff_client, editor):
    programme = ProgrammeFactory(name_en="One")
    version = kept(programme)
    programme.name_en = "Two"
    programme.save()
    data = take(programme)
    data["fields"]["name_en"] = "Three"
    WorkingDraft.objects.create(record=programme, user=editor, data=data)
    page = staff_client.get(address("compare", programme), {"from": version.pk, "to": "now"})
    assert compared(page) == [("Name (English)", "One", "Two")]
    page = staff_client.get(address("compare", programme), {"from": "now", "to": "draft"})
    assert compared(page) == [("Name (English)", "Two", "Three")]


@pytest.mark.parametrize(
    ("before", "after"),
    [("", ""), ("now", "now"), ("draft", "now"), ("x", "now"), ("0", "now"), ("9" * 30, "now"), ("9" * 5000, "now")],
)
def test_impossible_choice_is_said_on_the_history(staff_client, before, after):
    page = staff_client.get(address("compare", ProgrammeFactory()), {"from": before, "to": after}, follow=True)
    assert page.redirect_chain
    assert messages(page) == ["Choose two different versions: one under “Before”, one under “After”."]


def test_version_of_another_record_cannot_be_compared_nor_brought_back(staff_client):
    programme, version = ProgrammeFactory(), kept(ProgrammeFactory())
    page = staff_client.get(address("compare", programme), {"from": version.pk, "to": "now"}, follow=True)
    assert page.redirect_chain
    assert staff_client.get(address("bring_back", programme, version.pk)).status_code == 404


def test_markup_in_a_text_is_shown_as_text(staff_client):
    programme = ProgrammeFactory()
    version = kept(programme)
    kept(programme, aim_en="<script>alert(1)</script>")
    page = staff_client.get(address("compare", programme), {"from": version.pk, "to": "now"})
    assert "<script>alert" not in page.content.decode()


def test_picture_that_is_still_there_is_shown_and_one_that_is_replaced_only_named(staff_client):
    profile = ProfileFactory(portrait=ContentFile(picture(), "old.webp"))
    version = kept(profile)
    kept(profile, portrait=ContentFile(picture(colour="red"), "new.webp"))
    page = staff_client.get(address("compare", profile), {"from": version.pk, "to": "now"})
    (change,) = page.context["changes"]
    assert change.addresses[0] == ""
    assert staff_client.get(change.addresses[1]).status_code == 200
    assert change.before in page.content.decode()


def test_comparison_asks_no_more_queries_for_fifty_parts_than_for_one(staff_client):
    def queries(number: int) -> int:
        interview = InterviewFactory()
        version = kept(interview)
        for order in range(1, number + 1):
            exchange = ExchangeFactory(interview=interview, order=order)
            InterviewPhotoFactory(interview=interview, exchange=exchange)
        staff_client.get(address("compare", interview), {"from": version.pk, "to": "now"})
        with CaptureQueriesContext(connection) as captured:
            staff_client.get(address("compare", interview), {"from": version.pk, "to": "now"})
        return len(captured)

    assert queries(1) == queries(15)


# Bringing back


def bring_back(client, record, version, **changes):
    page = client.get(address("bring_back", record, version.pk))
    sent = {"seen": page.context["seen"]} | changes
    return client.post(address("bring_back", record, version.pk), sent, follow=True)


def test_page_shows_what_would_change_and_changes_nothing(staff_client):
    programme = ProgrammeFactory(draft=True, name_en="One")
    version = kept(programme)
    kept(programme, name_en="Two")
    page = staff_client.get(address("bring_back", programme, version.pk))
    assert compared(page) == [("Name (English)", "Two", "One")]
    programme.refresh_from_db()
    assert programme.name_en == "Two"


def test_draft_becomes_what_it_was_and_the_history_keeps_both(staff_client, editor):
    programme = ProgrammeFactory(draft=True, name_en="One")
    version = kept(programme)
    kept(programme, name_en="Two")
    page = bring_back(staff_client, programme, version)
    programme.refresh_from_db()
    assert programme.name_en == "One"
    assert programme.status == "draft"
    assert [one.data["fields"]["name_en"] for one in Version.objects.of(programme)] == ["One", "Two", "One"]
    assert Version.objects.of(programme).first().user == editor
    assert any("Brought back" in message for message in messages(page))
    assert "Brought back: version of" in LogEntry.objects.get(object_id=programme.pk).get_change_message()


def test_public_record_gets_a_working_draft_and_stays_as_it_is(staff_client, editor):
    programme = ProgrammeFactory(name_en="One")
    version = kept(programme)
    kept(programme, name_en="Two")
    page = bring_back(staff_client, programme, version)
    programme.refresh_from_db()
    assert programme.name_en == "Two"
    draft = WorkingDraft.objects.of(programme).get()
    assert draft.data["fields"]["name_en"] == "One"
    assert draft.user == editor
    assert page.context["adminform"].form["name_en"].value() == "One"
    assert LogEntry.objects.filter(object_id=programme.pk).exists()


def test_working_draft_that_is_replaced_stays_in_the_history(staff_client, editor):
    programme = ProgrammeFactory(name_en="One")
    version = kept(programme)
    kept(programme, name_en="Two")
    data = take(programme)
    data["fields"]["name_en"] = "Three"
    WorkingDraft.objects.create(record=programme, user=editor, data=data)
    page = staff_client.get(address("bring_back", programme, version.pk))
    assert "It replaces the working draft of" in page.content.decode()
    assert compared(page) == [("Name (English)", "Three", "One")]
    bring_back(staff_client, programme, version)
    assert WorkingDraft.objects.of(programme).get().data["fields"]["name_en"] == "One"
    assert "Three" in [one.data["fields"]["name_en"] for one in Version.objects.of(programme)]


def test_bringing_back_what_the_public_sees_leaves_no_working_draft(staff_client, editor):
    programme = ProgrammeFactory(name_en="One")
    version = kept(programme)
    data = take(programme)
    data["fields"]["name_en"] = "Three"
    WorkingDraft.objects.create(record=programme, user=editor, data=data)
    bring_back(staff_client, programme, version)
    assert not WorkingDraft.objects.of(programme).exists()


def test_what_nobody_kept_yet_is_kept_before_it_is_replaced(staff_client):
    programme = ProgrammeFactory(draft=True, name_en="Old")
    version = kept(programme)
    programme.name_en = "Imported"
    programme.save()
    bring_back(staff_client, programme, version)
    programme.refresh_from_db()
    assert programme.name_en == "Old"
    assert "Imported" in [one.data["fields"]["name_en"] for one in Version.objects.of(programme)]


def test_who_saved_meanwhile_is_not_overwritten(staff_client):
    programme = ProgrammeFactory(draft=True, name_en="One")
    version = kept(programme)
    kept(programme, name_en="Two")
    page = bring_back(staff_client, programme, version, seen="2020-01-01")
    programme.refresh_from_db()
    assert programme.name_en == "Two"
    assert messages(page) == ["Somebody has saved meanwhile. This is what would change now."]
    assert compared(page) == [("Name (English)", "Two", "One")]


def test_address_that_is_taken_by_now_is_said_and_nothing_changed(staff_client):
    programme = ProgrammeFactory(draft=True, slug="think", name_en="One")
    version = kept(programme)
    kept(programme, slug="think-coop", name_en="Two")
    ProgrammeFactory(slug="think")
    page = bring_back(staff_client, programme, version)
    programme.refresh_from_db()
    assert (programme.slug, programme.name_en) == ("think-coop", "Two")
    assert page.status_code == 200
    assert "Programme with this Slug already exists." in page.content.decode()
    assert not re.search(r"<button[^>]*>\s*Bring back", page.content.decode())


def test_scheduled_record_does_not_become_one_that_lacks_something(staff_client):
    programme = ProgrammeFactory(draft=True, aim_en="")
    version = kept(programme)
    kept(programme, aim_en="To learn.")
    programme.publish(at=timezone.now() + timedelta(days=9))
    page = bring_back(staff_client, programme, version)
    programme.refresh_from_db()
    assert programme.aim_en == "To learn."
    assert "before publishing" in page.content.decode()


def test_a_version_from_before_the_consent_leaves_the_consent_as_it_is(staff_client):
    profile = ProfileFactory(draft=True, consent_date=None, consent_by="", summary_en="One")
    version = kept(profile)
    kept(profile, consent_date=date(2024, 5, 1), consent_by="the person", summary_en="Two", status="published")
    bring_back(staff_client, profile, version)
    assert WorkingDraft.objects.get().data["fields"]["summary_en"] == "One"
    assert Profile.objects.get().consent_date == date(2024, 5, 1)


def test_what_is_gone_is_said_before_and_after(staff_client):
    programme, topic = ProgrammeFactory(draft=True), Topic.objects.first()
    programme.topics.set([topic])
    version = kept(programme)
    kept(programme, name_en="Two")
    number = topic.pk
    topic.delete()
    assert staff_client.get(address("bring_back", programme, version.pk)).context["lost"] == [f"topic: {number}"]
    page = bring_back(staff_client, programme, version)
    assert any(message.startswith("Left out, because it exists no more: topic") for message in messages(page))


def test_new_numbers_of_parts_in_a_draft_are_kept(staff_client):
    interview = InterviewFactory()
    question = ExchangeFactory(interview=interview, order=1)
    version, number = kept(interview), question.pk
    question.delete()
    bring_back(staff_client, interview, version)
    assert [part["pk"] for part in WorkingDraft.objects.get().data["parts"]["exchanges"]] == [number]


def test_version_that_says_the_same_cannot_be_brought_back(staff_client):
    programme = ProgrammeFactory(draft=True)
    version = kept(programme)
    page = staff_client.get(address("bring_back", programme, version.pk))
    assert "Nothing would change." in page.content.decode()


@pytest.mark.parametrize(
    ("verbs", "standing", "answer"),
    [
        (["change"], "draft", 200),
        (["change"], "in_review", 403),
        (["change"], "archived", 403),
        (["change", "publish"], "in_review", 200),
        (["view"], "draft", 403),
    ],
)
def test_who_may_bring_back_is_who_may_edit(verbs, standing, answer):
    programme = ProgrammeFactory(**{standing: True})
    version = kept(programme)
    kept(programme, name_en="Two")
    client = browser_of(person("somebody", *verbs))
    assert client.get(address("bring_back", programme, version.pk)).status_code == answer


def test_draft_in_review_is_changed_only_by_who_may_publish(editor):
    programme = ProgrammeFactory()
    version = kept(programme)
    data = take(programme)
    data["fields"]["name_en"] = "Three"
    WorkingDraft.objects.create(record=programme, user=editor, data=data, in_review=True)
    author, chief = person("author", "change"), person("chief", "change", "publish")
    assert browser_of(author).get(address("bring_back", programme, version.pk)).status_code == 403
    assert browser_of(chief).get(address("bring_back", programme, version.pk)).status_code == 200


@pytest.mark.parametrize("name", ["history", "compare"])
def test_record_that_does_not_exist_leads_home_with_a_message(staff_client, name):
    gone = reverse(f"admin:programmes_programme_{name}", args=["9999"])
    page = staff_client.get(gone, follow=True)
    assert "doesn’t exist" in messages(page)[0]
