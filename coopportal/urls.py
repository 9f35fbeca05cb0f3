"""The portal's addresses: pages under /en/, /es/ and /fr/; what has no language beside them."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps import views as sitemap_views
from django.urls import include, path
from django.views.generic import TemplateView

from coopportal import views
from coopportal.sitemaps import SITEMAPS

urlpatterns = [
    path("admin/", admin.site.urls),
    path("media/<path:name>", views.media, name="media"),
    path(
        "sitemap.xml", sitemap_views.index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap"}, name="sitemap-index"
    ),
    path("sitemap-<section>.xml", sitemap_views.sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", TemplateView.as_view(template_name="robots.txt", content_type="text/plain"), name="robots"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    *i18n_patterns(
        path("", views.HomeView.as_view(), name="home"),
        path("profiles/", include("profiles.urls")),
        path("programmes/", include("programmes.urls")),
        path("organisations/", include("organisations.urls")),
        path("", include("engagements.urls")),
    ),
]
