"""The page that Prometheus reads."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The metrics, for who has the token; where the operator set none, there is no such page."""
    if not settings.METRICS_TOKEN:
        raise Http404
    if not constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}"):
        response = HttpResponse("The token of METRICS_TOKEN is needed.\n", status=401, content_type="text/plain")
        response["WWW-Authenticate"] = "Bearer"
    else:
        from monitoring.metrics import text

        response = HttpResponse(text(), content_type="text/plain; version=1.0.0; charset=utf-8")
    add_never_cache_headers(response)
    return response
