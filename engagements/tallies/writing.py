"""Writes differences into the tables, in few statements."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from django.db import connection, models

from engagements.tallies.facts import Facts
from engagements.tallies.models import Coming, Counted, RecordTally, Tally, Total, Use

AT_ONCE = 500  # rows in a statement


class Changes:
    """By how much the numbers change, summed up over any number of engagements."""

    def __init__(self):
        self.tallies: Counter = Counter()
        self.record_tallies: Counter = Counter()
        self.totals: Counter = Counter()
        self.trained: dict[tuple, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
        self.uses: Counter = Counter()

    def __len__(self) -> int:
        return len(self.tallies) + len(self.record_tallies)

    def replace(self, before: Facts | None, now: Facts | None) -> None:
        """An engagement that was counted as `before` counts as `now`; None for not at all."""
        if before != now:
            self._add(before, -1)
            self._add(now, 1)

    def _add(self, facts: Facts | None, sign: int) -> None:
        if facts is None:
            return
        codes, records = list(facts.codes()), list(facts.records())
        women, men = facts.women_trained, facts.men_trained
        trained = (women or 0, women is not None, men or 0, men is not None)
        for scope in facts.scopes():
            self.totals[scope] += sign
            sums = self.trained[scope]
            for place, value in enumerate(trained):
                sums[place] += sign * value
            for code in codes:
                self.tallies[scope + code] += sign
            for record in records:
                self.record_tallies[scope + record] += sign
        if facts.programme is not None:
            self.uses[facts.programme, facts.country] += sign

    def write(self) -> None:
        """Bring the tables up to date, and begin anew."""
        totals = {
            scope: (number, *self.trained[scope])
            for scope, number in self.totals.items()
            if number or any(self.trained[scope])
        }
        add(Total, totals)
        for model, changes in ((Tally, self.tallies), (RecordTally, self.record_tallies), (Use, self.uses)):
            add(model, {key: (change,) for key, change in changes.items() if change})
        self.__init__()


# The columns that name a row, and those that are numbers.
COLUMNS: dict[type[models.Model], tuple[list[str], list[str]]] = {
    Total: (
        ["scope", "scope_key"],
        ["number", "women_trained", "women_counted", "men_trained", "men_counted"],
    ),
    Tally: (["scope", "scope_key", "dimension", "key"], ["number"]),
    RecordTally: (["scope", "scope_key", "dimension", "key"], ["number"]),
    Use: (["programme_id", "country_id"], ["number"]),
}


def adding(model: type[models.Model]) -> str:
    """The end of an INSERT into the table of `model` by which the numbers of rows that are there are added to."""
    keys, numbers = COLUMNS[model]
    table = model._meta.db_table
    sums = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in numbers)
    return f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {sums}"


def add(model: type[models.Model], changes: dict[tuple, Sequence[int]]) -> None:
    """Add to the numbers of the rows with these keys, and delete those that come to nothing."""
    keys, numbers = COLUMNS[model]
    columns, table = [*keys, *numbers], model._meta.db_table
    # In an order that is always the same, as it lies in the index.
    for some in _some(sorted((*key, *values) for key, values in changes.items())):
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES {_places(columns, some)} {adding(model)}",  # noqa: S608
                [value for row in some for value in row],
            )
            if less := [row[: len(keys)] for row in some if row[len(keys)] < 0]:
                cursor.execute(
                    f"DELETE FROM {table} WHERE number = 0 AND ({', '.join(keys)}) IN (VALUES {_places(keys, less)})",  # noqa: S608
                    [value for row in less for value in row],
                )


def note(before: dict[int, Facts], now: dict[int, Facts]) -> None:
    """Remember as what engagements are counted `now`, that were counted as they were `before`."""
    gone = before.keys() - now.keys()
    changed = [(pk, *facts) for pk, facts in sorted(now.items()) if before.get(pk) != facts]
    columns = ["engagement", *Facts._fields]
    replaced = ", ".join(f"{name} = excluded.{name}" for name in Facts._fields)
    for some in _some(changed):
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {Counted._meta.db_table} ({', '.join(columns)}) VALUES {_places(columns, some)} "  # noqa: S608
                f"ON CONFLICT (engagement) DO UPDATE SET {replaced}",
                [value for row in some for value in row],
            )
    for some in _some(sorted(gone)):
        Counted._base_manager.filter(pk__in=some)._raw_delete(Counted.objects.db)


def note_coming(before: dict, now: dict) -> None:
    """Remember when engagements come, as it is `now`, where it was known as `before`."""
    changed = [Coming(engagement=pk, publish_at=moment) for pk, moment in now.items() if before.get(pk) != moment]
    if changed:
        Coming._base_manager.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["engagement"],
            update_fields=["publish_at"],
            batch_size=AT_ONCE,
        )
    for some in _some(sorted(before.keys() - now.keys())):
        Coming._base_manager.filter(pk__in=some)._raw_delete(Coming.objects.db)


def _some(rows: Sequence) -> Iterable[Sequence]:
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))


def _places(columns: Sequence[str], rows: Sequence) -> str:
    return ", ".join(["(" + ", ".join(["%s"] * len(columns)) + ")"] * len(rows))
