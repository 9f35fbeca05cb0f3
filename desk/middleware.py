"""Addresses of merged records lead to the record that they are part of now."""

from http import HTTPStatus

from django.http import HttpResponsePermanentRedirect
from django.utils.translation import get_language_from_path, override

from desk.merging import without_language
from desk.models import FormerAddress


def former_addresses(get_response):
    """Looks up an address that was not found. Pages that are found cost nothing."""

    def respond(request):
        response = get_response(request)
        if response.status_code == HTTPStatus.NOT_FOUND and request.method in ("GET", "HEAD"):
            return _elsewhere(request) or response
        return response

    return respond


def _elsewhere(request) -> HttpResponsePermanentRedirect | None:
    """The way to the public record that has taken the address over, in the language of the address."""
    language = get_language_from_path(request.path_info)
    if language is None or "\x00" in request.path_info:  # PostgreSQL refuses to be asked
        return None
    former = FormerAddress.objects.filter(path=without_language(request.path_info)).first()
    if former is None or former.record is None or not former.record.is_public:
        return None
    with override(language):
        address = former.record.get_absolute_url()
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
