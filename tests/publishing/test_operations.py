"""Indexes of tables that are in use come and go beside other work, and again after a run that broke off."""

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from publishing.operations import AddIndexInUse, RemoveFieldIndex, RemoveIndexInUse

IN_USE = (AddIndexInUse, RemoveIndexInUse, RemoveFieldIndex)
TABLE = "organisations_organisation"
postgresql_only = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite makes indexes plainly")


def indexes() -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, TABLE))


def carry_out(operation, *, backwards: bool = False) -> None:
    """The `operation` on the models as they are, or back to them."""
    before = ProjectState.from_apps(apps)
    after = before.clone()
    operation.state_forwards("organisations", after)
    with connection.schema_editor(atomic=False) as editor:
        if backwards:
            operation.database_backwards("organisations", editor, after, before)
        else:
            operation.database_forwards("organisations", editor, before, after)


def test_migrations_with_them_run_outside_transactions_and_have_no_others():
    migrations = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    using = [each for each in migrations.values() if any(isinstance(one, IN_USE) for one in each.operations)]
    assert ("engagements", "0007_indexes_for_lists") in [(each.app_label, each.name) for each in using]
    for migration in using:
        assert migration.atomic is False
        assert [one for one in migration.operations if not isinstance(one, IN_USE)] == []
        assert all(one.reversible for one in migration.operations)


@pytest.mark.django_db(transaction=True)
def test_an_index_comes_and_goes():
    operation = AddIndexInUse("organisation", models.Index(fields=["website"], name="for_this_test_idx"))
    with CaptureQueriesContext(connection) as captured:
        carry_out(operation)
    assert "for_this_test_idx" in indexes()
    made = [query["sql"] for query in captured if query["sql"].startswith("CREATE INDEX")]
    assert [("CONCURRENTLY" in sql) for sql in made] == [connection.vendor == "postgresql"]
    carry_out(operation)  # again, where a run broke off after it
    carry_out(operation, backwards=True)
    assert "for_this_test_idx" not in indexes()


@pytest.mark.django_db(transaction=True)
def test_the_index_of_a_field_goes_and_comes_back():
    there = indexes()
    field = models.CharField(max_length=20)
    operation = RemoveFieldIndex("organisation", "kind", field)
    carry_out(operation)
    gone = there - indexes()
    assert gone
    assert all("kind" in name for name in gone)
    carry_out(operation, backwards=True)
    assert len(indexes()) == len(there)


@postgresql_only
@pytest.mark.django_db(transaction=True)
def test_half_an_index_is_made_anew():
    operation = AddIndexInUse("organisation", models.Index(fields=["website"], name="for_this_test_idx"))
    carry_out(operation)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'for_this_test_idx'::regclass")
        carry_out(operation)
        cursor.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = 'for_this_test_idx'::regclass")
        assert cursor.fetchone() == (True,)
    carry_out(operation, backwards=True)


@postgresql_only
@pytest.mark.django_db(transaction=True)
def test_within_a_transaction_nothing_is_done():
    operation = AddIndexInUse("organisation", models.Index(fields=["website"], name="for_this_test_idx"))
    with pytest.raises(TransactionManagementError, match="atomic = False"), transaction.atomic():
        carry_out(operation)
    assert "for_this_test_idx" not in indexes()
