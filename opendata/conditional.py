"""Answers that are sent only where something changed since they were last asked for (RFC 9110, section 13)."""

from datetime import date, datetime, time
from functools import partial, wraps
from hashlib import sha256
from http import HTTPStatus

from django.http import HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, parse_etags
from django.utils.translation import get_language

from opendata.release import fingerprint
from opendata.versions import Version, current


def conditional(view=None, *, daily: bool = False):
    """View decorator for what depends on the public content alone: sends ETag and Last-Modified, and 304 where it can.

    The version of the content is asked for before the view runs, so that an answer is never taken for newer than it
    is. Who sends its ETag back has had the answer: the view does not run again. Any other condition counts only where
    the answer would be 200 (RFC 9110, 13.2.1), so the view runs first. With `daily`, the answer names the day it was
    made on, and is another one the next day.
    """
    if view is None:
        return partial(conditional, daily=daily)

    @wraps(view)
    def respond(request, *args, **kwargs):
        if request.method not in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        version = current()
        day = timezone.localdate() if daily else None
        etag = etag_of(version, day, *_chosen_by(request))
        last_modified = last_modified_of(version, day)
        if names_etag(request.headers.get("If-None-Match", ""), etag):
            response = HttpResponseNotModified()
        else:
            response = view(request, *args, **kwargs)
            if response.status_code == HTTPStatus.OK:
                response = get_conditional_response(request, etag, last_modified, response)
        if response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
            response.headers["ETag"] = etag
            if last_modified:
                response.headers["Last-Modified"] = http_date(last_modified)
            if "Cache-Control" not in response.headers:
                patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return response

    return respond


def names_etag(condition: str, etag: str) -> bool:
    """Whether an If-None-Match names the very `etag`; “*” names none."""
    return etag.removeprefix("W/") in {each.removeprefix("W/") for each in parse_etags(condition)}


def etag_of(version: Version, day: date | None, *chosen_by: str | bool | None) -> str:
    """The ETag of what follows from the public content, from the `day` if it does, and from `chosen_by`.

    Weak: the compression in front of it makes other bytes of the same answer.
    """
    return f'W/"{sha256(repr([version.token, fingerprint(), *chosen_by, str(day or "")]).encode()).hexdigest()[:32]}"'


def _chosen_by(request) -> list[str]:
    """What of a request the answer may depend on."""
    accepted = [request.headers.get("Accept-Language", ""), request.headers.get("Accept", "")]
    return [request.build_absolute_uri(), get_language(), *accepted]


def last_modified_of(version: Version, day: date | None) -> int | None:
    """In seconds since 1970. None within the second of the change: another one in it could not be told from it."""
    changed_at = version.changed_at
    if changed_at is None:
        return None
    if day:
        changed_at = max(changed_at, timezone.make_aware(datetime.combine(day, time.min)))
    seconds = int(changed_at.timestamp())
    return seconds if seconds < int(timezone.now().timestamp()) else None
