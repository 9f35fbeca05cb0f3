"""Facets: the values that a list offers for filtering, each with the number of results it would give."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

from listing.paging import Total


@dataclass(frozen=True)
class Option:
    """One offered value: as it stands in the address, in words, and with its number of results.

    With `is_more` there may be more of them. `lang` is the language of the words where it is not that of the page.
    """

    value: str
    label: str
    count: int
    selected: bool = False
    lang: str = ""
    is_more: bool = False

    @property
    def total(self) -> Total:
        """The number in words."""
        return Total(self.count, self.is_more)


@dataclass(frozen=True)
class Facet:
    """A filter as the page shows it.

    `cut` says that only the most frequent values are offered, `is_more` that not all results were looked at: there may
    be more of each value, and other values.
    """

    name: str
    label: str
    options: list[Option]
    errors: list[str] = field(default_factory=list)
    cut: bool = False
    is_more: bool = False

    @property
    def chosen(self) -> int:
        """How many values are chosen."""
        return sum(option.selected for option in self.options)

    @property
    def is_active(self) -> bool:
        """Whether a value is chosen or a chosen one was refused: then the page shows the facet opened."""
        return bool(self.errors or self.chosen)


def read_values(facets: Mapping[str, QuerySet]) -> dict[str, dict[str, int]]:
    """For each facet the numbers that are known of its values (as text), in one query for all.

    The querysets yield `facet_value` and `facet_number`.
    """
    numbers: dict[str, dict[str, int]] = {name: {} for name in facets}
    parts, params = [], []
    for name, rows, rows_params in _subqueries(facets):
        parts.append(
            f"SELECT '{name}' AS facet, CAST(facet_value AS VARCHAR(255)) AS value, facet_number FROM {rows}"  # noqa: S608
        )
        params.extend(rows_params)
    for name, value, number in _union(facets, parts, params):
        numbers[name][value] = number
    return numbers


def count_rows(querysets: Mapping[str, QuerySet]) -> dict[str, int]:
    """How many rows each queryset has, in one query for all."""
    counts = dict.fromkeys(querysets, 0)
    parts, params = [], []
    for name, rows, rows_params in _subqueries(querysets):
        parts.append(f"SELECT '{name}' AS name, COUNT(*) AS rows_counted FROM {rows}")  # noqa: S608
        params.extend(rows_params)
    counts.update(_union(querysets, parts, params))
    return counts


def _subqueries(querysets: Mapping[str, QuerySet]) -> Iterator[tuple[str, str, tuple]]:
    """Name, SQL and parameters of each queryset as a table to select from; those that can have no rows are left out."""
    for name, rows in querysets.items():
        try:
            connection = connections[rows.db]
            sql, params = rows.query.get_compiler(connection=connection).as_sql()
        except EmptyResultSet:
            continue
        yield name, f"({sql}) AS {connection.ops.quote_name(name + '_rows')}", params


def _union(querysets: Mapping[str, QuerySet], parts: list[str], params: list) -> list[tuple]:
    """The rows of all `parts`, from the database of the `querysets`; asks nothing where there are none."""
    if not parts:
        return []
    with connections[next(iter(querysets.values())).db].cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        return cursor.fetchall()
