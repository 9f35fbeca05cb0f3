"""Reading the index as it lies in the database."""

from django.db import connection
from django.db.models import Model

from search.models import Entry, Scheduled, Word
from search.relations import KIND_OF
from search.searching import Found, find


def entry(record: Model, language: str = "en") -> Entry | None:
    """The entry of `record`, if it has one."""
    return Entry.objects.filter(kind=KIND_OF[type(record)], object_id=record.pk, language=language).first()


def is_found(word: str, record: Model, language: str = "en") -> bool:
    """Whether who searches for `word`, and only for that, finds `record`."""
    found = find(word, language)
    keys = [(one.kind, one.object_id) for entries in found.entries.values() for one in entries]
    return found.every and not found.shown_for and (KIND_OF[type(record)], str(record.pk)) in keys


def best(found: Found) -> list[Entry]:
    """The first entry of each kind that was found."""
    return [entries[0] for entries in found.entries.values()]


def everything_held() -> str:
    """All that stands in the tables of the index, and in those that SQLite keeps beside them."""
    tables = [model._meta.db_table for model in (Entry, Word, Scheduled)]
    rows = []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for table in ("search_entry_fts", "search_word_fts"):
                cursor.execute(f"CREATE VIRTUAL TABLE temp.{table}_terms USING fts5vocab(main, {table}, row)")
                cursor.execute(f"SELECT term FROM temp.{table}_terms")  # noqa: S608
                rows += cursor.fetchall()
                cursor.execute(f"DROP TABLE temp.{table}_terms")
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
            rows += cursor.fetchall()
    return str(rows).casefold()
