"""Erasing a person leaves nothing of them: no row, no file, no name in what was noted."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import call_command
from django.urls import reverse

from engagements.models import Engagement, EngagementStaff
from privacy import belongings
from privacy.erasure import erase
from privacy.withdrawal import withdraw
from profiles.models import Exchange, Interview, InterviewPhoto, Profile
from publishing.models import Version
from sample.models import SampleRecord
from tests.factories import EditorFactory, EngagementStaffFactory, InterviewFactory, ProfileFactory
from tests.pages import text
from tests.pictures import picture
from tests.publishing.admin_forms import messages
from tests.search.reading import everything_held

pytestmark = pytest.mark.django_db


def erase_page(profile: Profile) -> str:
    return reverse("privacy:erase", args=[profile.pk])


def files_on_disk() -> set[Path]:
    roots = [Path(settings.MEDIA_ROOT), Path(settings.STORAGES["private"]["OPTIONS"]["location"])]
    return {file for root in roots for file in root.rglob("*") if file.is_file()}


def everything_stored() -> str:
    """All values of all rows."""
    return json.dumps(
        [list(model._base_manager.values()) for model in apps.get_models() if model._meta.managed],
        default=str,
        ensure_ascii=False,
    )


@pytest.fixture
def noted(person, editor) -> None:
    """What editors did is in the log: of the person, and of an engagement that the person was added to."""

    def note(record, message):
        LogEntry.objects.create(
            user=editor,
            content_type=ContentType.objects.get_for_model(record),
            object_id=record.pk,
            object_repr=str(record),
            action_flag=ADDITION,
            change_message=message,
        )

    note(person, "Added Zora Querétaro")
    note(person.interviews.get(), '[{"changed": {"fields": ["Title"]}}]')
    staff = [{"added": {"name": "member of staff", "object": "Zora Querétaro: Trainer"}}]
    note(Engagement.objects.get(), json.dumps(staff))


def test_the_page_says_what_goes_and_asks_for_the_name(editors_browser, person):
    shown = text(editors_browser.get(erase_page(person)))
    assert "1 interview with its questions and photos" in shown
    assert "The part in 1 engagement, which stays without the name" in shown
    assert "Type the name to confirm: Zora Querétaro" in shown


@pytest.mark.parametrize("typed", ["", "yes", "zora", "Zora Queretaro"])
def test_another_name_erases_nobody(editors_browser, person, typed):
    response = editors_browser.post(erase_page(person), {"name": typed})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["name"]
    assert Profile.objects.filter(pk=person.pk).exists()


def test_the_rows_are_gone_and_the_engagement_stays(editors_browser, person):
    done = editors_browser.post(erase_page(person), {"name": " Zora  Querétaro "}, follow=True)
    assert messages(done) == ["The person is erased."]
    for model in (Profile, Interview, Exchange, InterviewPhoto, EngagementStaff):
        assert not model.objects.exists()
    assert Engagement.objects.get().title == "Dairy course"


def test_no_word_of_the_person_is_left_in_the_database(person, noted, editor):
    assert "Querétaro" in everything_stored()
    assert "queretaro" in everything_held()
    erase(person, editor)
    left = everything_stored().casefold()
    for word in ("zora", "queretaro", "querétaro", "quer\\u00e9taro", "milk", "talking with"):
        assert word not in left, word
    assert "queretaro" not in everything_held()


def test_the_log_keeps_what_was_done_without_to_whom(person, noted, editor):
    erase(person, editor)
    entries = LogEntry.objects.order_by("pk")
    assert [entry.object_repr for entry in entries] == [
        "erased person",
        "erased person",
        "Dairy course",
        "erased person",
    ]
    assert "erased person: Trainer" in entries[2].change_message
    assert json.loads(entries[2].change_message)
    assert entries[3].get_change_message() == "Erased the person."
    assert entries[3].user == editor


def test_the_log_about_others_is_left_alone(person, noted, editor):
    other = ProfileFactory(family_name="Querétaro", given_name="Ana")
    LogEntry.objects.log_actions(editor.pk, [other], ADDITION, "Ana Querétaro")
    erase(person, editor)
    assert LogEntry.objects.filter(object_repr="Ana Querétaro", change_message="Ana Querétaro").exists()


def test_the_files_are_gone_from_the_disk(person, editor, django_capture_on_commit_callbacks):
    others = ProfileFactory()
    others.portrait.save("x.webp", ContentFile(picture(120, 120)))
    kept = {Path(others.portrait.path)} | {Path(default_storage.path(n)) for n in others.portrait.renditions.names()}
    mine = {Path(storage.path(name)) for storage, name in belongings.files_of(belongings.whole(person))}
    assert len(mine) > 8
    assert mine <= files_on_disk()
    with django_capture_on_commit_callbacks(execute=True):
        erase(person, editor)
    assert not mine & files_on_disk()
    assert kept <= files_on_disk()


def test_a_file_that_is_stuck_does_not_keep_the_others(
    person, editor, django_capture_on_commit_callbacks, monkeypatch, caplog
):
    photo = Path(person.interviews.get().photos.get().image.path)
    delete, portrait = FileSystemStorage.delete, person.portrait.name

    def stuck(self, name):
        if name == portrait:
            raise PermissionError
        delete(self, name)

    monkeypatch.setattr(FileSystemStorage, "delete", stuck)
    with django_capture_on_commit_callbacks(execute=True):
        erase(person, editor)
    assert not photo.exists()
    assert "delete it by hand" in caplog.text


def test_former_portraits_named_in_older_states_are_found(person, db):
    former = default_storage.save(f"portraits/{'0' * 31}1.webp", ContentFile(picture()))
    default_storage.save(f"{former}.96.avif", ContentFile(b"x"))
    state = LogEntry(change_message=json.dumps({"portrait": former, "now": person.portrait.name}))
    assert {name for _storage, name in belongings.former_files([state])} == {former, f"{former}.96.avif"}


def test_what_other_tables_know_is_found_by_its_shape():
    assert LogEntry in belongings.models_about_others()
    assert SampleRecord not in belongings.models_about_others()


def test_the_address_answers_that_it_is_gone(client, person, editor):
    address = person.get_absolute_url()
    erase(person, editor)
    response = client.get(address)
    assert response.status_code == 410
    assert "Zora" not in text(response)


def test_all_or_nothing(person, noted, editor, monkeypatch):
    def broken(*args):
        raise RuntimeError

    before = everything_stored()
    files = files_on_disk()
    monkeypatch.setattr("privacy.erasure._take_name_from_log", broken)
    with pytest.raises(RuntimeError):
        erase(person, editor)
    assert everything_stored() == before
    assert files_on_disk() == files


def test_erasing_needs_the_permission_to_delete_as_well(client, person):
    client.force_login(EditorFactory(permissions=["profiles.view_profile", "profiles.publish_profile"]))
    assert client.post(erase_page(person), {"name": "Zora Querétaro"}).status_code == 403
    assert Profile.objects.filter(pk=person.pk).exists()


def test_an_engagement_without_other_staff_stays_in_the_lists(client, person, editor):
    EngagementStaffFactory(engagement=Engagement.objects.get())
    erase(person, editor)
    page = client.get(Engagement.objects.get().get_absolute_url())
    assert len(page.context["staff"]) == 1


def test_the_sample_content_does_not_bring_the_person_back(editor):
    call_command("load_sample", verbosity=0)
    erase(Profile.objects.get(slug="amara-okello"), editor)
    call_command("load_sample", verbosity=0)
    assert not Profile.objects.filter(slug="amara-okello").exists()


def test_a_withdrawn_sample_person_stays_withdrawn(editor):
    call_command("load_sample", verbosity=0)
    withdraw(Profile.objects.get(slug="amara-okello"), editor, date(2026, 1, 1), "")
    call_command("load_sample", verbosity=0)
    assert Profile.objects.get(slug="amara-okello").withdrawn_on


def test_interviews_and_profiles_of_the_person_that_were_deleted_before_are_forgotten_too(person, editor):
    old = InterviewFactory(profile=person, title_en="Words of long ago")
    Version.keep(old, editor, kind=Version.Kind.DELETED)
    old.delete()
    twin, triplet = ProfileFactory(summary_en="Words of a twin"), ProfileFactory(summary_en="Words of a triplet")
    Version.keep(triplet, editor, kind=Version.Kind.DELETED).say_merged_into(twin)
    Version.keep(twin, editor, kind=Version.Kind.DELETED).say_merged_into(person)
    others = Version.keep(ProfileFactory(), editor)
    erase(person, editor)
    assert list(Version.objects.all()) == [others]
