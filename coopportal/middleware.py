"""Compression of what compression makes smaller; addresses read as what they are."""

from django.middleware.gzip import GZipMiddleware

COMPRESSIBLE = (
    "text/",
    "application/json",
    "application/geo+json",
    "application/xml",
    "application/atom+xml",
    "application/manifest+json",
)


class GZipTextMiddleware(GZipMiddleware):
    """Compresses pages and other text; pictures and documents are compressed as they are, and keep their length.

    A page that is written while something is done, and that says so to proxies, is passed on piece by piece.
    """

    def process_response(self, request, response):
        if response.headers.get("X-Accel-Buffering") == "no":
            return response
        if response.headers.get("Content-Type", "").startswith(COMPRESSIBLE):
            return super().process_response(request, response)
        return response


def utf8_addresses(get_response):
    """Reads every address as UTF-8, which it is (WHATWG URL), whatever set of characters the request names.

    Django believes the `charset` of a request's Content-Type. UTF-7 and some others hold halves of characters, with
    which no page can be written and no database asked.
    """

    def respond(request):
        if request.encoding:
            request.encoding = None
        return get_response(request)

    return respond
