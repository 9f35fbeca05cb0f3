"""Headers by which a browser protects visitors, on every answer there is."""

from collections.abc import Callable

from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse

# What no page of the portal asks a browser for, and so no script that got into one may.
FEATURES_NOT_USED = [
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
]
CSP, CORP = "Content-Security-Policy", "Cross-Origin-Resource-Policy"


def protective_headers(get_response: Callable) -> Callable:
    """Adds what an answer does not have yet.

    Django's own middlewares do so only for what comes from further inside: not for static files, nor for what is
    refused before. Only static files, and what says so itself, may be shown by pages of other sites (Fetch, 3.7).
    """
    headers = {
        CSP: build_policy(),
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in FEATURES_NOT_USED),
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
    }
    if settings.DEBUG:  # Django's page about an error has its styles and scripts inside
        del headers[CSP]

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        is_static = request.path_info.startswith(settings.STATIC_URL)
        response.headers.setdefault(CORP, "cross-origin" if is_static else "same-origin")
        return response

    return respond
