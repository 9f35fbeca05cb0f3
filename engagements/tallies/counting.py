"""Keeps the numbers like the records: in the transaction of a change, by the difference to what was counted last."""

import logging
from collections.abc import Iterable, Iterator, Sequence

from django.db import DatabaseError, transaction
from django.utils import timezone

from engagements.tallies import facts, writing
from engagements.tallies.models import Coming
from publishing.locking import one_writer
from publishing.signals import caught_up

logger = logging.getLogger(__name__)

AT_ONCE = 500  # engagements: in one query
KEPT = 50_000  # changed numbers: in memory, until they are written


def recount(ids: Iterable[int]) -> None:
    """Bring the numbers up to date with these engagements, be they public, hidden or deleted by now.

    To be called in the transaction that changed them, or after it; in any number, and as often as one likes. Nothing
    is written where nothing changed that is counted.
    """
    ids = sorted(set(ids))
    if not ids:
        return
    with transaction.atomic(savepoint=False):
        one_writer()
        now, changes = timezone.now(), writing.Changes()
        for some in _some(ids):
            were, were_coming = facts.as_counted(some)
            are, are_coming = facts.of_records(some, now)
            for pk in some:
                changes.replace(were.get(pk), are.get(pk))
            writing.note(were, are)
            writing.note_coming(were_coming, are_coming)
            if len(changes) > KEPT:
                changes.write()
        changes.write()


def count_what_has_come_due() -> int:
    """Count the engagements whose publication date has come; how many. To be called before numbers are read.

    A page never fails because of it nor waits for a long import: where nothing can be written now, they are counted
    when the next page asks.
    """
    try:
        due = Coming.objects.filter(publish_at__lte=timezone.now())
        ids = list(due.values_list("pk", flat=True))
        if ids:
            with transaction.atomic():
                if not one_writer(wait=False):
                    return 0
                recount(ids)
                caught_up.send(sender=Coming)
        return len(ids)
    except DatabaseError:
        logger.warning("engagements that became public could not be counted", exc_info=True)
        return 0


def _some(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
