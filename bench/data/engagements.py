"""The engagements: each has the texts of a prototype, and time, place, country, programme and people of its own."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import zip_longest
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Model

from bench.data.base import DAYS, FAR_AHEAD, FIRST_DAY, Base
from bench.data.prototypes import (
    COUNTRY,
    ENGAGEMENT_COLUMNS,
    ENTRY_COLUMNS,
    MOST_STAFF,
    PARTNERS,
    PROGRAMME,
    SORTED_COLUMNS,
    STAFF,
    Prototype,
    count_words,
    own_tokens,
)
from bench.data.words import places, word, zipf
from engagements.models import Engagement, EngagementStaff
from publishing.models import Status
from search.models import Entry, Scheduled

Tables = dict[str, list[tuple]]

ENGAGEMENTS = Engagement._meta.db_table
STAFF_TABLE = EngagementStaff._meta.db_table
PARTNERS_TABLE = Engagement.partners.through._meta.db_table
TOPICS_TABLE = Engagement.topics.through._meta.db_table
ENTRIES = Entry._meta.db_table
SCHEDULED = Scheduled._meta.db_table
COLUMNS = {
    ENGAGEMENTS: ENGAGEMENT_COLUMNS,
    STAFF_TABLE: ["engagement_id", "profile_id", "role"],
    PARTNERS_TABLE: ["engagement_id", "organisation_id"],
    TOPICS_TABLE: ["engagement_id", "topic_id"],
    ENTRIES: ENTRY_COLUMNS,
    SCHEDULED: ["kind", "object_id", "publish_at"],
}
_CHUNK = 5_000
# What was begun after this day is planned.
_TODAY = date(2026, 6, 30)
_ROLES = EngagementStaff.Role.values


class Named(NamedTuple):
    """A record that engagements are tied to: its key, and what the search stores of its name by language."""

    key: Any
    tokens: dict[str, str]


class Writer:
    """Makes the rows of all tables, some thousand engagements at a time; counts the words of titles meanwhile."""

    def __init__(self, base: Base, patterns: list[Prototype], number: int, number_of_places: int, seed: int):
        self.base, self.patterns, self.number = base, patterns, number
        self.chance = random.Random(seed)
        self.places = places(number_of_places)
        self.place_weights = zipf(number_of_places, 0.7)
        self.programme_weights = zipf(len(base.programmes), 0.9)
        self.partner_weights = zipf(len(base.organisations), 0.7)
        self.people_weights = zipf(len(base.people), 0.55)
        # The most frequent are not the first by name.
        self.countries = [_named(country) for country in base.countries]
        self.programmes = [_named(one) for one in self.chance.sample(base.programmes, len(base.programmes))]
        self.organisations, self.colleagues = [list(map(_named, some)) for some in (base.organisations, base.people)]
        self.partners = self.chance.sample(range(len(base.organisations)), len(base.organisations))
        self.people = self.chance.sample(range(len(base.people)), len(base.people))
        self.words: Counter = Counter()
        self.moments = [stored(FIRST_DAY + timedelta(days=day)) for day in range(DAYS)]
        self.days = [_days(year, day) for year in range(1995, 2028) for day in range(0, 365, 3)]
        self.day_weights = [1 + (number / len(self.days)) * 4 for number in range(len(self.days))]
        self.at = {name: ENGAGEMENT_COLUMNS.index(name) for name in _OWN}
        self.at_object_id = ENTRY_COLUMNS.index("object_id")
        # Where the key of an entry follows from that of its record, the pattern has that of a record with the key 0.
        self.at_entry_id = ENTRY_COLUMNS.index("id") if "id" in ENTRY_COLUMNS else None

    def chunks(self) -> Iterator[Tables]:
        """The rows of each table, some thousand engagements at a time."""
        for first in range(1, self.number + 1, _CHUNK):
            yield self._chunk(range(first, min(first + _CHUNK, self.number + 1)))

    def _chunk(self, keys: range) -> Tables:
        chance, many = self.chance, len(keys)
        rows: Tables = {table: [] for table in COLUMNS}
        chosen = zip(
            keys,
            chance.choices(self.patterns, k=many),
            chance.choices(self.countries, cum_weights=self.base.country_weights, k=many),
            chance.choices(self.programmes, cum_weights=self.programme_weights, k=many),
            chance.choices(self.places, cum_weights=self.place_weights, k=many),
            chance.choices(self.moments, k=many),
            chance.choices(self.days, weights=self.day_weights, k=many),
            strict=True,
        )
        people = iter(chance.choices(self.people, cum_weights=self.people_weights, k=many * MOST_STAFF))
        partners = iter(chance.choices(self.partners, cum_weights=self.partner_weights, k=many * MOST_STAFF))
        for key, prototype, country, programme, place, moment, days in chosen:
            used = programme if prototype.has_programme else None
            # In the order of their keys, which is that of their names, as the search lists them.
            staff = [self.colleagues[one] for one in sorted({next(people) for _ in range(prototype.staff)})]
            with_whom = [self.organisations[one] for one in sorted({next(partners) for _ in range(prototype.partners)})]
            marks = {"Place": place, "place": place.lower(), "rare": word(key, 4), "code": country.key.lower()}
            values = list(prototype.values)
            for column, pattern in prototype.patterns:
                values[column] = pattern % marks
            status, moment, is_ahead = self._status(moment)
            self._set_own(values, key, country, used, days, status, moment)
            rows[ENGAGEMENTS].append(tuple(values))
            rows[STAFF_TABLE] += [(key, one.key, _ROLES[(key + one.key) % len(_ROLES)]) for one in staff]
            rows[PARTNERS_TABLE] += [(key, one.key) for one in with_whom]
            rows[TOPICS_TABLE] += [(key, topic) for topic in prototype.topics]
            if status != Status.PUBLISHED:
                continue
            if is_ahead:
                rows[SCHEDULED].append(("engagement", str(key), moment))
            else:
                self._add_entries(rows[ENTRIES], key, prototype, marks, country, used, staff, with_whom)
        return rows

    def _status(self, moment: Any) -> tuple[str, Any, bool]:
        """Status and publication date, and whether that is still to come."""
        share = self.chance.random()
        if share < 0.93:
            return Status.PUBLISHED.value, moment, False
        if share < 0.97:
            return Status.DRAFT.value, None, False
        if share < 0.98:
            return Status.IN_REVIEW.value, None, False
        if share < 0.99:
            return Status.ARCHIVED.value, moment, False
        return Status.PUBLISHED.value, self.chance.choice(self.moments_ahead), True

    def _set_own(self, values, key, country, programme, days, status, moment) -> None:
        at = self.at
        start, start_precision, end, end_precision, activity = days[key % len(days)]
        values[at["id"]] = key
        values[at["country_id"]] = country.key
        values[at["programme_id"]] = programme and programme.key
        values[at["status"]] = status
        values[at["publish_at"]] = moment
        values[at["created_at"]] = values[at["updated_at"]] = self.moments[key % DAYS]
        values[at["start_date"]], values[at["start_precision"]] = start, start_precision
        values[at["end_date"]], values[at["end_precision"]] = end, end_precision
        values[at["activity_status"]] = activity
        values[at["source_url"]] = f"https://www.example.org/news/{key}" if key % 5 < 2 else ""

    def _add_entries(self, rows, key, prototype, marks, country, programme, staff, partners) -> None:
        place = marks["place"]
        named = [
            (COUNTRY, country),
            (PROGRAMME, programme),
            *zip_longest(PARTNERS, partners),
            *zip_longest(STAFF, staff),
        ]
        for pattern in prototype.entries:
            language = pattern.language
            for mark, record in named:
                marks[mark] = record.tokens[language] if record else ""
            values = list(pattern.values)
            for column, text in pattern.patterns:
                values[column] = (text % marks).rstrip()
            for column in SORTED_COLUMNS:
                values[column] = " ".join(sorted(values[column].split()))
            values[self.at_object_id] = str(key)
            if self.at_entry_id is not None:
                values[self.at_entry_id] += key
            self.words[language, place] += 1
            self.words[id(pattern)] += 1
            rows.append(values)

    def words_of_titles(self) -> Counter:
        """By language and word, in how many entries it stands; once all chunks are made."""
        uses = Counter({key: number for key, number in self.words.items() if isinstance(key, tuple)})
        for prototype in self.patterns:
            for pattern in prototype.entries:
                if times := self.words[id(pattern)]:
                    count_words(uses, pattern, times)
        return uses

    moments_ahead: list = []


_OWN = [
    "id",
    "country_id",
    "programme_id",
    "status",
    "publish_at",
    "created_at",
    "updated_at",
    "start_date",
    "start_precision",
    "end_date",
    "end_precision",
    "activity_status",
    "source_url",
]


def stored(moment: datetime) -> Any:
    """The moment as the database in use keeps it."""
    return connection.ops.adapt_datetimefield_value(moment)


def _named(record: Model) -> Named:
    """What is not public has no name for the search."""
    tokens = own_tokens(record) if getattr(record, "is_public", True) else defaultdict(str)
    return Named(record.pk, tokens)


def _days(year: int, day_of_year: int) -> list[tuple]:
    """Ways to say when it was, around this day: start and end with their precision, and the activity status."""
    day = date(year, 1, 1) + timedelta(days=day_of_year)
    month = day.replace(day=1)
    end_of_month = (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    whole_year = date(year, 1, 1), date(year, 12, 31)
    ways = [
        (day, "day", day + timedelta(days=2), "day"),
        (day, "day", day + timedelta(days=4), "day"),
        (day, "day", None, "day"),
        (month, "month", None, "day"),
        (month, "month", end_of_month, "month"),
        (whole_year[0], "year", None, "day"),
        (whole_year[0], "year", min(whole_year[1].replace(year=year + 2), date(2100, 12, 31)), "year"),
    ]
    return [
        (start.isoformat(), start_precision, end and end.isoformat(), end_precision, _activity(start, end, number))
        for number, (start, start_precision, end, end_precision) in enumerate(ways + ways[:3])
    ]


def _activity(start: date, end: date | None, number: int) -> str:
    status = Engagement.ActivityStatus
    if start > _TODAY:
        return status.PIPELINE.value
    if (end or start) >= _TODAY - timedelta(days=180):
        return status.IMPLEMENTATION.value
    if number == 9:
        return status.CANCELLED.value
    return status.CLOSED.value


Writer.moments_ahead = [stored(FAR_AHEAD + timedelta(days=day)) for day in range(0, 3_000, 10)]
