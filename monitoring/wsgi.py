"""Around everything, also pages that are kept: every answer bears the number of its request, and is counted."""

import logging
from collections.abc import Callable, Iterable
from time import perf_counter

from django.conf import settings

from monitoring.asking import Asked, current
from monitoring.middleware import VIEW

HEADER = "X-Request-ID"
logger = logging.getLogger("monitoring.requests")


def observed(application: Callable, visit_key: str) -> Callable:
    """The WSGI `application`, watched as far as the settings ask for it.

    In `environ[visit_key]` it leaves the visit to a page that might have been kept. Here is no Django yet, and a page
    that is kept is answered in some hundred microseconds: nothing is done for it that was not asked for.
    """
    notes = _notes(visit_key)

    def respond(environ: dict, start_response: Callable) -> Iterable[bytes]:
        asked = Asked.of(environ)
        current.set(asked)
        began = perf_counter()

        def start(status: str, headers: list[tuple[str, str]], exc_info=None):
            headers.append((HEADER, asked.request_id))
            for note in notes:
                note(environ, int(status[:3]), perf_counter() - began)
            return start_response(status, headers, *([exc_info] if exc_info else []))

        return application(environ, start)

    return respond


def _notes(visit_key: str) -> list[Callable[[dict, int, float], None]]:
    """What is told of each answer when it begins: environment, status, and the seconds until then."""
    notes = []
    if settings.METRICS_TOKEN:
        from monitoring.metrics import count

        notes.append(lambda environ, status, seconds: count(environ, status, seconds, visit_key))
    if settings.LOG_REQUESTS:
        notes.append(_log)
    return notes


def _log(environ: dict, status: int, seconds: float) -> None:
    asked = current.get()
    extra = {"status_code": status, "duration": seconds, "view": environ.get(VIEW, "kept")}
    logger.info("%s %s %s in %.0f ms", asked.method, asked.readable_path, status, seconds * 1000, extra=extra)
