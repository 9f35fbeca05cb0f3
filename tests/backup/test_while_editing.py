"""A backup that is made while people save holds a state that there was."""

import gzip
import json
import tarfile
import threading
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import connections, transaction

from backup import making
from backup.keys import Keys
from backup.making import make
from organisations.models import Organisation
from profiles.models import Profile
from tests.factories import OrganisationFactory, ProfileFactory
from tests.pictures import picture

PATIENCE = 60  # seconds


class Editor(threading.Thread):
    """Saves when told to, in one transaction: an organisation and a person with the same number, and a new picture."""

    def __init__(self, organisation: Organisation, profile: Profile):
        super().__init__(daemon=True)
        self.organisation, self.profile = organisation, profile
        self.told, self.done = threading.Semaphore(0), threading.Semaphore(0)
        self.saved, self.ends = 0, False

    def run(self):
        try:
            while self.told.acquire() and not self.ends:
                self.saved += 1
                with transaction.atomic():
                    self.organisation.name_en = f"Number {self.saved}"
                    self.organisation.save()
                    self.profile.family_name = f"Number {self.saved}"
                    self.profile.portrait = ContentFile(picture(40 + self.saved % 40, 40), "a.webp")
                    self.profile.save()
                self.done.release()
        finally:
            connections.close_all()

    def save(self) -> None:
        """Let it save once, and wait until it has."""
        self.told.release()
        assert self.done.acquire(timeout=PATIENCE)

    def end(self) -> None:
        self.ends = True
        self.told.release()
        self.join(PATIENCE)


@pytest.fixture
def editor_at_work(real_transactions, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    at_work = Editor(OrganisationFactory(name_en="Number 0"), ProfileFactory(family_name="Number 0"))
    at_work.start()
    at_work.save()
    yield at_work
    at_work.end()


def read(path: Path) -> tuple[dict[str, list[dict]], set[str]]:
    """The rows of a backup by table, and the names of its files; read without the program."""
    rows: dict[str, list[dict]] = {}
    with tarfile.open(path) as tar:
        names = tar.getnames()
        columns = {
            table["name"]: [column[0] for column in table["columns"]]
            for table in json.load(tar.extractfile("backup.json"))["tables"]
        }
        for name in names:
            if name.startswith("database/"):
                table = name.split("/")[1]
                for line in gzip.decompress(tar.extractfile(name).read()).decode().split("\n")[:-1]:
                    rows.setdefault(table, []).append(dict(zip(columns[table], json.loads(line), strict=True)))
    return rows, set(names)


def test_what_was_saved_together_is_never_torn(editor_at_work, monkeypatch, tmp_path):
    dump, made_at = making.dump, []

    def dump_while_somebody_saves(table, *arguments):
        made_at.append(editor_at_work.saved)
        if table.name in ("organisations_organisation", "profiles_profile"):
            editor_at_work.save()
        yield from dump(table, *arguments)

    monkeypatch.setattr(making, "dump", dump_while_somebody_saves)
    for number in range(3):
        path = tmp_path / f"backup-{number}"
        before = editor_at_work.saved
        closing, _digest = make(path, Keys([], []))
        assert editor_at_work.saved == before + 2
        rows, names = read(path)
        [organisation] = rows["organisations_organisation"]
        [profile] = rows["profiles_profile"]
        # As it was when the backup began, whatever was saved while it was written.
        assert organisation["name_en"] == profile["family_name"] == f"Number {before}"
        # Its picture is there, though the record has got another one since.
        assert f"media/{profile['portrait']}" in names
        assert closing.missing == []


def test_a_file_that_vanishes_meanwhile_is_noted_and_no_failure(editor_at_work, monkeypatch, tmp_path):
    members = making.files.members

    def members_after_a_loss(root, storage, time):
        if root == "media":
            storage.delete(profile.portrait.name)
        return members(root, storage, time)

    monkeypatch.setattr(making.files, "members", members_after_a_loss)
    profile = Profile.objects.get()
    closing, _digest = make(tmp_path / "backup", Keys([], []))
    assert closing.missing == [profile.portrait.name]
