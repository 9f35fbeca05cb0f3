"""Django's database backend for PostgreSQL behind PgBouncer in transaction mode (`PGBOUNCER=1`)."""

from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL


class DatabaseWrapper(PostgreSQL):
    """Reads many rows by a cursor of the server within a transaction only.

    PgBouncer keeps a connection to a client until the transaction ends. A cursor that outlives it (WITH HOLD, as Django
    declares outside of transactions) would be looked for on another connection. `DISABLE_SERVER_SIDE_CURSORS` would
    forbid the others as well, and all rows of a download would be held in memory.
    """

    def chunked_cursor(self):
        return super().chunked_cursor() if self.in_atomic_block else self.cursor()
