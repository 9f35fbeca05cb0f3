"""Compression of what compression makes smaller."""

from django.middleware.gzip import GZipMiddleware

COMPRESSIBLE = ("text/", "application/json", "application/xml", "application/atom+xml", "application/manifest+json")


class GZipTextMiddleware(GZipMiddleware):
    """Compresses pages and other text; pictures and documents are compressed as they are, and keep their length."""

    def process_response(self, request, response):
        if response.headers.get("Content-Type", "").startswith(COMPRESSIBLE):
            return super().process_response(request, response)
        return response
