"""The portal's addresses: pages under /en/, /es/ and /fr/; what has no language beside them."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps import views as sitemap_views
from django.urls import include, path, re_path
from django.views.i18n import set_language

from api.views.unknown import UnknownAddress
from coopportal import feeds, open_data, views, well_known
from coopportal.privacy_page import PrivacyView
from coopportal.sitemaps import SITEMAPS
from monitoring.views import metrics

handler500 = "coopportal.faults.server_error"

urlpatterns = [
    path("admin/language/", set_language, name="set_language"),
    path("admin/profiles/profile/<int:pk>/", include("privacy.urls")),
    path("admin/", include("sheets.urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", include("api.urls")),
    re_path(r"^api(?:/|$)", UnknownAddress.as_view()),
    path("data/", include("bundle.urls")),
    path("data/", include("iati.urls")),
    path("media/<path:name>", views.media, name="media"),
    path(
        "sitemap.xml", sitemap_views.index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap"}, name="sitemap-index"
    ),
    path("sitemap-<section>.xml", sitemap_views.sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", well_known.RobotsView.as_view(), name="robots"),
    path("favicon.ico", well_known.FaviconView.as_view(), name="favicon"),
    path(".well-known/security.txt", well_known.SecurityView.as_view(), name="security-txt"),
    path("site.webmanifest", well_known.web_manifest, name="web-manifest"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    *i18n_patterns(
        path("", views.HomeView.as_view(), name="home"),
        path("accessibility/", views.AccessibilityView.as_view(), name="accessibility"),
        path("privacy/", PrivacyView.as_view(), name="privacy"),
        path("data/", open_data.OpenDataView.as_view(), name="data"),
        path("feeds/", feeds.FeedsView.as_view(), name="feeds"),
        path("feed/", feeds.SiteFeed(), name="feed"),
        re_path(r"^countries/(?P<code>[a-z]{2})/feed/$", feeds.CountryFeed(), name="country-feed"),
        path("programmes/<slug:slug>/feed/", feeds.ProgrammeFeed(), name="programme-feed"),
        path("series/<slug:slug>/feed/", feeds.SeriesFeed(), name="series-feed"),
        path("", include("snapshot.urls")),
        path("", include("calendars.urls")),
        path("", include("downloads.urls")),
        path("profiles/", include("profiles.urls")),
        path("programmes/", include("programmes.urls")),
        path("organisations/", include("organisations.urls")),
        path("search/", include("search.urls")),
        path("", include("engagements.urls")),
    ),
]
