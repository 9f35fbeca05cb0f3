"""The tables of a portal, by the models of its migrations."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.apps.registry import Apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from backup.faults import DamagedError
from backup.values import KINDS, kind_of

# Of no use in a restored portal: who was signed in. Whoever reads the backup must not be either.
LEFT_OUT = ("django_session",)


@dataclass(frozen=True)
class Column:
    """A column, the kind of its values, and of decimal numbers how many digits are behind the point."""

    name: str
    kind: str
    scale: int | None = None

    @property
    def as_json(self) -> list:
        return [self.name, self.kind] if self.scale is None else [self.name, self.kind, self.scale]


@dataclass(frozen=True)
class Table:
    """A table, what its rows are ordered by, and where it gives numbers by itself: in which column, and the last one.

    The last number counts: what is known of a deleted record must not be taken for the history of a new one.
    """

    name: str
    columns: tuple[Column, ...]
    order: tuple[str, ...] = ()
    numbered: str | None = None
    last_number: int | None = None

    @property
    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "columns": [column.as_json for column in self.columns],
            "numbered": self.numbered,
            "last_number": self.last_number,
        }

    @classmethod
    def of_json(cls, value: dict[str, Any]) -> "Table":
        """Raises DamagedError."""
        try:
            columns = tuple(Column(*each) for each in value["columns"])
            table = cls(value["name"], columns, (), value["numbered"], value["last_number"])
            if unknown := {column.kind for column in columns} - set(KINDS.values()):
                raise DamagedError(f"Unknown kinds of values in {table.name}: {sorted(unknown)}")
        except (KeyError, TypeError) as error:
            raise DamagedError("What the backup says of its tables cannot be read.") from error
        return table


def tables_of(apps: Apps) -> list[Table]:
    """The tables of all models, also those of sessions, in the order of their names."""
    found = {
        model._meta.db_table: _table_of(model)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    return [found[name] for name in sorted(found)]


def _table_of(model: type[models.Model]) -> Table:
    columns = tuple(
        Column(field.column, kind_of(field), getattr(field, "decimal_places", None))
        for field in model._meta.concrete_fields
        if not field.generated
    )
    auto = model._meta.auto_field
    order = tuple(field.column for field in model._meta.pk_fields)
    return Table(model._meta.db_table, columns, order, auto.column if auto else None)


def kept(tables: Iterable[Table]) -> list[Table]:
    """Those that belong into a backup."""
    return [table for table in tables if table.name not in LEFT_OUT]


def with_last_number(table: Table, connection: BaseDatabaseWrapper) -> Table:
    """The table with the last number that it has given."""
    if not table.numbered:
        return table
    if connection.vendor == "sqlite":
        sql, parameters = "SELECT seq FROM sqlite_sequence WHERE name = %s", [table.name]
    else:
        sql = "SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, %s)::regclass)"
        parameters = [connection.ops.quote_name(table.name), table.numbered]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        row = cursor.fetchone()
    return replace(table, last_number=row[0] if row else None)


def set_last_number(table: Table, connection: BaseDatabaseWrapper) -> None:
    """Let the table go on behind its last number."""
    if not table.numbered:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, table.last_number or 0]
            )
        else:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)",
                [
                    connection.ops.quote_name(table.name),
                    table.numbered,
                    table.last_number or 1,
                    table.last_number is not None,
                ],
            )
