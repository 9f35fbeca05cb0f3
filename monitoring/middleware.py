"""Which view answered: what addresses have in common, and so the only thing to count requests by."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# Where `monitoring.wsgi` finds it, when something was made for the answer.
VIEW = "monitoring.view"


def name_of_view(get_response: Callable) -> Callable:
    """Leaves the name of the view in the WSGI environment. It stands inside of the page cache, which needs no view."""

    def respond(request: HttpRequest) -> HttpResponse:
        request.META[VIEW] = "none"
        response = get_response(request)
        if match := request.resolver_match:
            request.META[VIEW] = match.view_name
        elif request.path.startswith(settings.STATIC_URL):
            request.META[VIEW] = "static"
        return response

    return respond
