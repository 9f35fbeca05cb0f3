"""Which migrations a database has, and what tables it therefore has: not what the program at hand would have it be.

So a backup can be made before an upgrade has migrated, and restored after any number of upgrades.
"""

from collections.abc import Iterable
from functools import cache

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.exceptions import IrreversibleError
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

from backup.faults import BackupError
from backup.tables import Table, tables_of

Node = tuple[str, str]  # app and name of a migration


@cache
def _program() -> MigrationLoader:
    """The migrations of this program, without any database."""
    return MigrationLoader(None)


def applied(connection: BaseDatabaseWrapper) -> set[Node]:
    """The migrations that the database has."""
    return set(MigrationRecorder(connection).applied_migrations())


def unknown(nodes: Iterable[Node]) -> list[Node]:
    """Those of the migrations that this program does not have."""
    return sorted(set(nodes) - set(_program().disk_migrations))


def is_up_to_date(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database has every migration of this program."""
    return set(_program().graph.nodes) <= applied(connection)


def tables(connection: BaseDatabaseWrapper) -> list[Table]:
    """The tables that the portal has in this database, in the order of their names.

    Raises BackupError where the database was migrated by a newer program.
    """
    present = applied(connection)
    if strange := unknown(present):
        raise BackupError(
            f"The database has migrations that this program does not know, as {'.'.join(strange[0])}: it was used by a "
            "newer release. Run the command with that release."
        )
    return _tables_at(frozenset(present))


@cache
def _tables_at(present: frozenset[Node]) -> list[Table]:
    graph = _program().graph
    state = ProjectState(real_apps=_program().unmigrated_apps)
    done = set()
    for leaf in graph.leaf_nodes():
        for node in graph.forwards_plan(leaf):
            if node in present and node not in done:
                graph.nodes[node].mutate_state(state, preserve=False)
                done.add(node)
    return tables_of(state.apps)


def migrate_to(wanted: set[Node], connection: BaseDatabaseWrapper) -> None:
    """Let a database without records have just the migrations that are `wanted`, forwards or backwards.

    Without Django's signals, which would fill tables. Raises BackupError where a migration cannot be undone.
    """
    present = applied(connection)
    back = []
    for app in sorted({app for app, _name in present - wanted}):
        kept = sorted(node for node in wanted & present if node[0] == app)
        back.append(kept[-1] if kept else (app, None))
    try:
        if back:
            MigrationExecutor(connection).migrate(back)
    except IrreversibleError as error:
        raise BackupError(
            "This database is newer than the backup and cannot be taken back. Name a database without any table in "
            "DATABASE_URL: the restore migrates it by itself."
        ) from error
    graph = _program().graph
    leaves = [
        node
        for node in sorted(wanted)
        if node in graph.nodes and not any(child.key in wanted for child in graph.node_map[node].children)
    ]
    MigrationExecutor(connection).migrate(leaves)
    if applied(connection) != wanted:
        raise BackupError("The database cannot be migrated to what the backup was made of. Restore into a new one.")
