"""The database backend for PostgreSQL behind PgBouncer; tests/scaling has the portal behind a real one."""

import pytest
from django.db import connection

from coopportal.pgbouncer.base import DatabaseWrapper


@pytest.mark.django_db
def test_rows_are_read_by_a_cursor_of_the_server_within_transactions_only():
    if connection.vendor != "postgresql":
        pytest.skip("a backend for PostgreSQL")
    pooled = DatabaseWrapper(connection.settings_dict, "pooled")
    try:
        with pooled.chunked_cursor() as cursor:
            assert cursor.name is None
        pooled.set_autocommit(False)
        pooled.in_atomic_block = True
        with pooled.chunked_cursor() as cursor:
            assert cursor.name
    finally:
        pooled.in_atomic_block = False
        pooled.close()
