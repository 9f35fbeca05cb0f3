"""Pages of a list, each found by a cursor: an opaque text that names the place at which it begins."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from rest_framework.pagination import BasePagination
from rest_framework.response import Response

from api import cursors
from api.ordering import Order
from api.parameters import refuse

PAGE_SIZE = 25
MOST = 100


class CursorPagination(BasePagination):
    """Pages of `page_size` rows, in the order of the queryset. Rows added meanwhile move no page."""

    next = previous = None

    def paginate_queryset(self, queryset, request, view=None):
        """The rows of the page that the `request` asks for.

        Raises BadParameters where the cursor is none of this list.
        """
        size, order = page_size(request), Order(queryset)
        backwards, values = cursors.row(order, request.query_params.get("cursor", ""))
        rows = list(order.rows(values, backwards=backwards)[: size + 1])
        more, rows = len(rows) > size, rows[:size]
        if backwards:
            rows.reverse()
        if rows:
            # On the side from which one came there is at least the row that the cursor names.
            came = values is not None
            behind, before = (came, more) if backwards else (more, came)
            first, last = order.values(rows[0]), order.values(rows[-1])
            self.next = with_cursor(request, cursors.of_row(order, last)) if behind else None
            self.previous = with_cursor(request, cursors.of_row(order, first, backwards=True)) if before else None
        elif values is not None:
            # What was there is gone: the way back leads to the end of the list on the other side.
            self.next = with_cursor(request, None) if backwards else None
            self.previous = None if backwards else with_cursor(request, cursors.of_row(order, None, backwards=True))
        return rows

    def get_paginated_response(self, data):
        return with_links(Response({"next": self.next, "previous": self.previous, "results": data}))

    def get_paginated_response_schema(self, schema):
        """The page in words of OpenAPI, given the `schema` of its rows."""
        address = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {
                "next": address | {"description": "Address of the next page; null on the last one."},
                "previous": address | {"description": "Address of the page before; null on the first one."},
                "results": schema,
            },
        }


class NumberedPages:
    """Pages of something that is a list already."""

    def __init__(self, request):
        self.request, self.size = request, page_size(request)
        self.next = self.previous = None

    def of(self, results: Sequence) -> Sequence:
        """The part of the `results` that the request asks for. Raises BadParameters where it asks for none of them."""
        start = cursors.number(self.request.query_params.get("cursor", ""), len(results))
        end = start + self.size
        if end < len(results):
            self.next = with_cursor(self.request, cursors.of_number(end))
        if start:
            before = max(start - self.size, 0)
            self.previous = with_cursor(self.request, cursors.of_number(before) if before else None)
        return results[start:end]


def page_size(request) -> int:
    """How many records a page is to have.

    Raises BadParameters for what is no number from 1 to `MOST`.
    """
    text = request.query_params.get("page_size", "") or str(PAGE_SIZE)
    size = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
    if not 1 <= size <= MOST:
        refuse("page_size", _("Give a whole number from 1 to %(most)s.") % {"most": MOST})
    return size


def with_cursor(request, text: str | None) -> str:
    """The absolute address of the `request` at the cursor `text`; at the beginning of the list for None."""
    parameters = request.query_params.copy()
    parameters.pop("cursor", None)
    if text is not None:
        parameters["cursor"] = text
    query = parameters.urlencode()
    return request.build_absolute_uri(f"{request.path}?{query}" if query else request.path)


def with_links(response: Response) -> Response:
    """The `response` with the addresses of the pages before and after it in the header Link, too (RFC 8288)."""
    ways = {"next": response.data["next"], "prev": response.data["previous"]}
    if links := [f'<{address}>; rel="{rel}"' for rel, address in ways.items() if address]:
        response["Link"] = ", ".join(links)
    return response
