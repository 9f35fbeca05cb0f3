"""What is ready is answered before Django builds a request and walks through its middlewares for it."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

from caching.middleware import VISIT, ready
from caching.visits import Visit, is_for_page, is_personal


def ready_first(application: Callable) -> Callable:
    """The WSGI `application` behind the pages that are ready.

    It does what the middleware `PageCache` does first, by the same functions; what is not ready goes on to it. Django
    looks after the database's connection at the beginning of its own requests; here that has to be done for them.
    """
    if not settings.PAGE_CACHE:
        return application

    def respond(environ: dict, start_response: Callable) -> Iterable[bytes]:
        if not is_for_page(environ) or is_personal(environ):
            return application(environ, start_response)
        connections[DEFAULT_DB_ALIAS].close_if_unusable_or_obsolete()
        visit = environ[VISIT] = Visit.of(environ)
        page = visit and ready(environ, visit)
        if page is None:
            return application(environ, start_response)
        start_response(f"{page.status.value} {page.status.phrase}", list(page.headers))
        return [page.body] if environ["REQUEST_METHOD"] == "GET" else []

    return respond
