"""The answer for pages that were taken down."""

from http import HTTPStatus

from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from privacy.models import GoneAddress

NOTHING_THERE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)


def gone_addresses(get_response):
    """Answers "410 Gone" where a page was taken down. Only where nothing was found is the database asked."""

    def respond(request):
        response = get_response(request)
        if response.status_code in NOTHING_THERE and GoneAddress.objects.of(request.path_info).exists():
            response = render(request, "410.html", {"noindex": True}, status=HTTPStatus.GONE)
            add_never_cache_headers(response)
        return response

    return respond
