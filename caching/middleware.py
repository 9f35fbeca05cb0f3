"""The outermost middleware: anonymous visitors get pages that were made before, as long as they are still right."""

from functools import cache

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe

from caching.pages import Page, declare_personal, declare_public, declare_version, may_be_kept, not_modified
from caching.store import Store
from caching.visits import Visit, is_for_page, is_personal
from opendata.conditional import names_etag

# Under which `caching.wsgi` leaves the visit that it found no answer to.
VISIT = "caching.visit"
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")


@cache
def pages() -> Store:
    """The pages that this process knows."""
    return Store()


def ready(environ: dict, visit: Visit) -> Page | None:
    """The answer to the visit for which nothing has to be made: the page that is kept, or that the visitor has it."""
    page = pages().get(visit)
    if condition := environ.get("HTTP_IF_NONE_MATCH"):
        if page and condition in (page.etag, "*"):
            return page.not_modified
        if names_etag(condition, visit.etag):
            return page.not_modified if page else not_modified(visit)
    elif page and (condition := environ.get("HTTP_IF_MODIFIED_SINCE")):
        since, last_modified = parse_http_date_safe(condition), visit.last_modified
        if since and last_modified and last_modified <= since:
            return page.not_modified
    return page


class PageCache:
    """Keeps whole answers, with every header that the rest of the portal gave them.

    Outside of everything else, so that what is kept is what was sent: secure, compressed, with its policy. Whatever the
    others refuse (a wrong host, plain HTTP where HTTPS is due) is no answer 200 and never kept, and what they decide
    by is in the key. The version of the content is asked for before the page is made: a page is never older than the
    version that it is kept under, and no visitor is answered under another version than that of the moment.
    """

    def __init__(self, get_response):
        if not settings.PAGE_CACHE:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        environ = request.META
        if not is_for_page(environ):
            return self.get_response(request)
        if is_personal(environ):
            return declare_personal(self.get_response(request))
        visit = environ.get(VISIT) or Visit.of(environ)
        if visit is None:
            response = self.render(request)
            declare_public(response)
            return response
        page = ready(environ, visit)
        if page is None and request.method == "HEAD":  # it has no content to keep
            return self.made(request, visit)
        if page is None:
            with pages().turn(visit) as page:
                if page is None:
                    return self.made(request, visit)
        return page.response()

    def made(self, request: HttpRequest, visit: Visit) -> HttpResponse:
        """The page made anew, and kept for the next visitors if it may be."""
        response = self.render(request)
        declare_public(response)
        if not may_be_kept(request, visit, response):
            return response
        if "no-store" not in response.headers["Cache-Control"]:
            declare_version(response, visit)
        if request.method == "GET":
            pages().put(visit, Page.of(response))
        return get_conditional_response(request, response.headers.get("ETag"), visit.last_modified, response)

    def render(self, request: HttpRequest) -> HttpResponse:
        """What the rest of the portal answers, whatever the visitor has already: the one way to it for public pages."""
        conditions = {name: request.META.pop(name) for name in CONDITIONS if name in request.META}
        try:
            return self.get_response(request)
        finally:
            request.META.update(conditions)
