"""Where pages are kept: in the memory of the process, and in a store that all processes share."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from time import monotonic, sleep

from django.conf import settings
from django.core.cache import caches

from caching.memory import MEGABYTE, Memory
from caching.outages import Outage
from caching.pages import Page
from caching.visits import Visit

ALIAS = "pages"
# A page of an older version is never found again; it goes when its time is up.
SECONDS_KEPT = 24 * 60 * 60
LARGEST = 2 * MEGABYTE  # that is shared; above it are only sitemaps of very many addresses
# Whoever makes a page has this long until others are told to make it; after less than that nobody waits any longer.
SECONDS_TO_MAKE = 20
SECONDS_TO_WAIT = 8
SECONDS_BETWEEN_LOOKS = 0.01, 0.1  # at first, and later


class Store:
    """Pages by the visits that they answer."""

    def __init__(self):
        self.memory = Memory(settings.PAGE_CACHE_MEGABYTES * MEGABYTE)
        self._outage = Outage(ALIAS)

    def get(self, visit: Visit) -> Page | None:
        """The answer to the visit, from the nearest place that has it."""
        page = self.memory.get(visit.key, visit.stamp)
        if page is None:
            page = self._shared("get", _name(visit))
            if page is not None:
                self.memory.put(visit.key, visit.stamp, page)
        return page

    def put(self, visit: Visit, page: Page) -> None:
        """Keep the answer to the visit and to all like it."""
        self.memory.put(visit.key, visit.stamp, page)
        if page.size <= LARGEST:
            self._shared("set", _name(visit), page, timeout=SECONDS_KEPT)

    @contextmanager
    def turn(self, visit: Visit) -> Iterator[Page | None]:
        """A turn to make the page: one at a time has it, in all processes. The others wait, and get the page.

        They make it themselves, all at once, if there is nothing to get: whoever had the turn made something that
        cannot be kept, takes too long, or is no more.
        """
        name = _name(visit) + ":turn"
        if not self._shared("add", name, True, timeout=SECONDS_TO_MAKE, otherwise=True):
            yield self._waited_for(visit, name)
            return
        try:
            # It may have been made between looking for it and getting the turn.
            yield self.get(visit)
        finally:
            self._shared("delete", name)

    def _waited_for(self, visit: Visit, name: str) -> Page | None:
        began, (pause, longest) = monotonic(), SECONDS_BETWEEN_LOOKS
        while monotonic() - began < SECONDS_TO_WAIT:
            sleep(pause)
            pause = min(pause * 1.5, longest)
            is_over = not self._shared("has_key", name)
            page = self.get(visit)
            if page is not None or is_over:
                return page
        return None

    def _shared(self, method: str, *args, otherwise=None, **kwargs):
        return self._outage.ask(_ask_shared, method, *args, otherwise=otherwise, **kwargs)


def _ask_shared(method: str, *args, **kwargs):
    # Already to open the store may fail: a directory that cannot be made.
    return getattr(caches[ALIAS], method)(*args, **kwargs)


def _name(visit: Visit) -> str:
    return "page:" + sha256(repr((visit.stamp, visit.key)).encode()).hexdigest()
