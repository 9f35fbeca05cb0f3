import pytest

from backup import restoring


@pytest.fixture(autouse=True)
def restoring_within_the_transaction_of_a_test(monkeypatch):
    """PostgreSQL empties no table that constraints are still to be checked of: a restore by itself begins with it."""
    empty = restoring.empty

    def empty_what_was_checked(tables, connection):
        connection.check_constraints()
        empty(tables, connection)

    monkeypatch.setattr(restoring, "empty", empty_what_was_checked)
