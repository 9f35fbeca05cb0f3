"""A backup made before an upgrade is restored after it; so is one of a database that the upgrade has yet to migrate."""

from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction

from backup.keys import Keys
from backup.making import make
from tests.backup.portals import portal
from tests.factories import OrganisationFactory


@pytest.fixture
def newest(django_db_setup, django_db_blocker, tmp_path) -> tuple[Path, str]:
    """A backup of the newest state, and the engine that it was made on."""
    with django_db_blocker.unblock(), transaction.atomic():
        get_user_model().objects.create_superuser("editor")
        OrganisationFactory(name_en="Cooperative of the bees")
        make(tmp_path / "newest", Keys([], []))
        transaction.set_rollback(True)
    return tmp_path / "newest", connection.vendor


def test_an_older_state_is_backed_up_and_restored_into_a_newer_portal(newest, tmp_path):
    backup, engine = newest
    with portal(tmp_path / "portal", engine) as found:
        found.manage("restore", backup)
        # As a release before this one left it: with another table for the search.
        found.manage("migrate", "search", "0002", "--verbosity", "0")
        found.manage("backup", tmp_path / "older")
        told = found.manage("restore", tmp_path / "older", "--replace")
        assert "Migrating to what this program needs" in told
        assert "other migrations" in found.manage("restore", tmp_path / "older", "--replace", fails=True)
        # An empty portal of the newest state is taken back, and forward again with the rows.
        found.manage("flush", "--no-input")
        told = found.manage("restore", tmp_path / "older")
        assert "Migrating the empty database to what the backup was made of" in told
        assert "Migrating to what this program needs" in told
        found.manage("migrate", "--check")
        assert "0 wrong" in found.manage("rebuild_search", "--check")
        assert found.ask("SELECT name_en FROM organisations_organisation") == [("Cooperative of the bees",)]
        assert found.ask("SELECT COUNT(*) FROM search_entry WHERE title LIKE '%bees'") == [(3,)]
