"""The numbers of facets, counted live: in the first rows of a list, so that their time does not grow with the list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.db.models.sql.datastructures import BaseTable

from listing.paging import COUNTED


@dataclass(frozen=True)
class Limits:
    """How many rows of a list are looked at, and how many values of these rows for one facet."""

    rows: int = COUNTED
    values: int = 50_000


@dataclass(frozen=True)
class Values:
    """What to count for a facet: the values of the first of `rows`, which are in an order.

    `values` yields `facet_value` and `facet_row` for the records of the model, a record once for each of its values. Of
    the model's own table it may use the key and `columns`.
    """

    rows: QuerySet
    values: QuerySet
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Counted:
    """How many rows have which value, as text. With `is_more`, not all rows were looked at: there may be more.

    `length` is the number of rows of the list, where they were counted, and all.
    """

    numbers: dict[str, int] = field(default_factory=dict)
    is_more: bool = False
    length: int | None = None

    def at_least(self, numbers: Mapping[str, int], keys: Iterable[str]) -> Self:
        """The same, where the values `keys` have no less than their `numbers`.

        The values that are chosen may be rare among the first rows of the list without their filter, and are all there
        is in the list under it.
        """
        more = {key: numbers[key] for key in keys if numbers.get(key, 0) > self.numbers.get(key, 0)}
        return replace(self, numbers=self.numbers | more)


def count_values(facets: Mapping[str, Values], limits: Limits) -> dict[str, Counted]:
    """The numbers of all `facets`, in one query. Those that are counted in the same `rows` have these read once.

    The ORM has no common table expressions, and cannot group the rows of a SELECT DISTINCT. So the querysets are
    compiled by the ORM, and only what is around them is written here.
    """
    statement = _Statement(limits)
    for name, facet in facets.items():
        together = [other.columns for other in facets.values() if other.rows is facet.rows]
        try:
            rows = statement.rows(facet.rows, sorted(set().union(*together)))
            statement.count(name, rows, facet.values)
        except EmptyResultSet:
            continue
    return statement.answer(facets)


class _Statement:
    """Common table expressions, and the SELECTs from them: name of a facet or table, value or "", number."""

    def __init__(self, limits: Limits):
        self._limits = limits
        self._database = ""
        self._tables, self._selects, self._params = [], [], []
        self._most: dict[str, int] = {}  # rows that are looked at, by the names of tables
        self._names: dict[int, str] = {}  # of the tables of rows, by the identity of their querysets
        self._tables_of: dict[str, tuple[str, str]] = {}  # of rows and of values, by the facets

    def rows(self, rows: QuerySet, columns: list[str]) -> str:
        """The name of the table with the key and the `columns` of the first of `rows`."""
        if id(rows) not in self._names:
            name = f"rows_{len(self._names)}"
            self._table(name, rows.values(rows.model._meta.pk.name, *columns), self._limits.rows)
            self._names[id(rows)] = name
        return self._names[id(rows)]

    def count(self, name: str, rows: str, values: QuerySet) -> None:
        """Count the `values` of the facet `name` in the table `rows`."""
        # As if the model had no other records: its joins begin at the rows that are looked at.
        query = values.query.chain()
        model_table = query.get_initial_alias()
        query.alias_map[model_table] = BaseTable(rows, model_table)
        within = values._chain()
        within.query = query
        table = f"{name}_values"
        self._tables_of[name] = rows, table
        self._table(table, within, self._limits.values)
        self._selects.append(
            f"SELECT '{name}', CAST(facet_value AS VARCHAR(255)), COUNT(*) "  # noqa: S608
            f"FROM (SELECT DISTINCT facet_value, facet_row FROM {table}) AS {name}_pairs "
            "WHERE facet_value IS NOT NULL GROUP BY facet_value"
        )

    def _table(self, name: str, queryset: QuerySet, most: int) -> None:
        """A table of `most` rows and one more, which tells "more than" from "exactly"."""
        limited = queryset[: most + 1]
        sql, params = limited.query.get_compiler(connection=connections[limited.db]).as_sql()
        self._database = limited.db
        self._tables.append(f"{name} AS ({sql})")
        self._params.extend(params)
        self._most[name] = most
        self._selects.append(f"SELECT '{name}', '', COUNT(*) FROM {name}")  # noqa: S608

    def answer(self, names) -> dict[str, Counted]:
        """What was counted of the facets `names`; asks nothing where there is nothing to count."""
        numbers: dict[str, dict[str, int]] = {name: {} for name in names}
        lengths: dict[str, int] = {}
        if self._selects:
            sql = f"WITH {', '.join(self._tables)} {' UNION ALL '.join(self._selects)}"
            with connections[self._database].cursor() as cursor:
                cursor.execute(sql, self._params)
                for name, value, number in cursor.fetchall():
                    if name in numbers:
                        numbers[name][value] = number
                    else:
                        lengths[name] = number
        return {name: self._counted(name, found, lengths) for name, found in numbers.items()}

    def _counted(self, name: str, numbers: dict[str, int], lengths: dict[str, int]) -> Counted:
        rows, values = self._tables_of.get(name, ("", ""))
        is_more = any(lengths[table] > self._most[table] for table in (rows, values) if table in lengths)
        length = lengths.get(rows)
        return Counted(numbers, is_more, length if length is None or length <= self._most[rows] else None)
