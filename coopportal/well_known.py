"""What browsers and search engines ask for at addresses that they know beforehand."""

from django.conf import settings
from django.http import JsonResponse
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
