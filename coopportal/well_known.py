"""What browsers and search engines ask for at addresses that they know beforehand."""

from datetime import UTC, datetime, time

from django.conf import settings
from django.http import Http404, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView, TemplateView

ICONS = [("icon-192.png", "192x192", "any"), ("icon-512.png", "512x512", "any")]
ICONS.append(("icon-maskable-512.png", "512x512", "maskable"))


class RobotsView(TemplateView):
    """What search engines should leave alone: the admin, and the pages of search results, of which there is no end."""

    template_name = "robots.txt"
    content_type = "text/plain"

    def get_context_data(self, **kwargs):
        closed = [reverse("admin:index")]
        for code, _name in settings.LANGUAGES:
            with override(code):
                closed.append(reverse("search:results"))
        return super().get_context_data(closed=closed, **kwargs)


class SecurityView(TemplateView):
    """Whom to tell of a weakness of the portal (RFC 9116).

    Without a contact or a day on which it expires, which the standard asks for, there is no such file.
    """

    template_name = "security.txt"
    content_type = "text/plain; charset=utf-8"

    def get_context_data(self, **kwargs):
        if not (settings.SECURITY_CONTACT and settings.SECURITY_EXPIRES):
            raise Http404
        return super().get_context_data(
            contacts=[contact_uri(contact) for contact in settings.SECURITY_CONTACT],
            expires=datetime.combine(settings.SECURITY_EXPIRES, time(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            canonical=settings.SITE_URL and settings.SITE_URL + self.request.path,
            **kwargs,
        )


def contact_uri(contact: str) -> str:
    """The contact as an address that says what it is: of e-mail unless it says so already."""
    return contact if contact.startswith(("https://", "mailto:", "tel:")) else f"mailto:{contact}"


class FaviconView(RedirectView):
    """The icon for browsers that look for it without having read a page."""

    def get_redirect_url(self, *args, **kwargs):
        return static("icons/favicon.ico")


@require_safe
def web_manifest(request):
    """What a telephone needs to keep the portal among its applications (W3C Web Application Manifest)."""
    manifest = {
        "name": "COOP Portal",
        "short_name": "COOP Portal",
        "id": "/",
        "start_url": "/",
        "display": "browser",
        "background_color": "#ffffff",
        "theme_color": "#230050",
        "icons": [
            {"src": static(f"icons/{name}"), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in ICONS
        ],
    }
    return JsonResponse(manifest, content_type="application/manifest+json")
