"""What is answered where a page could not be made: 503 while the database is gone or a disk full, else 500."""

import json
import sys
from contextlib import suppress
from http import HTTPStatus
from io import BytesIO

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language_from_request, override
from django.views import defaults

from api.problems import MEDIA_TYPE, database_gone
from opendata.outages import SECONDS_TO_RETRY_AFTER, database_is_gone, disk_is_full

API = "/api/"


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's `handler500`: called while the exception that nobody caught is being handled, wherever it was raised.

    The page for a database that is gone asks none, nor who is asking. Nothing has to be done when it is back: the next
    request opens a connection anew.
    """
    error = sys.exc_info()[1]
    is_full = disk_is_full(error)
    if not is_full and not database_is_gone(error):
        return defaults.server_error(request)
    if is_full:
        _drop_uploads(request)
    is_of_api = request.path_info.startswith(API)
    with override(_language_of(request)):
        if is_of_api:
            content, media_type = json.dumps(database_gone()), MEDIA_TYPE
        else:
            template = "disk_full.html" if is_full else "503.html"
            content, media_type = loader.render_to_string(template), "text/html; charset=utf-8"
    response = HttpResponse(content, content_type=media_type, status=HTTPStatus.SERVICE_UNAVAILABLE)
    if is_of_api or not is_full:  # who was to save something needs somebody to make room first
        response.headers["Retry-After"] = str(SECONDS_TO_RETRY_AFTER)
    patch_cache_control(response, no_store=True)
    return response


def _drop_uploads(request: HttpRequest) -> None:
    """Delete what came of large files so far: on the full disk, they would stay as long as the exception is known."""
    for handler in request.upload_handlers:
        with suppress(OSError):  # what is still to be written has no room either
            getattr(handler, "file", BytesIO()).close()


def _language_of(request: HttpRequest) -> str:
    """That of the address, the cookie or the browser. It may have gone wrong before anybody looked."""
    asked = request.GET.get("lang")
    if request.path_info.startswith(API) and asked in dict(settings.LANGUAGES):
        return asked
    return get_language_from_request(request, check_path=True)
