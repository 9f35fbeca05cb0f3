"""The version of everything public: another one after each change, so that what was made of it is known to be fresh."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from weakref import WeakSet

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from opendata.models import ContentVersion
from opendata.release import fingerprint
from search.backends import backend
from search.models import Scheduled

ONLY = 1  # the key of the one row
SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Version:
    """A state of the public content: what names it, and since when it is so; None where nothing ever changed."""

    token: str
    changed_at: datetime | None


def bump() -> None:
    """Note that something public has changed: in the transaction that changes it."""
    with transaction.atomic(savepoint=False):
        # Whoever saves takes this lock first: whoever takes another one before it could wait for somebody who waits.
        backend().lock()
        changed_at = timezone.now()
        latest = ContentVersion.objects.filter(pk=ONLY).values_list("changed_at", flat=True)
        # Where the clock went back: whoever has what was changed last must not seem to have this, too.
        changed_at = max([changed_at, *(moment + SECOND for moment in latest if moment >= changed_at)])
        ContentVersion.objects.bulk_create(
            [ContentVersion(pk=ONLY, token=secrets.token_hex(8), changed_at=changed_at, release=fingerprint())],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["token", "changed_at", "release"],
        )


@dataclass(frozen=True)
class _State:
    """What the database says: the token, None where nothing ever changed, since when, and what passed by date.

    Of the records that wait for their date: when the last one whose date has come was due, and when the next one is.
    """

    token: str | None
    changed_at: datetime | None
    due: datetime | None
    next_due: datetime | None

    def is_of(self, moment: datetime) -> bool:
        """Whether it says at `moment` as well which record was the last to come due."""
        begun, over = not self.due or self.due <= moment, self.next_due and self.next_due <= moment
        return bool(self.token) and begun and not over


# The state that was found last, by the alias of the database.
_found: dict[str, _State] = {}
# Connections that know how to answer `_TOKEN`.
_prepared: WeakSet = WeakSet()

_TOKEN = f"SELECT token FROM {ContentVersion._meta.db_table} WHERE id = {ONLY}"  # noqa: S608 - name of our own table
# The row may be missing; the moments are there all the same.
_STATE = f"""
    SELECT version.token, version.changed_at,
           (SELECT MAX(publish_at) FROM {Scheduled._meta.db_table} WHERE publish_at <= %s),
           (SELECT MIN(publish_at) FROM {Scheduled._meta.db_table} WHERE publish_at > %s)
    FROM (SELECT 1 AS one) AS always LEFT JOIN {ContentVersion._meta.db_table} AS version ON version.id = {ONLY}
"""  # noqa: S608 - names of our own tables


def current(using: str = DEFAULT_DB_ALIAS) -> Version:
    """The version of this moment in the database `using`; read it before the content. One query, two after a change.

    It is another one when a scheduled record becomes public, although nobody saves anything then: the search keeps
    these moments until it has indexed the record, which is a change in turn. While the clock is behind the last change
    it is another one each second.

    It is asked for at each visit, so without the ORM, which takes longer to write the query than databases to answer.
    While the token is the same, so is all else: whoever adds or removes a moment bumps the version with it.
    """
    connection, now = connections[using], timezone.now()
    state = _found.get(using)
    # What a transaction sees may never come to be; and it may have bumped the version before it adds a moment.
    if connection.in_atomic_block:
        state = _read(connection, now)
    elif not state or not state.is_of(now) or _token(connection) != state.token:
        state = _found[using] = _read(connection, now)
    token = state.token or "new"
    if state.changed_at and now < state.changed_at:
        # The clock went back: what became public by its date is not yet again, and no row says when it will be.
        token = f"{token}-{int(now.timestamp())}"
    moments = [moment for moment in (state.changed_at, state.due) if moment]
    return Version(f"{token}-{state.due.timestamp()}" if state.due else token, max(moments, default=None))


def _read(connection: BaseDatabaseWrapper, now: datetime) -> _State:
    moment = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(_STATE, [moment, moment])
        token, *moments = cursor.fetchone()
    return _State(token, *map(_moment, moments))


def _token(connection: BaseDatabaseWrapper) -> str | None:
    """The token alone. PostgreSQL plans the question once a connection, if that stays the same between questions."""
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql" or settings.PGBOUNCER:
            cursor.execute(_TOKEN)
        else:
            if connection.connection not in _prepared:
                cursor.execute(f"PREPARE content_version AS {_TOKEN}")
                _prepared.add(connection.connection)
            cursor.execute("EXECUTE content_version")
        row = cursor.fetchone()
    return row and row[0]


def _moment(value: datetime | str | None) -> datetime | None:
    """What the database says of a moment. SQLite says it without a time zone, in UTC; of an expression as text."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value
