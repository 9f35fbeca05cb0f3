"""Emptying the database after a test with real transactions: what the migrations loaded stays, all else goes.

Django empties every table, on PostgreSQL by TRUNCATE, which takes seconds for some eighty of them and waits for whoever
still reads; then everything has to be loaded again. Here only rows that a test wrote are deleted.
"""

from dataclasses import dataclass

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, models, transaction


@dataclass(frozen=True)
class _Table:
    """A table of the portal as SQL names it, and that of its copy; generated columns are left to the database."""

    model: type[models.Model]
    copies: str

    @property
    def name(self) -> str:
        return connection.ops.quote_name(self.model._meta.db_table)

    @property
    def kept(self) -> str:
        return connection.ops.quote_name(f"{self.copies}_{self.model._meta.db_table}")

    @property
    def key(self) -> str:
        """The columns of the key."""
        return ", ".join(connection.ops.quote_name(field.column) for field in self.model._meta.pk_fields)

    @property
    def columns(self) -> str:
        fields = [field for field in self.model._meta.concrete_fields if not field.generated]
        return ", ".join(connection.ops.quote_name(field.column) for field in fields)


def tables(copies: str = "") -> list[_Table]:
    """All tables of the portal's models, those between two models too; the names of copies begin with `copies`."""
    found = {
        model._meta.db_table: _Table(model, copies)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    return list(found.values())


def _filled(cursor, copies: str) -> list[_Table]:
    """The tables that hold anything."""
    every = tables(copies)
    cursor.execute(
        " UNION ALL ".join(
            f"SELECT {number} WHERE EXISTS (SELECT 1 FROM {table.name})"  # noqa: S608 (tables of our own)
            for number, table in enumerate(every)
        )
    )
    return [every[number] for (number,) in cursor.fetchall()]


class Contents:
    """What the tables hold at one moment: set aside in the database itself, and brought back as often as one likes."""

    def __init__(self, copies: str):
        self._copies = copies
        self._kept: list[_Table] = []

    def drop(self) -> None:
        """Keep nothing any longer."""
        with connection.cursor() as cursor:
            for table in self._kept:
                cursor.execute(f"DROP TABLE IF EXISTS {table.kept}")
        self._kept = []

    @property
    def is_kept(self) -> bool:
        return bool(self._kept)

    @transaction.atomic
    def keep(self) -> None:
        """Set aside what the tables hold now, in the place of what was kept before."""
        self.drop()
        with connection.cursor() as cursor:
            self._kept = _filled(cursor, self._copies)
            for table in self._kept:
                cursor.execute(f"CREATE TABLE {table.kept} AS SELECT {table.columns} FROM {table.name}")  # noqa: S608

    @transaction.atomic
    def bring_back(self) -> None:
        """Delete what was written since, and undo what was changed.

        Raises DatabaseError where the tables themselves have changed.
        """
        refilled = []
        with connection.cursor() as cursor:
            for table in _filled(cursor, self._copies):
                if table not in self._kept:
                    cursor.execute(f"DELETE FROM {table.name}")  # noqa: S608
            for table in self._kept:
                now, then = (f"SELECT {table.columns} FROM {name}" for name in (table.name, table.kept))  # noqa: S608
                changed = f"SELECT {table.key} FROM ({now} EXCEPT {then}) AS changed"  # noqa: S608
                cursor.execute(f"DELETE FROM {table.name} WHERE ({table.key}) IN ({changed})")  # noqa: S608
                present = f"SELECT {table.key} FROM {table.name}"  # noqa: S608
                missing = f"{then} WHERE ({table.key}) NOT IN ({present})"
                cursor.execute(f"INSERT INTO {table.name} ({table.columns}) {missing}")
                if cursor.rowcount > 0:
                    refilled.append(table.model)
            # A table made anew by a migration begins to count anew.
            if ContentType in refilled:
                ContentType.objects.clear_cache()
            for statement in connection.ops.sequence_reset_sql(no_style(), refilled):
                cursor.execute(statement)
