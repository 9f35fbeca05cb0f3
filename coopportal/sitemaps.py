"""The sitemap: every public page in every language."""

from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.db.models.functions import Greatest
from django.urls import reverse

from codelists.models import Region, Topic
from engagements.models import Engagement
from organisations.models import Organisation
from profiles.models import Profile
from programmes.models import Programme


class PortalSitemap(Sitemap):
    """A section of the sitemap: each address in every language, with links from one to the others."""

    i18n = True
    alternates = True
    x_default = True
    limit = 5000  # addresses a file; with the links to the other languages well under the protocol's 50 MB


class PageSitemap(PortalSitemap):
    def items(self):
        return [
            "home",
            "profiles:list",
            "programmes:list",
            "engagements:list",
            "engagements:countries",
            "engagements:gaps",
            "feeds",
            "accessibility",
        ]

    def location(self, item):
        return reverse(item)


class RecordSitemap(PortalSitemap):
    """The public records of `model`."""

    def __init__(self, model):
        self.model = model

    def items(self):
        # Django takes all of them for each file, and of their texts an address needs none.
        return self.model.objects.published().only("slug", "updated_at", "publish_at").order_by("pk")

    def lastmod(self, item):
        return max(item.updated_at, item.publish_at)  # a scheduled record is changed before it is public

    def get_latest_lastmod(self):
        return self.model.objects.published().aggregate(latest=Max(Greatest("updated_at", "publish_at")))["latest"]


class CountrySitemap(PortalSitemap):
    def items(self):
        return Engagement.objects.published().countries()


class CodeListSitemap(PortalSitemap):
    def __init__(self, model):
        self.model = model

    def items(self):
        return self.model.objects.order_by("pk")


SITEMAPS = {
    "pages": PageSitemap(),
    "profiles": RecordSitemap(Profile),
    "programmes": RecordSitemap(Programme),
    "engagements": RecordSitemap(Engagement),
    "organisations": RecordSitemap(Organisation),
    "countries": CountrySitemap(),
    "regions": CodeListSitemap(Region),
    "topics": CodeListSitemap(Topic),
}
