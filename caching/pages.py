"""A page as it is kept, and what may be kept."""

from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import ResponseHeaders
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import http_date

from caching.visits import Visit

# For all pages alike, so that 304 can be answered without the page: what visitors' answers differ by.
VARY = ("Accept-Encoding", "Cookie", "HX-Request", "HX-Target", "HX-History-Restore-Request")
# Headers of the content, which has no place in an answer that says that it is unchanged (RFC 9110, 15.4.5).
OF_CONTENT = ("content-type", "content-length", "content-encoding", "content-language", "content-disposition")


@dataclass
class Page:
    """An answer with all its headers, as WSGI sends them."""

    headers: list[tuple[str, str]]
    body: bytes
    status: HTTPStatus = HTTPStatus.OK

    @classmethod
    def of(cls, response: HttpResponse) -> "Page":
        headers = [(str(name), str(value)) for name, value in response.items()]
        return cls(headers, response.content, HTTPStatus(response.status_code))

    @property
    def size(self) -> int:
        """About how many bytes it takes in memory."""
        return len(self.body) + sum(len(name) + len(value) + 150 for name, value in self.headers) + 500

    @cached_property
    def etag(self) -> str | None:
        return dict(self.headers).get("ETag")

    @cached_property
    def not_modified(self) -> "Page":
        """The answer to whoever has the page already."""
        headers = [(name, value) for name, value in self.headers if name.lower() not in OF_CONTENT]
        return Page(headers, b"", HTTPStatus.NOT_MODIFIED)

    def response(self) -> HttpResponse:
        response = HttpResponse(self.body, status=self.status)
        response.headers = ResponseHeaders(dict(self.headers))
        return response


def not_modified(visit: Visit) -> Page:
    """The answer to whoever has a page that is not kept here: who names its ETag was sent it under this version."""
    response = HttpResponseNotModified()
    declare_public(response)
    declare_version(response, visit)
    return Page.of(response)


def declare_version(response: HttpResponse, visit: Visit) -> None:
    """Say which version of the content the answer to the visit was made of, and since when it has been so."""
    response.headers["ETag"] = visit.etag
    if visit.last_modified:
        response.headers["Last-Modified"] = http_date(visit.last_modified)
    else:  # that of a feed cannot be told from that of the next change, either
        response.headers.pop("Last-Modified", None)


def declare_public(response: HttpResponse) -> None:
    """Say that shared caches may hold the answer and have to ask each time.

    `public, max-age=0, must-revalidate` (RFC 9111): may be stored, is stale at once, and must be asked for again. Not
    `no-cache` or `s-maxage=0`, at which some CDNs store nothing and so have nothing to ask about. What is not the page
    itself (a redirect, nothing found) they would otherwise hold for minutes by rules of their own, also after the page
    has come: nobody needs to store that.
    """
    if "Cache-Control" not in response.headers:
        if response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        else:
            patch_cache_control(response, no_cache=True)
    patch_vary_headers(response, VARY)


def declare_personal(response: HttpResponse) -> HttpResponse:
    """Say that the answer is for this visitor alone, unless it says itself for whom it is."""
    if "Cache-Control" not in response.headers:
        patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, VARY)
    return response


def may_be_kept(request: HttpRequest, visit: Visit, response: HttpResponse) -> bool:
    """Whether everybody who asks the same question may be sent this answer.

    What no cache may keep is not kept here either, but for answers of which a view says that only browsers may not.
    """
    if response.status_code != HTTPStatus.OK or response.streaming or response.cookies:
        return False
    if "Set-Cookie" in response.headers or getattr(getattr(request, "session", None), "modified", False):
        return False
    rules = response.headers.get("Cache-Control", "")
    if ("no-store" in rules or "private" in rules) and not getattr(response, "is_for_everybody", False):
        return False
    varies_by = {name.strip().lower() for name in response.headers.get("Vary", "").split(",")} - {""}
    return varies_by <= visit.covered
