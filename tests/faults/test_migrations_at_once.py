"""Two processes that migrate one database: one migrates, the other waits, and the tables are whole."""

from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from django.db import OperationalError, connection

from coopportal import migration_lock
from tests.backup.portals import Portal
from tests.faults.conftest import CONCURRENT

WAITS = "Another process is migrating this database"
# Names of tables, columns and indexes; on SQLite the statements that made them, as it was last told.
SCHEMA = {
    "sqlite": "SELECT tbl_name, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%'",
    "postgresql": """
        SELECT table_name, column_name, data_type || is_nullable || coalesce(collation_name, '')
        FROM information_schema.columns WHERE table_schema = 'public'
        UNION ALL SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND convalidated
        UNION ALL SELECT 'invalid', indexrelid::regclass::text, '' FROM pg_index WHERE NOT indisvalid
    """,
}


def whole_schema() -> set[tuple]:
    """The schema of the database of the tests, which one process alone has migrated."""
    with connection.cursor() as cursor:
        cursor.execute(SCHEMA[connection.vendor])
        # The tests' own copies of tables.
        return {row for row in cursor.fetchall() if not row[0].strip('"').startswith(("kept_", "sample_"))}


def schema_of(found: Portal) -> set[tuple]:
    return {row for row in found.ask(SCHEMA[connection.vendor]) if not row[0].startswith("sample_")}


@pytest.mark.django_db
def test_one_migrates_at_a_time_and_the_next_goes_on_where_it_was_killed(migrated_by_three):
    assert WAITS not in migrated_by_three.killed
    assert max(migrated_by_three.half) == ("0006_tallies",)
    waited, completed = sorted(migrated_by_three.others, key=lambda said: "Applying" in said)
    assert WAITS in waited
    assert "No migrations to apply." in waited
    assert f"Applying {CONCURRENT}... OK" in completed


@pytest.mark.django_db
def test_nothing_is_missing_nor_there_twice(migrated):
    assert schema_of(migrated) == whole_schema()
    assert migrated.ask("SELECT COUNT(*) FROM codelists_country") == [(249,)]
    migrated.manage("migrate", "--check")
    assert not list(migrated.folder.glob("*.migrating"))


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(migration_lock, "SECONDS_BETWEEN_TRIES", 0.01)
    monkeypatch.setattr(migration_lock, "SECONDS_TO_OPEN", 0.05)


def opening(vendor: str, *outcomes) -> Mock:
    """What opening such a connection is tried with."""
    opens = Mock(side_effect=outcomes)
    migration_lock.opened(SimpleNamespace(vendor=vendor, ensure_connection=opens))
    return opens


def test_a_database_that_another_process_just_makes_is_waited_for(impatient):
    locked = OperationalError("database is locked")
    assert opening("sqlite", locked, locked, None).call_count == 3
    with pytest.raises(OperationalError, match="locked"):
        opening("sqlite", *[locked] * 100)


@pytest.mark.parametrize(("vendor", "why"), [("postgresql", "is locked"), ("sqlite", "unable to open database file")])
def test_what_waiting_does_not_mend_is_said_at_once(impatient, vendor, why):
    with pytest.raises(OperationalError, match=why):
        opening(vendor, OperationalError(why), None)
