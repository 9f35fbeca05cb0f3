"""A store that does not answer fails no page: it is left alone for a while, and the log says so now and then."""

import logging
from collections.abc import Callable
from time import monotonic
from typing import Any

logger = logging.getLogger(__name__)

PAUSE = 5  # seconds for which a store that failed is not asked
SECONDS_BETWEEN_WARNINGS = 60


class Outage:
    """Asks one store, named `store` in the log, whatever it raises."""

    def __init__(self, store: str):
        self.store = store
        self._paused_until = self._silent_until = 0.0

    def ask(self, question: Callable, *args, otherwise: Any = None, **kwargs) -> Any:
        """What the `question` answers; `otherwise` if it fails, and for a while after it failed."""
        if monotonic() < self._paused_until:
            return otherwise
        try:
            return question(*args, **kwargs)
        except Exception:
            # Whatever it is: a store is a help, and the page can be had without it.
            now = monotonic()
            self._paused_until = now + PAUSE
            if now >= self._silent_until:
                self._silent_until = now + SECONDS_BETWEEN_WARNINGS
                logger.warning("the cache “%s” does not answer; pages are made without it", self.store, exc_info=True)
            return otherwise
