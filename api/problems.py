"""Whatever goes wrong below /api/, told as problem details (RFC 9457) in the language of the answer."""

from collections.abc import Iterable
from dataclasses import asdict
from http import HTTPStatus
from math import ceil

from django.core import signals
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.utils.log import log_response
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import (
    APIException,
    MethodNotAllowed,
    NotAcceptable,
    NotFound,
    Throttled,
)
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import set_rollback

from listing.strict import Fault
from opendata.outages import SECONDS_TO_RETRY_AFTER, database_is_gone

MEDIA_TYPE = "application/problem+json"
ABOUT_BLANK = "about:blank"  # the title is the status in words, and says all that there is to say (RFC 9457, 4.2.1)
# Registered by draft-ietf-httpapi-ratelimit-headers, 5.1.
QUOTA_EXCEEDED = "https://iana.org/assignments/http-problem-types#quota-exceeded"

TITLES = {
    HTTPStatus.BAD_REQUEST: _("Bad Request"),
    HTTPStatus.FORBIDDEN: _("Forbidden"),
    HTTPStatus.NOT_FOUND: _("Not Found"),
    HTTPStatus.METHOD_NOT_ALLOWED: _("Method Not Allowed"),
    HTTPStatus.NOT_ACCEPTABLE: _("Not Acceptable"),
    HTTPStatus.TOO_MANY_REQUESTS: _("Too Many Requests"),
    HTTPStatus.INTERNAL_SERVER_ERROR: _("Internal Server Error"),
    HTTPStatus.SERVICE_UNAVAILABLE: _("Service Unavailable"),
}


class BadParameters(APIException):
    """Parameters of the request cannot be used; `faults` says which and why."""

    status_code = HTTPStatus.BAD_REQUEST

    def __init__(self, faults: Iterable[Fault]):
        self.faults = list(faults)
        super().__init__(self.faults[0].detail)


class ProblemRenderer(JSONRenderer):
    """A problem as JSON, for everybody who does not read it in a browser."""

    media_type = MEDIA_TYPE


def exception_handler(exception: Exception, context: dict) -> Response:
    """The answer to an `exception` of a view, for Django REST framework: a problem, never a page of Django's.

    What nobody foresaw is logged with its traceback, and tells the client nothing but that it happened.
    """
    request = context["request"]
    problem, headers = _described(exception, request)
    set_rollback()
    renderer = _renderer_for(request, context["view"])
    request.accepted_renderer, request.accepted_media_type = renderer, renderer.media_type
    response = Response(problem, status=problem["status"], headers=headers)
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _report(exception, request, response)
    return response


def _described(exception: Exception, request) -> tuple[dict, dict[str, str]]:
    """The members of the problem, and the headers that go with it."""
    match exception:
        case BadParameters(faults=faults):
            detail = ngettext(
                "A parameter cannot be used as it is. “errors” says why.",
                "Some parameters cannot be used as they are. “errors” says why.",
                len(faults),
            )
            return problem(exception.status_code, detail) | {"errors": [asdict(fault) for fault in faults]}, {}
        case Http404() | NotFound():
            # Not what the exception says: it may name what must not be known to be there.
            return problem(HTTPStatus.NOT_FOUND, gettext("There is nothing public at this address.")), {}
        case MethodNotAllowed():
            detail = gettext("The data can be read only: use GET, HEAD or OPTIONS.")
            return problem(exception.status_code, detail), {}
        case NotAcceptable(available_renderers=renderers):
            detail = gettext("This answer exists as %(types)s. Name one of them in the header Accept, or send none.")
            types = ", ".join(renderer.media_type for renderer in renderers)
            return problem(exception.status_code, detail % {"types": types}), {}
        case Throttled(wait=wait):
            return _too_many(ceil(wait or 1))
        case APIException():
            detail = exception.detail if isinstance(exception.detail, str) else ""
            return problem(exception.status_code, detail), {}
        case SuspiciousOperation() | BadRequest():
            return problem(HTTPStatus.BAD_REQUEST, gettext("The request cannot be read.")), {}
        case PermissionDenied():
            return problem(HTTPStatus.FORBIDDEN, ""), {}
        case _ if database_is_gone(exception):
            return database_gone(), {"Retry-After": str(SECONDS_TO_RETRY_AFTER), "Cache-Control": "no-store"}
        case _:
            detail = gettext("Something went wrong on our side. It has been noted. Please try again later.")
            return problem(HTTPStatus.INTERNAL_SERVER_ERROR, detail), {}


def problem(status: int, detail: str, *, type_: str = ABOUT_BLANK, title: str = "") -> dict:
    """A problem as RFC 9457 has it. Without a `title` it is the `status` in words."""
    status = HTTPStatus(status)
    title = title or str(TITLES.get(status, status.phrase))
    members = {"type": type_, "title": title, "status": int(status)}
    return members | ({"detail": str(detail)} if detail else {})


def database_gone() -> dict:
    """The problem that the database cannot be reached, in the language of the moment."""
    detail = gettext("The portal cannot reach its data right now. Ask again after the time in Retry-After.")
    return problem(HTTPStatus.SERVICE_UNAVAILABLE, detail)


def _too_many(wait: int) -> tuple[dict, dict[str, str]]:
    detail = ngettext(
        "Too many requests came from your address. The next one is answered in %(wait)d second.",
        "Too many requests came from your address. The next one is answered in %(wait)d seconds.",
        wait,
    )
    members = problem(
        HTTPStatus.TOO_MANY_REQUESTS,
        detail % {"wait": wait},
        type_=QUOTA_EXCEEDED,
        title=gettext("Request cannot be satisfied as assigned quota has been exceeded"),
    )
    return members | {"violated-policies": ["default"]}, {"Retry-After": str(wait)}


def _report(exception: Exception, request, response: Response) -> None:
    """What Django does with an exception that nobody caught: the log, and whoever listens for it."""
    reason = HTTPStatus(response.status_code).phrase
    log_response("%s: %s", reason, request.path, response=response, request=request, exception=exception)
    signals.got_request_exception.send(sender=None, request=request)


def _renderer_for(request, view):
    """The renderer of a problem: the page of the API in a browser, else JSON, whatever else was asked for."""
    accepted = getattr(request, "accepted_renderer", None)
    if accepted is None:  # it went wrong before anybody looked
        pages = [renderer for renderer in view.get_renderers() if renderer.media_type == "text/html"]
        offered = [ProblemRenderer(), *pages]
        wanted = request.get_preferred_type([renderer.media_type for renderer in offered])
        return next((renderer for renderer in offered if renderer.media_type == wanted), offered[0])
    return accepted if accepted.media_type == "text/html" else ProblemRenderer()
