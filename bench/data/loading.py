"""Writes many rows at once: the tables' indexes, triggers and foreign keys are taken away and put back at the end."""

import io
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.db import connection

_AT_ONCE = 20_000  # rows
_CACHE = (
    os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 4 // 1024
)  # a quarter of the machine's memory, in KiB

Row = Sequence[Any]


def loader() -> "Loader":
    """That of the database in use. Raises KeyError for a database that the portal does not work with."""
    return {"sqlite": SQLite, "postgresql": PostgreSQL}[connection.vendor]()


class Loader:
    """One interface to both databases."""

    @contextmanager
    def bare(self, tables: Sequence[str]) -> Iterator[None]:
        """Keep the `tables` without indexes meanwhile, except those of primary keys and unique constraints."""
        raise NotImplementedError

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Write the rows; their values are those of the columns, as the database wants them."""
        raise NotImplementedError

    def finish(self) -> None:
        """Leave the database as it is found in use: statistics, sequences, journal."""
        raise NotImplementedError


class SQLite(Loader):
    """Of a whole portal in a file nothing is lost when the build breaks off: it is then built anew."""

    @contextmanager
    def bare(self, tables):
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=DELETE")
            for setting in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", f"cache_size=-{_CACHE}"):
                cursor.execute(f"PRAGMA {setting}")
            marks = ", ".join(["%s"] * len(tables))
            cursor.execute(
                f"SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL "  # noqa: S608
                f"AND tbl_name IN ({marks})",
                list(tables),
            )
            taken = cursor.fetchall()
            for kind, name, _sql in taken:
                cursor.execute(f'DROP {kind.upper()} "{name}"')
        yield
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' "
                "AND sql LIKE 'CREATE VIRTUAL TABLE%%fts5%%content=%%'"
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'INSERT INTO "{name}" ("{name}") VALUES (\'rebuild\')')  # noqa: S608
            for _kind, _name, sql in sorted(taken):  # indexes before triggers
                cursor.execute(sql)

    def insert(self, table, columns, rows):
        names = ", ".join(f'"{column}"' for column in columns)
        marks = ", ".join(["?"] * len(columns))
        with connection.cursor():
            raw = connection.connection
        raw.execute("BEGIN")
        raw.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)  # noqa: S608
        raw.execute("COMMIT")

    def finish(self):
        # No ANALYZE: nothing in the portal asks for it, so installations have no statistics either.
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=WAL")
        connection.close()


class PostgreSQL(Loader):
    @contextmanager
    def bare(self, tables):
        tables = list(tables)
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = off")
            cursor.execute("SET maintenance_work_mem = '1GB'")
            cursor.execute(
                "SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint "
                "WHERE contype = 'f' AND (conrelid = ANY(%s::regclass[]) OR confrelid = ANY(%s::regclass[]))",
                [tables, tables],
            )
            keys = cursor.fetchall()
            for table, name, _definition in keys:
                cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
            cursor.execute(
                "SELECT indexrelid::regclass, pg_get_indexdef(indexrelid) FROM pg_index "
                "WHERE indrelid = ANY(%s::regclass[]) "
                "AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)",
                [tables],
            )
            indexes = cursor.fetchall()
            for name, _definition in indexes:
                cursor.execute(f"DROP INDEX {name}")
        yield
        with connection.cursor() as cursor:
            for _name, definition in indexes:
                cursor.execute(definition)
            for table, name, definition in keys:
                cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')

    def insert(self, table, columns, rows):
        names = ", ".join(f'"{column}"' for column in columns)
        rows = iter(rows)
        with connection.cursor() as cursor:
            while some := list(islice(rows, _AT_ONCE)):
                text = "".join("\t".join([_copied(value) for value in row]) + "\n" for row in some)
                cursor.copy_expert(f'COPY "{table}" ({names}) FROM STDIN', io.StringIO(text))

    def finish(self):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT table_name, column_name FROM information_schema.columns "
                "WHERE table_schema = 'public' AND is_identity = 'YES'"
            )
            for table, column in cursor.fetchall():
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), "  # noqa: S608
                    f'(SELECT GREATEST(MAX("{column}"), 1) FROM "{table}"))'
                )
            cursor.execute("VACUUM ANALYZE")
        connection.close()


def _copied(value: Any) -> str:
    """The value as PostgreSQL's COPY reads it."""
    if value is None:
        return r"\N"
    return str(value).translate(_ESCAPED)


_ESCAPED = str.maketrans({"\\": r"\\", "\n": r"\n", "\t": r"\t", "\r": r"\r"})
