"""Portraits go through the storage: once each, and never an editor's away."""

from pathlib import Path

import pytest
from django.conf import settings

from profiles.models import Profile
from sample.errors import DataError
from tests.sample.conftest import picture


def stored_portraits() -> set[str]:
    """The names of the portraits' files, without those of their renditions."""
    return {path.name for path in (settings.MEDIA_ROOT / "portraits").glob("*") if path.name.count(".") == 1}


def stored_files() -> list[str]:
    return [path.name for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_a_portrait_is_stored_under_a_name_that_nobody_can_guess(content):
    content.load()

    portrait = Profile.objects.get().portrait
    assert portrait.read() == picture("red")
    assert "ana" not in portrait.name
    assert portrait.name.endswith(".webp")


def test_a_portrait_has_its_renditions(content):
    content.load()

    portrait = Profile.objects.get().portrait
    assert portrait.renditions.widths == [8]
    assert set(stored_files()) == {Path(name).name for name in [portrait.name, *portrait.renditions.names()]}


def test_a_second_run_stores_nothing(content):
    content.load()
    before = stored_portraits()
    content.load()

    assert stored_portraits() == before


def test_a_change_of_another_field_keeps_the_stored_portrait(content, django_capture_on_commit_callbacks):
    content.load()
    before = Profile.objects.get().portrait.name
    content.profile["summary"]["en"] = "Advises well."
    with django_capture_on_commit_callbacks(execute=True):
        content.load()

    profile = Profile.objects.get()
    assert profile.summary_en == "Advises well."
    assert profile.portrait.name == before
    assert len(stored_portraits()) == 1


def test_a_new_portrait_takes_the_place_of_the_old_file(content, django_capture_on_commit_callbacks):
    content.load()
    before = stored_portraits()
    content.portrait.write_bytes(picture("blue"))
    with django_capture_on_commit_callbacks(execute=True):
        report = content.load()

    assert report.updated == 1
    assert Profile.objects.get().portrait.read() == picture("blue")
    assert len(stored_portraits()) == 1
    assert stored_portraits() != before
    assert len(stored_files()) == 3


def test_a_portrait_taken_out_of_the_data_file_is_removed(content, django_capture_on_commit_callbacks):
    content.load()
    del content.profile["portrait"]
    with django_capture_on_commit_callbacks(execute=True):
        content.load()

    assert not Profile.objects.get().portrait
    assert stored_files() == []


def test_an_editors_portrait_is_kept(content, django_capture_on_commit_callbacks):
    content.load()
    profile = Profile.objects.get()
    profile.portrait.save("mine.webp", content.portrait.open("rb"))
    content.portrait.write_bytes(picture("blue"))
    with django_capture_on_commit_callbacks(execute=True):
        content.load()

    assert Profile.objects.get().portrait.name == profile.portrait.name
    assert profile.portrait.storage.exists(profile.portrait.name)


def test_a_portrait_whose_file_was_lost_is_stored_anew(content):
    content.load()
    profile = Profile.objects.get()
    profile.portrait.storage.delete(profile.portrait.name)
    content.profile["summary"]["en"] = "Advises well."
    content.load()

    assert Profile.objects.get().portrait.read() == picture("red")


def test_a_run_that_fails_leaves_no_file_behind(content):
    content.engagement["country"] = "XX"
    with pytest.raises(DataError):
        content.load()

    assert stored_files() == []
