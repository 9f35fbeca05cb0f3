"""The version of everything public: another one after each change, so that what was made of it is known to be fresh."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import DEFAULT_DB_ALIAS, connections, transaction
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


# The row may be missing; the moment is there all the same.
_CURRENT = f"""
    SELECT version.token, version.changed_at,
           (SELECT MAX(publish_at) FROM {Scheduled._meta.db_table} WHERE publish_at <= %s)
    FROM (SELECT 1 AS one) AS always LEFT JOIN {ContentVersion._meta.db_table} AS version ON version.id = {ONLY}
"""  # noqa: S608 - names of our own tables


def current(using: str = DEFAULT_DB_ALIAS) -> Version:
    """The version of this moment in the database `using`; read it before the content. One query.

    It is another one when a scheduled record becomes public, although nobody saves anything then: the search keeps
    these moments until it has indexed the record, which is a change in turn. While the clock is behind the last change
    it is another one each second.

    It is asked for at each visit, so without the ORM, which takes longer to write the query than databases to answer.
    """
    connection, now = connections[using], timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_CURRENT, [connection.ops.adapt_datetimefield_value(now)])
        token, *moments = cursor.fetchone()
    changed_at, due = (_moment(moment) for moment in moments)
    token = token or "new"
    if changed_at and now < changed_at:
        # The clock went back: what became public by its date is not yet again, and no row says when it will be.
        token = f"{token}-{int(now.timestamp())}"
    moments = [moment for moment in (changed_at, due) if moment]
    return Version(f"{token}-{due.timestamp()}" if due else token, max(moments, default=None))


def _moment(value: datetime | str | None) -> datetime | None:
    """What the database says of a moment. SQLite says it without a time zone, in UTC; of an expression as text."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value
