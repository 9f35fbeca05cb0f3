"""The rows of a table on their way into a backup, and back."""

import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from backup.faults import BackupError, DamagedError
from backup.tables import Table
from backup.values import check, decoder, encoder

PIECE = 1024**2  # bytes of a table that are packed together: so much is in memory at a time
ROWS_AT_ONCE = 500


def dump(table: Table, connection: BaseDatabaseWrapper, seen: Callable[[str], None]) -> Iterator[tuple[bytes, int]]:
    """All rows, a line of JSON each, in packed pieces; with each piece how many rows it has.

    To be called within a snapshot. `seen` is told the name of every uploaded file.
    """
    quote = connection.ops.quote_name
    columns = ", ".join(quote(column.name) for column in table.columns)
    order = ", ".join(map(quote, table.order))
    encoders = [encoder(column.kind, column.scale) for column in table.columns]
    files = [number for number, column in enumerate(table.columns) if column.kind == "file"]
    lines, size = [], 0
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {quote(table.name)} ORDER BY {order}")  # noqa: S608 - our own tables
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            for row in rows:
                for number in files:
                    if row[number]:
                        seen(row[number])
                values = [None if value is None else encode(value) for encode, value in zip(encoders, row, strict=True)]
                lines.append(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
                size += len(lines[-1])
                if size >= PIECE:
                    yield _packed(lines), len(lines)
                    lines, size = [], 0
    if lines:
        yield _packed(lines), len(lines)


def _packed(lines: list[bytes]) -> bytes:
    return gzip.compress(b"".join(lines), compresslevel=6, mtime=0)


def rows_of(piece: bytes, table: Table) -> Iterator[list[Any]]:
    """The rows in a packed piece of the table, as they stand there. Raises DamagedError."""
    try:
        lines = gzip.decompress(piece).split(b"\n")
        if lines.pop() != b"":
            raise ValueError("the last line has no end")
        for line in lines:
            row = json.loads(line)
            if not isinstance(row, list) or len(row) != len(table.columns):
                raise ValueError(f"a row has not the {len(table.columns)} columns of its table")
            for column, value in zip(table.columns, row, strict=True):
                if value is not None:
                    check(column.kind, value)
            yield row
    except (ValueError, OSError, EOFError, zlib.error) as error:
        raise DamagedError(f"Rows of {table.name} cannot be read: {error}") from error


class Loader:
    """Writes rows of a table into the database."""

    def __init__(self, table: Table, connection: BaseDatabaseWrapper):
        self.table, self.connection = table, connection
        self.decoders = [decoder(column.kind, connection) for column in table.columns]

    def load(self, piece: bytes) -> int:
        """Insert the rows of a packed piece; answers how many. Raises BackupError where the database refuses them."""
        rows, count = rows_of(piece, self.table), 0
        while some := list(islice(rows, ROWS_AT_ONCE)):
            try:
                self._insert([self._values(row) for row in some])
            except (DatabaseError, ValueError) as error:
                raise BackupError(f"The database refuses rows of {self.table.name}: {error}") from error
            count += len(some)
        return count

    def _values(self, row: list[Any]) -> list[Any]:
        return [None if value is None else decode(value) for decode, value in zip(self.decoders, row, strict=True)]

    def _insert(self, rows: list[list[Any]]) -> None:
        quote = self.connection.ops.quote_name
        columns = ", ".join(quote(column.name) for column in self.table.columns)
        places = f"({', '.join(['%s'] * len(self.table.columns))})"
        statement = f"INSERT INTO {quote(self.table.name)} ({columns}) VALUES "  # noqa: S608 - our own tables
        with self.connection.cursor() as cursor:
            if self.connection.vendor == "sqlite":  # has a limit of parameters; prepares the statement once
                cursor.executemany(statement + places, rows)
            else:
                values = [value for row in rows for value in row]
                cursor.execute(statement + ", ".join([places] * len(rows)), values)
