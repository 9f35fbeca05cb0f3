"""Makes all numbers anew while people read and editors save: in small transactions, each behind the writers' lock.

Two things hold between any two transactions: the numbers are those of `Counted`, and `Counted` is what the records say.
What editors save keeps both. So they can be put right one after the other, piece by piece: first `Counted`, some
engagements at a time; then the numbers of each scope and dimension, by their difference to what is counted. What is
saved meanwhile adds to numbers that are right already, and to those that are not its difference stays the same.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from engagements.tallies import facts, writing
from engagements.tallies.counting import count_what_has_come_due, recount
from engagements.tallies.dimensions import CODES, RECORDS, SCOPES, SEVERAL, Dimension
from engagements.tallies.models import Coming, Counted, RecordTally, Tally, Total, Use
from publishing.locking import one_writer
from publishing.signals import caught_up

AT_ONCE = 2_000  # engagements: in one transaction
FEW = 5_000  # engagements that are counted one by one, where more are counted all together

_SINGLE = {
    Dimension.COUNTRY: "country",
    Dimension.REGION: "region",
    Dimension.PROGRAMME: "programme",
    Dimension.KIND: "kind",
    Dimension.SECTOR: "sector",
    Dimension.STATUS: "status",
    Dimension.YEAR: "year",
}
# Of two of these the numbers within the one are also those within the other, and are counted within the first.
_ORDER = (
    Dimension.PROGRAMME,
    Dimension.COUNTRY,
    Dimension.KIND,
    Dimension.SECTOR,
    Dimension.TOPIC,
    Dimension.STATUS,
)
_LISTS = {Dimension.TOPIC: "topics", Dimension.PROFILE: "profiles", Dimension.ORGANISATION: "organisations"}


def rebuild(*, only_check: bool = False) -> dict[str, int]:
    """Put all numbers right, or only look what is wrong; answers the number of differences by what differed."""
    count_what_has_come_due()
    counts = {"engagement": sum(_put_right(ids, only_check) for ids in _every_engagement())}
    counts["total"] = sum(_total(scope, only_check) for scope in SCOPES)
    for model, dimensions in ((Tally, CODES), (RecordTally, RECORDS)):
        counts[model._meta.model_name] = sum(
            _tally(model, scope, dimension, only_check)
            for scope in (*_ORDER, Dimension.REGION, Dimension.EVERYTHING)
            for dimension in dimensions
        )
    counts["use"] = _uses(only_check)
    if any(counts.values()) and not only_check:
        _tell()
    return counts


def catch_up() -> None:
    """Count what was written past the signals; all anew where that is much."""
    wrong = list(islice((pk for ids in _every_engagement() for pk in _wrong(ids)), FEW + 1))
    if len(wrong) > FEW:
        rebuild()
    elif wrong:
        recount(wrong)
        _tell()


def _tell() -> None:
    """Say that the numbers are other ones: to PostgreSQL's planner, and to whoever keeps pages that show them."""
    with transaction.atomic():
        one_writer()
        caught_up.send(sender=Counted)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in (Total, Tally, RecordTally, Use, Counted):
                cursor.execute(f"ANALYZE {model._meta.db_table}")


def _every_engagement() -> Iterator[facts.Span]:
    """The numbers of all engagements, public or not, some at a time; then of those that are counted and are gone."""
    engagements = facts.engagement_model()._base_manager.all()
    left = [model._base_manager.exclude(Exists(engagements.filter(pk=OuterRef("pk")))) for model in (Counted, Coming)]
    for rows in (engagements.order_by("pk"), *(rows.order_by("pk") for rows in left)):
        last = None
        while some := list((rows if last is None else rows.filter(pk__gt=last)).values_list("pk", flat=True)[:AT_ONCE]):
            last = some[-1]
            yield facts.Span(some)


def _wrong(ids: facts.Span) -> list[int]:
    """Those of these engagements that are counted otherwise than they should be."""
    with transaction.atomic():
        one_writer()
        were, are = facts.as_counted(ids), facts.of_records(ids, timezone.now())
    return [pk for pk in ids if any(before.get(pk) != now.get(pk) for before, now in zip(were, are, strict=True))]


def _put_right(ids: facts.Span, only_check: bool) -> int:
    """Note as what these engagements count; the numbers follow later."""
    with transaction.atomic():
        one_writer()
        were, were_coming = facts.as_counted(ids)
        are, are_coming = facts.of_records(ids, timezone.now())
        if not only_check:
            writing.note(were, are)
            writing.note_coming(were_coming, are_coming)
    return sum(were.get(pk) != are.get(pk) or were_coming.get(pk) != are_coming.get(pk) for pk in ids)


def _column(dimension: Dimension) -> tuple[str, str, str]:
    """Of `Counted`, as SQL: the table with each of several keys in a row, the key, and whether there is one."""
    if dimension == Dimension.EVERYTHING:
        return "", "''", "1 = 1"
    if dimension not in SEVERAL:
        column = f"counted.{_SINGLE[dimension]}"
        return "", column, f"{column} IS NOT NULL AND CAST({column} AS VARCHAR(30)) <> ''"
    column, alias = f"counted.{_LISTS[dimension]}", f"each_{dimension.name.lower()}"
    if connection.vendor == "postgresql":
        return (
            f" CROSS JOIN LATERAL unnest(string_to_array({column}, ',')::bigint[]) AS {alias}(value)",
            (f"{alias}.value"),
            "1 = 1",
        )
    return f" JOIN json_each('[' || {column} || ']') AS {alias}", f"{alias}.value", "1 = 1"


def _counted(scope: Dimension, dimension: Dimension) -> tuple[str, str, str, str]:
    """SQL of what is counted in a scope: tables, key of the scope, key, and the condition."""
    scopes, scope_key, in_scope = _column(scope)
    tables, key, has_key = _column(dimension)
    if scope == dimension and scope in SEVERAL:  # every pair of its values
        tables, key = tables.replace("AS each_", "AS other_"), key.replace("each_", "other_")
    return f"engagements_counted AS counted{scopes}{tables}", scope_key, key, f"{in_scope} AND {has_key}"


def _total(scope: Dimension, only_check: bool) -> int:
    tables, scope_key, in_scope = _column(scope)
    rows = f"""
        SELECT CAST({scope_key} AS VARCHAR(30)) AS scope_key, COUNT(*) AS number,
            SUM(COALESCE(women_trained, 0)) AS women_trained, COUNT(women_trained) AS women_counted,
            SUM(COALESCE(men_trained, 0)) AS men_trained, COUNT(men_trained) AS men_counted
        FROM engagements_counted AS counted{tables} WHERE {in_scope} GROUP BY 1
    """  # noqa: S608
    return _apply(Total, {"scope": scope}, rows, only_check)


def _tally(model: type[models.Model], scope: Dimension, dimension: Dimension, only_check: bool) -> int:
    if scope in (Dimension.REGION, Dimension.EVERYTHING):
        rows = _from_countries(model, scope, dimension)
    elif dimension in _ORDER and _ORDER.index(scope) > _ORDER.index(dimension):
        rows = _mirrored(model, scope, dimension)
    else:
        rows = _from_counted(model, scope, dimension)
    return _apply(model, {"scope": scope, "dimension": dimension}, rows, only_check)


def _from_counted(model: type[models.Model], scope: Dimension, dimension: Dimension) -> str:
    tables, scope_key, key, condition = _counted(scope, dimension)
    kind = "BIGINT" if model is RecordTally else "VARCHAR(30)"
    return f"""
        SELECT CAST(scope_key AS VARCHAR(30)) AS scope_key, CAST(key AS {kind}) AS key, number FROM (
            SELECT {scope_key} AS scope_key, {key} AS key, COUNT(*) AS number FROM {tables} WHERE {condition}
            GROUP BY 1, 2
        ) AS numbers
    """  # noqa: S608


def _mirrored(model: type[models.Model], scope: Dimension, dimension: Dimension) -> str:
    """How many workshops are in Peru is how many of those in Peru are workshops."""
    kind = "BIGINT" if model is RecordTally else "VARCHAR(30)"
    return f"""
        SELECT key AS scope_key, CAST(scope_key AS {kind}) AS key, number FROM engagements_tally AS mirrored
        WHERE mirrored.scope = {dimension:d} AND mirrored.dimension = {scope:d}
    """  # noqa: S608


def _from_countries(model: type[models.Model], scope: Dimension, dimension: Dimension) -> str:
    """An engagement has one country, and a country one region."""
    of_country = (
        f"FROM {model._meta.db_table} AS tally WHERE tally.scope = {Dimension.COUNTRY:d} "
        f"AND tally.dimension = {dimension:d}"
    )
    if scope == Dimension.EVERYTHING:
        return f"SELECT '' AS scope_key, key, SUM(number) AS number {of_country} GROUP BY key"
    region = f"""(
        SELECT MIN(key) FROM engagements_tally AS region WHERE region.scope = {Dimension.COUNTRY:d}
        AND region.scope_key = tally.scope_key AND region.dimension = {Dimension.REGION:d} AND region.number <> 0
    )"""  # noqa: S608
    return f"""
        SELECT scope_key, key, SUM(number) AS number FROM (
            SELECT {region} AS scope_key, key, number {of_country}
        ) AS by_country WHERE scope_key IS NOT NULL GROUP BY scope_key, key
    """  # noqa: S608


def _uses(only_check: bool) -> int:
    rows = f"""
        SELECT key AS programme_id, scope_key AS country_id, number FROM engagements_recordtally
        WHERE scope = {Dimension.COUNTRY:d} AND dimension = {Dimension.PROGRAMME:d}
    """  # noqa: S608
    return _apply(Use, {}, rows, only_check)


def _apply(model: type[models.Model], fixed: dict[str, Dimension], right: str, only_check: bool) -> int:
    """Put a part of the table of `model` right: the rows that have `fixed` should be those of the SQL `right`.

    By the differences alone, in one statement of one transaction. Answers how many rows were wrong.
    """
    keys, numbers = writing.COLUMNS[model]
    table, named = model._meta.db_table, [name for name in keys if name not in fixed]
    mine = " AND ".join(f"{name} = {value:d}" for name, value in fixed.items()) or "1 = 1"
    sums = ", ".join(f"SUM({name}) AS {name}" for name in numbers)
    differences = f"""
        SELECT {_list(named)}, {sums} FROM (
            SELECT {_list(named)}, {_list(numbers)} FROM ({right}) AS should_be
            UNION ALL SELECT {_list(named)}, {_list(f"-{name}" for name in numbers)} FROM {table} WHERE {mine}
        ) AS sides
        GROUP BY {_list(named)} HAVING {" OR ".join(f"SUM({name}) <> 0" for name in numbers)}
    """  # noqa: S608
    with transaction.atomic(), connection.cursor() as cursor:
        one_writer()
        if only_check:
            cursor.execute(f"SELECT COUNT(*) FROM ({differences}) AS differences")  # noqa: S608
            return cursor.fetchone()[0]
        values = [*(f"{value:d}" for value in fixed.values()), *named, *numbers]
        cursor.execute(
            f"INSERT INTO {table} ({_list([*fixed, *named, *numbers])}) SELECT {_list(values)} "  # noqa: S608
            f"FROM ({differences}) AS differences WHERE 1 = 1 {writing.adding(model)}"
        )
        wrong = cursor.rowcount
        if wrong:
            cursor.execute(f"DELETE FROM {table} WHERE {mine} AND number = 0")  # noqa: S608
    return wrong


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)
