"""What is still to be indexed before somebody searches, or when there is time."""

import logging

from django.db import DatabaseError, transaction

from search.backends import backend
from search.indexing import index, index_what_has_come_due
from search.kinds import KINDS
from search.models import Waiting
from search.places import record_at
from search.signals import followed

logger = logging.getLogger(__name__)

SOME = 30  # records that a search indexes on its way
AT_ONCE = 500  # records that the command indexes in one transaction
_KINDS = {kind.number: kind for kind in KINDS.values()}


def catch_up() -> None:
    """Index what has come due, and some of the records that wait, unless somebody else is writing just now."""
    index_what_has_come_due()
    index_some_that_wait(SOME, patient=False)


def index_some_that_wait(at_most: int = AT_ONCE, *, patient: bool = True) -> int:
    """Index up to `at_most` of the records that wait, those that name something hidden first; how many.

    Where nothing can be written, none; if not `patient` also where somebody else is writing.
    """
    waiting = Waiting.objects.order_by("-hides", "place").values_list("place", flat=True)
    try:
        if not waiting.exists():
            return 0
        with transaction.atomic():
            if not (patient or backend().lock_at_once()):
                return 0
            backend().lock()
            places = list(waiting[:at_most])
            numbered = map(record_at, places)
            index((_KINDS[number].name, str(key)) for number, key in numbered)
            followed.send(sender=None)
            return len(places)
    except DatabaseError:
        logger.warning("records that wait could not be indexed", exc_info=True)
        return 0
