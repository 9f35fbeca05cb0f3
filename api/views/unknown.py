"""Addresses below /api/ that lead nowhere."""

from django.http import HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from rest_framework.exceptions import NotFound

from api.views.base import ApiView


class UnknownAddress(ApiView):
    """Answers 404 whatever is asked and accepted; who forgot the slash at the end is sent to the address."""

    title = "API"
    schema = None

    def perform_content_negotiation(self, request, force=False):
        return super().perform_content_negotiation(request, force=True)

    def parameters(self):
        # No parameter would make the address a better one.
        return dict.fromkeys(self.request.query_params, True)

    def get(self, request, *args, **kwargs):
        if not request.path.endswith("/") and leads_somewhere(f"{request.path_info}/"):
            return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
        raise NotFound

    def http_method_not_allowed(self, request, *args, **kwargs):
        raise NotFound

    options = http_method_not_allowed


def leads_somewhere(path: str) -> bool:
    """Whether a view other than this one answers at the `path`."""
    try:
        return getattr(resolve(path).func, "cls", None) is not UnknownAddress
    except Resolver404:
        return False
