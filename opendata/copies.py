"""Requests for a page as it stands in a copy of the site: without forms, scripts and whatever needs the portal itself.

The portal alone can make such a request (`snapshot`): it is marked in the WSGI environment, under a name that no header
of a visitor becomes (these begin with HTTP_).
"""

from datetime import datetime

from django.http import HttpRequest

COPY = "opendata.copy"


def moment_of_copy(request: HttpRequest) -> datetime | None:
    """When the copy was begun that the answer is for; None where it is for a visitor."""
    return request.META.get(COPY)


def in_copy(request: HttpRequest) -> dict[str, bool]:
    """Context processor: whether the page is for a copy, as `in_copy`."""
    return {"in_copy": COPY in request.META}
