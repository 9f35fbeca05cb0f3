"""The answers of the API as pages for people, and who gets which."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.utils.encoders import JSONEncoder

from api.openapi.reading import Form, reading
from api.problems import BadParameters
from listing.strict import Fault

# A line of indented JSON: blanks, the name of a member, an address alone as its value.
LINE = re.compile(r'(?P<blanks> *)(?P<name>"(?:[^"\\]|\\.)*"(?=: ))?(?P<colon>(?<="): )?(?P<value>.*)')
ADDRESS = re.compile(r'"(?P<address>https?://[^"\\\s]+)"')


class Negotiation(BaseContentNegotiation):
    """The parameter `format` decides, then the header Accept with its weights; the first renderer where it is open."""

    def select_parser(self, request, parsers):
        return None

    def select_renderer(self, request, renderers, format_suffix=None):
        if asked := request.query_params.get("format"):
            by_format = {renderer.format: renderer for renderer in renderers}
            if asked not in by_format:
                known = ", ".join(by_format)
                detail = gettext("“%(text)s” is no format of this answer. There is: %(known)s.")
                raise BadParameters([Fault("format", detail % {"text": asked[:50], "known": known})])
            return by_format[asked], by_format[asked].media_type
        by_type = {renderer.media_type: renderer for renderer in renderers}
        if not request.headers.get("Accept", "").strip():
            return renderers[0], renderers[0].media_type
        wanted = request.get_preferred_type(list(by_type))
        if wanted is None:
            raise NotAcceptable(available_renderers=renderers)
        return by_type[wanted], wanted


@dataclass(frozen=True)
class Piece:
    """A piece of a text in JSON: the name of a member, an address to follow, or anything between them."""

    text: str
    is_name: bool = False
    address: str = ""


def pieces(data) -> Iterator[Piece]:
    """The `data` as indented JSON, in pieces that a template shows one after the other."""
    between = ""
    for line in json.dumps(data, cls=JSONEncoder, ensure_ascii=False, indent=2).split("\n"):
        parts = LINE.fullmatch(line)
        between += parts["blanks"]
        if parts["name"]:
            if between:
                yield Piece(between)
            yield Piece(parts["name"], is_name=True)
            between = parts["colon"]
        if found := ADDRESS.match(parts["value"]):
            yield Piece(between + '"')
            yield Piece(found["address"], address=found["address"])
            between = '"' + parts["value"][found.end() :]
        else:
            between += parts["value"]
        between += "\n"
    yield Piece(between)


class AnswerPageRenderer(BaseRenderer):
    """Any answer as a page: what JSON would say, its addresses as links, and the ways on."""

    media_type = "text/html"
    format = "html"
    charset = "utf-8"

    def render(self, data, accepted_media_type=None, renderer_context=None):
        if data is None:
            return b""
        view, request, response = (renderer_context[name] for name in ("view", "request", "response"))
        context = {
            "noindex": True,
            "title": title_of(view, data),
            "problem": data if response.exception else None,
            "pieces": pieces(data),
            "pages": {name: data.get(name) for name in ("previous", "next")} if isinstance(data, dict) else {},
            "form": form_again(view, request),
            "collection": view.serializer_class.collection if is_list_with_filters(view) else "",
            "filters": filters_of(view, request),
            "json_url": address_with(request, format="json"),
            "language_urls": {code: address_with(request, lang=code) for code, _name in settings.LANGUAGES},
        }
        return render_to_string("api/answer.html", context, request=request._request)


def title_of(view, data) -> str:
    """What the page is about: the record's own name, else that of the list."""
    action, title = getattr(view, "action", None), view.get_view_name()
    if action == "retrieve":
        return data.get("title") or data.get("name") or title
    return gettext("%(list)s: facets") % {"list": title} if action == "facets" else title


def form_again(view, request) -> Form | None:
    """The form that asks the `view` again; None for what the OpenAPI document does not know: a view, a method."""
    if view.schema is None or getattr(view, "action", "") is None:
        return None
    operation = reading().by_id[view.schema.get_operation_id()]
    return operation.form_again(request.path, asked(request))


def is_list_with_filters(view) -> bool:
    """Whether the answer is a list that there is to download as well."""
    return getattr(view, "action", None) == "list" and view.listing_filters is not None


def filters_of(view, request) -> str:
    """The query string of the filters in force alone, for downloads of the same list."""
    names = getattr(view, "filter_parameters", dict)()
    parameters = QueryDict(mutable=True)
    for name, values in asked(request).lists():
        if name in names:
            parameters.setlist(name, [value for value in values if value])
    return f"?{parameters.urlencode()}" if parameters else ""


def asked(request) -> QueryDict:
    """The parameters of the `request`; none where there are more than are read."""
    try:
        return request.GET
    except SuspiciousOperation:
        return QueryDict()


def address_with(request, **changed: str) -> str:
    """The path and query of the `request` with some parameters `changed`."""
    parameters = asked(request).copy()
    for name, value in changed.items():
        parameters[name] = value
    return f"{request.path}?{parameters.urlencode()}"
