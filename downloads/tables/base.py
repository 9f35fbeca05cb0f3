"""What a downloaded table is: its columns, each with what it means, and how the rows are read."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Model, QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from codelists.models import Country
from listing.filters import ListingFilterSet
from opendata.snapshots import snapshot

# Rows that are in memory at a time. Their relations are asked for together, so it bounds the parameters of a query too.
CHUNK = 500


class Type(TextChoices):
    TEXT = "text", _("text")
    INTEGER = "integer", _("whole number")
    DECIMAL = "decimal", _("decimal number")
    BOOLEAN = "boolean", _("true or false")
    DATE = "date", _("date (year-month-day)")
    ADDRESS = "address", _("web address")


@dataclass(frozen=True)
class Column:
    """A column. `name` is for programs and stays for ever; `description` is for people, in their language.

    `read` takes the value from a record: None or "" where nothing is known, a list with `several`. An address on this
    portal may be without the host.
    """

    name: str
    type: Type
    description: str | Promise
    read: Callable[[Any], Any]
    several: bool = False

    @property
    def type_label(self) -> str:
        return self.type.label

    def value(self, record, site: str):
        """The value of `record`, None where nothing is known; `site` is the portal's own address."""
        value = self.read(record)
        if self.several:
            return list(value)
        if self.type == Type.ADDRESS and value and value.startswith("/"):
            return site + value
        return None if value == "" else value


class Table:
    """A list as a table: one row a record. `site` is the portal's own address, as in "https://coop.example.org".

    Subclasses declare `name` (of the file, and in addresses), `title`, `description` (what a row is), `columns`, and
    `filterset_class` with the filters of the list.
    """

    name: str
    title: str | Promise
    description: str | Promise
    columns: tuple[Column, ...]
    filterset_class: type[ListingFilterSet]
    # Templates show tables as they are declared, and would make one of each.
    do_not_call_in_templates = True

    def __init__(self, site: str):
        self.site = site

    def records(self) -> QuerySet:
        """The public records, of which the filters choose."""
        raise NotImplementedError

    def with_relations(self, records: QuerySet) -> QuerySet:
        """`records` with the public relations that the columns read."""
        return records

    def gather(self, records: list[Model]) -> None:
        """Give the `records` of a chunk what no relation holds, such as numbers: a fixed number of queries."""

    def countries(self, record: Model) -> list[Country]:
        """Where on the map `record` is."""
        raise NotImplementedError

    # Whether a record may be in several countries.
    is_in_several = False

    def key(self, record: Model) -> int | str:
        """What identifies `record` for ever."""
        return record.pk

    def chunks(self, records: QuerySet) -> Iterator[list[Model]]:
        """`records` in their order with all that the columns read, some at a time, as of one moment."""
        with snapshot():
            found = self.with_relations(records).iterator(chunk_size=CHUNK)
            while chunk := list(islice(found, CHUNK)):
                self.gather(chunk)
                yield chunk

    def row(self, record: Model) -> list:
        """The values of `record`, one a column."""
        return [column.value(record, self.site) for column in self.columns]

    def as_dict(self, record: Model) -> dict[str, Any]:
        return {column.name: column.value(record, self.site) for column in self.columns}


def related(pairs: Iterable[tuple[Any, Any]], records: QuerySet) -> dict[Any, list[Model]]:
    """For each key that is a first part of `pairs` those of the `records` whose keys are second parts, by these."""
    pairs = list(pairs)
    found = records.in_bulk({key for _owner, key in pairs if key is not None})
    groups: dict[Any, list[Model]] = {}
    for owner, key in sorted(pair for pair in pairs if pair[1] in found):
        groups.setdefault(owner, []).append(found[key])
    return groups
