"""Whether there is anything in a portal that a restore would destroy, and emptying it."""

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper

from backup.tables import Table

# What migrations fill, and what follows from that.
FILLED_BY_MIGRATIONS = (
    "codelists_",
    "search_",
    "django_content_type",
    "auth_permission",
    "auth_group",
    "opendata_contentversion",
    "engagements_total",
    "engagements_tally",
    "engagements_recordtally",
    "django_session",
)


def filled(tables: Iterable[Table], connection: BaseDatabaseWrapper) -> list[str]:
    """The names of the tables that hold what people or programs have put there."""
    present = set(connection.introspection.table_names())
    found = []
    with connection.cursor() as cursor:
        for table in tables:
            if table.name not in present or table.name.startswith(FILLED_BY_MIGRATIONS):
                continue
            cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {connection.ops.quote_name(table.name)})")  # noqa: S608
            if cursor.fetchone()[0]:
                found.append(table.name)
    return found


def empty(tables: Iterable[Table], connection: BaseDatabaseWrapper) -> None:
    """Delete every row of all tables, within the transaction. Constraints are looked at when it ends."""
    names = [connection.ops.quote_name(table.name) for table in tables]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in names:
                cursor.execute(f"DELETE FROM {name}")  # noqa: S608 - our own tables
        else:
            cursor.execute(f"TRUNCATE {', '.join(names)}")
