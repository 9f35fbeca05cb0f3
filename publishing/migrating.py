"""What is asked after a migration."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def tables_are_ready(plan) -> bool:
    """Whether the database has just been migrated (`plan` is that of the command) all the way to this code."""
    if plan is None:  # not a migration: a database that was emptied has nothing in it
        return False
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
