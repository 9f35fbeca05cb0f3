"""What is answered where a page could not be made: 503 while the database is gone, else 500."""

import json
import sys
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language_from_request, override
from django.views import defaults

from api.problems import MEDIA_TYPE, database_gone
from opendata.outages import SECONDS_TO_RETRY_AFTER, database_is_gone

API = "/api/"


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's `handler500`: called while the exception that nobody caught is being handled, wherever it was raised.

    The page for a database that is gone asks none, nor who is asking. Nothing has to be done when it is back: the next
    request opens a connection anew.
    """
    if not database_is_gone(sys.exc_info()[1]):
        return defaults.server_error(request)
    with override(_language_of(request)):
        if request.path_info.startswith(API):
            content, media_type = json.dumps(database_gone()), MEDIA_TYPE
        else:
            content, media_type = loader.render_to_string("503.html"), "text/html; charset=utf-8"
    response = HttpResponse(content, content_type=media_type, status=HTTPStatus.SERVICE_UNAVAILABLE)
    response.headers["Retry-After"] = str(SECONDS_TO_RETRY_AFTER)
    patch_cache_control(response, no_store=True)
    return response


def _language_of(request: HttpRequest) -> str:
    """That of the address, the cookie or the browser. It may have gone wrong before anybody looked."""
    asked = request.GET.get("lang")
    if request.path_info.startswith(API) and asked in dict(settings.LANGUAGES):
        return asked
    return get_language_from_request(request, check_path=True)
