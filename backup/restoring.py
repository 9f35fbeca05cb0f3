"""Restores a portal from a backup: the rows in one transaction, which ends when all files are in their places."""

from collections.abc import Callable
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from backup import files, release, states
from backup.archive.reading import Content
from backup.contents import Closing, Head
from backup.dumping import Loader
from backup.emptiness import empty, filled
from backup.faults import BackupError
from backup.keys import Keys
from backup.making import MAIN
from backup.tables import Table, set_last_number
from backup.verifying import verify
from backup.walking import walk
from opendata import versions


def restore(path: Path, keys: Keys | None, tell: Callable[[str], None], *, replace: bool = False) -> Closing:
    """Make this portal what it was when the backup was made; what was restored.

    The backup is read twice: nothing is written before all of it was found to be whole. `tell` is told how it goes on.
    A portal with records is refused, or with `replace` emptied in the same transaction. Raises BackupError and OSError.
    """
    connection = connections[MAIN]
    head, closing = verify(path, keys)
    tell(f"The backup of {head.created} is whole: {closing.told}.")
    _prepare(head, connection, tell, replace)
    try:
        with transaction.atomic(using=MAIN):
            here = states.tables(connection)
            empty(here, connection)
            walk(path, keys, _Writer(connection, here))
            is_up_to_date = states.is_up_to_date(connection)
            if is_up_to_date:
                versions.bump()
    except DatabaseError as error:
        raise BackupError(f"Nothing was written: the database refuses what is in the backup: {error}") from error
    ContentType.objects.clear_cache()
    tell("All rows and files are in their places.")
    if not is_up_to_date:
        _upgrade(tell)
    _analyse(here, connection)
    if head.secret != release.secret():
        tell("SECRET_KEY is not that of the portal that was backed up: see docs/operators.md, “Restoring”.")
    return closing


def _prepare(head: Head, connection: BaseDatabaseWrapper, tell: Callable[[str], None], replace: bool) -> None:
    """Let the database have the tables that the backup was made of. Raises BackupError where it must not be touched."""
    if strange := states.unknown(head.migrations):
        raise BackupError(
            f"The backup is of a newer program ({head.release}) than this one, which does not know its migration "
            f"{'.'.join(strange[0])}. Install that release, or a newer one."
        )
    found = filled(states.tables(connection), connection)
    if found and not replace:
        raise BackupError(
            f"There is something in this portal already (in {', '.join(found[:5])}{' …' if found[5:] else ''}). "
            "Restore into an empty database, or let the backup take the place of all that is here: --replace."
        )
    if states.applied(connection) == set(head.migrations):
        return
    if found:
        raise BackupError(
            "The backup was made at other migrations than this database has, so it cannot take its place. Name a new, "
            "empty database in DATABASE_URL: the restore migrates it by itself."
        )
    tell("Migrating the empty database to what the backup was made of …")
    states.migrate_to(set(head.migrations), connection)


class _Writer:
    """Writes what is in a backup into the database and the folders of uploaded files."""

    def __init__(self, connection: BaseDatabaseWrapper, here: list[Table]):
        self._connection, self._stores = connection, files.stores()
        self._columns = {table.name: {column.name for column in table.columns} for table in here}
        self._loader: Loader | None = None

    def begin(self, head: Head) -> None:
        for table in head.tables:
            if {column.name for column in table.columns} != self._columns.get(table.name):
                raise BackupError(f"The table {table.name} has other columns in this database than in the backup.")
            set_last_number(table, self._connection)

    def rows(self, table: Table, piece: bytes) -> int:
        if self._loader is None or self._loader.table is not table:
            self._loader = Loader(table, self._connection)
        return self._loader.load(piece)

    def file(self, content: Content) -> None:
        files.restore(content, self._stores)


def _upgrade(tell: Callable[[str], None]) -> None:
    tell("Migrating to what this program needs …")
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except (CommandError, DatabaseError) as error:
        raise BackupError(
            f"Everything is restored, but could not be migrated: run “manage.py migrate”. {error}"
        ) from error
    versions.bump()


def _analyse(tables: list[Table], connection: BaseDatabaseWrapper) -> None:
    """Tell PostgreSQL's planner what is there: how a search is answered depends on it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(connection.ops.quote_name(table.name) for table in tables)}")
