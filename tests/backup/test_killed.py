"""Whoever pulls the plug during a backup or a restore leaves nothing that looks whole; the next run completes."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.db import connection, transaction

from backup.keys import Keys
from backup.making import make
from backup.verifying import verify
from publishing.models import Version
from tests.backup.portals import Portal, portal
from tests.factories import OrganisationFactory, ProfileFactory
from tests.pictures import picture

NO_KEYS = Keys([], [])


@pytest.fixture(scope="module")
def lived_in(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[tuple[Portal, Path]]:
    """A portal with a few records and files, in processes of its own; and the backup that it was restored from."""
    folder = tmp_path_factory.mktemp("lived-in")
    with django_db_blocker.unblock():
        with transaction.atomic():
            editor = get_user_model().objects.create_superuser("editor")
            Version.keep(OrganisationFactory(), editor)
            profile = ProfileFactory(portrait=ContentFile(picture(), "ana.webp"))
            profile.consent_document.save("proof.pdf", ContentFile(b"%PDF proof"))
            make(folder / "whole", NO_KEYS)
            transaction.set_rollback(True)
        engine = connection.vendor
    with portal(folder / "portal", engine) as found:
        found.manage("restore", folder / "whole")
        yield found, folder / "whole"


def kill_at(point: str, found: Portal, *arguments) -> None:
    """Start the command, and kill it where it stops."""
    process = found.start("-m", "tests.backup.stopping", point, *arguments)
    said = ""
    while not said.endswith("stopped\n"):
        line = process.stdout.readline()
        assert line, process.stderr.read()
        said += line
    process.kill()
    process.communicate()


@pytest.mark.parametrize("point", ["backup rows", "backup files", "backup end"])
def test_a_killed_backup_leaves_no_file_and_the_next_one_takes_its_remains_away(point, lived_in, tmp_path):
    found, _whole = lived_in
    kill_at(point, found, "backup", tmp_path / "backup")
    assert [path.name for path in tmp_path.iterdir()] == [".backup.coop-backup-part"]
    # Its name is another one, as that of the next night would be.
    found.manage("backup", tmp_path / "next")
    assert [path.name for path in tmp_path.iterdir()] == ["next"]
    verify(tmp_path / "next", None)


@pytest.mark.parametrize("point", ["restore rows", "restore files", "restore end"])
def test_a_killed_restore_leaves_the_database_as_it_was_and_the_next_one_completes(point, lived_in):
    found, whole = lived_in
    names = "SELECT username FROM auth_user"
    assert found.ask(names) == [("editor",)]
    found.ask("UPDATE auth_user SET username = 'since'")
    proofs = {path.name: path.read_bytes() for path in found.private.rglob("*.pdf")}
    assert b"%PDF proof" in proofs.values()
    shutil.rmtree(found.private)
    kill_at(point, found, "restore", whole, "--replace")
    assert found.ask(names) == [("since",)]
    found.manage("restore", whole, "--replace")
    assert found.ask(names) == [("editor",)]
    assert found.ask("SELECT COUNT(*) FROM organisations_organisation") == [(1,)]
    assert {path.name: path.read_bytes() for path in found.private.rglob("*.pdf")} == proofs
