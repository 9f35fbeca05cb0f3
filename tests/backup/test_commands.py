"""What the commands say and refuse."""

import os
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from backup import keys, placing, restoring, rotation, states
from backup.keys import Keys
from backup.making import make
from backup.restoring import restore
from backup.verifying import verify
from opendata import versions
from organisations.models import Organisation
from tests.backup.test_archive import parts, written
from tests.factories import OrganisationFactory, ProfileFactory
from tests.pictures import picture

pytestmark = pytest.mark.django_db
NO_KEYS = Keys([], [])


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    """Folders of uploads that no other test has written into, and one for backups."""
    settings.MEDIA_ROOT = tmp_path / "media"
    private = settings.STORAGES["private"] | {"OPTIONS": {"location": tmp_path / "private"}}
    settings.STORAGES = settings.STORAGES | {"private": private}
    (tmp_path / "backups").mkdir()


@pytest.fixture
def backups(tmp_path) -> Path:
    return tmp_path / "backups"


def run(*arguments, **options) -> str:
    told = StringIO()
    call_command(*map(str, arguments), stdout=told, stderr=told, **options)
    return told.getvalue()


def test_a_backup_with_the_public_half_is_read_with_the_secret_one(backups, settings):
    OrganisationFactory()
    public = keys.make(backups / "key")
    settings.BACKUP_KEY = public
    told = run("backup", backups / "one")
    assert "not encrypted" not in told
    assert "SHA-256 " in told
    with pytest.raises(CommandError, match="secret one"):
        run("backup", backups / "one", verify=True)
    assert "is whole: made 20" in run("backup", backups / "one", verify=True, key_file=backups / "key")
    assert (backups / "one").stat().st_mode & 0o777 == 0o600


def test_a_key_is_made_and_its_public_half_told(backups):
    told = run("backup", backups / "key", new_key=True)
    assert f"BACKUP_KEY={keys.read_file(backups / 'key').recipients[0]}" in told
    assert "AGE-SECRET-KEY" not in told


def test_without_a_key_it_says_so(backups):
    assert "not encrypted" in run("backup", backups / "one")


def test_a_key_that_is_none_makes_no_backup(backups, settings):
    settings.BACKUP_KEY = "my password"
    with pytest.raises(CommandError, match="is no key of age"):
        run("backup", backups / "one")
    assert list(backups.iterdir()) == []


def test_nothing_is_overwritten(backups):
    (backups / "one").write_text("mine")
    with pytest.raises(CommandError, match="is there already"):
        run("backup", backups / "one")
    assert (backups / "one").read_text() == "mine"


def test_a_backup_that_fails_leaves_nothing(backups, monkeypatch):
    def full(*args):
        raise OSError("No space left on device")

    monkeypatch.setattr(placing.os, "fsync", full)
    with pytest.raises(CommandError, match="No space"):
        run("backup", backups / "one")
    assert list(backups.iterdir()) == []


def test_another_one_that_is_being_written_is_left_alone(backups):
    with placing.whole(backups / "one") as first:
        first.write(b"x")
        run("backup", backups / "two")
        with pytest.raises(CommandError, match="just being written"):
            run("backup", backups / "one")
    assert sorted(path.name for path in backups.iterdir()) == ["one", "two"]


def test_a_folder_gets_names_with_the_time_and_keeps_the_newest(backups):
    names = [f"portal-2026010{day}T030000Z.tar{ending}" for day, ending in ((1, ""), (2, ".age"), (3, ""))]
    for name in [*names, "portal-notes.txt", "other.tar"]:
        (backups / name).write_text("x")
    told = run("backup", backups, keep=2)
    assert told.count("Deleted the older backup") == 2
    assert {path.name for path in backups.iterdir()} > {names[2], "portal-notes.txt", "other.tar"}
    assert len([path for path in backups.iterdir() if rotation.NAME.fullmatch(path.name)]) == 2
    for wrong in ({"keep": 0}, {"keep": 2, "file": backups / "one"}):
        with pytest.raises(CommandError, match="--keep"):
            run("backup", wrong.pop("file", backups), **wrong)


def test_who_is_signed_in_is_not_in_it(backups, editor):
    Client().force_login(editor)
    assert Session.objects.count() == 1
    make(backups / "one", NO_KEYS)
    assert b"django_session" not in (backups / "one").read_bytes()
    restore(backups / "one", None, str, replace=True)
    assert not Session.objects.exists()


def test_a_portal_with_anything_in_it_is_refused(backups, editor):
    make(backups / "one", NO_KEYS)
    with pytest.raises(CommandError, match=r"auth_user.*--replace"):
        run("restore", backups / "one")
    Organisation.objects.create(slug="since", name_en="Since", kind="federation", country_id="PE")
    assert "Restored: " in run("restore", backups / "one", replace=True)
    assert not Organisation.objects.exists()


def test_a_portal_that_was_just_migrated_is_empty():
    assert restoring.filled(states.tables(connection), connection) == []


def test_the_version_of_the_content_never_comes_back(backups):
    OrganisationFactory()
    make(backups / "one", NO_KEYS)
    before = versions.current().token
    restore(backups / "one", None, str, replace=True)
    assert versions.current().token != before


def test_a_damaged_one_is_refused_before_anything_is_touched(backups, editor, monkeypatch):
    make(backups / "one", NO_KEYS)
    content = bytearray((backups / "one").read_bytes())
    content[len(content) // 2] ^= 1
    (backups / "one").write_bytes(content)
    monkeypatch.setattr(restoring, "_prepare", lambda *args: pytest.fail("it was prepared"))
    with pytest.raises(CommandError):
        run("restore", backups / "one", replace=True)


def test_one_that_changes_between_the_two_readings_is_rolled_back(backups, editor, monkeypatch):
    OrganisationFactory()
    make(backups / "one", NO_KEYS)
    prepare = restoring._prepare

    def spoil(*args):
        prepare(*args)
        with (backups / "one").open("r+b") as file:
            file.seek(-3, os.SEEK_END)
            file.write(b"?")

    monkeypatch.setattr(restoring, "_prepare", spoil)
    Organisation.objects.update(name_en="Since")
    with pytest.raises(CommandError, match="checksum of the whole"):
        run("restore", backups / "one", replace=True)
    assert Organisation.objects.get().name_en == "Since"


def test_a_backup_of_a_newer_release_is_refused(backups):
    with pytest.raises(CommandError, match=r"newer program \(1\.0\).*a\.0001"):
        run("restore", written(backups / "one", parts()), replace=True)


def test_what_the_database_refuses_is_told(backups, editor, monkeypatch):
    OrganisationFactory()
    make(backups / "one", NO_KEYS)
    monkeypatch.setattr(restoring, "set_last_number", lambda *args: None)
    load = restoring.Loader._insert
    monkeypatch.setattr(restoring.Loader, "_insert", lambda self, rows: load(self, [*rows, rows[-1]]))
    with pytest.raises(CommandError, match="The database refuses rows of"):
        run("restore", backups / "one", replace=True)
    assert Organisation.objects.count() == 1


def test_lost_files_and_another_secret_are_told(backups, settings):
    profile = ProfileFactory(portrait=ContentFile(picture(), "ana.webp"))
    profile.portrait.storage.delete(profile.portrait.name)
    assert f"names the file {profile.portrait.name}" in run("backup", backups / "one")
    assert "SECRET_KEY" not in run("restore", backups / "one", replace=True)
    settings.SECRET_KEY = "another" * 10
    told = run("restore", backups / "one", replace=True)
    assert "SECRET_KEY is not that" in told
    assert f"lacks the file {profile.portrait.name}" in told


def test_files_come_back_over_those_that_are_there(backups):
    profile = ProfileFactory(portrait=ContentFile(picture(), "ana.webp"))
    path = Path(profile.portrait.path)
    content = path.read_bytes()
    make(backups / "one", NO_KEYS)
    path.write_bytes(b"half")
    (path.parent / "of-nobody.webp").write_bytes(b"x")
    restore(backups / "one", None, str, replace=True)
    assert path.read_bytes() == content
    assert (path.parent / "of-nobody.webp").exists()


def test_files_need_not_lie_in_folders(backups, settings):
    in_memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = settings.STORAGES | {"default": in_memory, "private": in_memory}
    profile = ProfileFactory(portrait=ContentFile(picture(), "ana.webp"))
    names = [profile.portrait.name, *profile.portrait.renditions.names()]
    before = {name: default_storage.open(name).read() for name in names}
    closing, _digest = make(backups / "one", NO_KEYS)
    assert closing.files == {"media": len(names), "private": 0}
    for name in names:
        default_storage.delete(name)
    restore(backups / "one", None, str, replace=True)
    assert {name: default_storage.open(name).read() for name in names} == before


def test_numbers_go_on_where_they_were(backups):
    last = OrganisationFactory()
    kept = OrganisationFactory(slug="kept")
    gone = OrganisationFactory().pk
    Organisation.objects.exclude(pk=kept.pk).delete()
    make(backups / "one", NO_KEYS)
    restore(backups / "one", None, str, replace=True)
    assert OrganisationFactory().pk == gone + 1
    assert last.pk < kept.pk < gone


def test_a_backup_of_format_1_is_read_for_ever():
    """Made by the first program that wrote backups, of `tests.backup.test_archive.parts`, for the key beside it."""
    data = Path(__file__).parent / "data"
    head, closing = verify(data / "format-1.tar.age", keys.read_file(data / "key"))
    assert (head.release, closing.rows) == ("1.0", {"a_table": 3})
    assert verify(data / "format-1.tar", None)[1] == closing
