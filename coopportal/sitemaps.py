"""The sitemap: every public page in every language."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.core.paginator import Page, Paginator
from django.db.models import Max, Subquery
from django.urls import reverse
from django.utils.functional import cached_property

from codelists.models import Region, Topic
from engagements.models import Engagement
from engagements.tallies.reading import Scope
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
            "data",
            "feeds",
            "accessibility",
        ]

    def location(self, item):
        return reverse(item)


class RecordSitemap(PortalSitemap):
    """The public records of `model`, those of so many consecutive keys a file.

    Django would read all of them for each file. So a record stays in its file whatever becomes of others.
    """

    def __init__(self, model):
        self.model = model

    @property
    def paginator(self):
        # Of their texts an address needs none.
        records = self.model.objects.published().only("slug", "updated_at", "publish_at").order_by("pk")
        return KeyPaginator(records, self._languages(), self.limit)

    def lastmod(self, item):
        return max(item.updated_at, item.publish_at)  # a scheduled record is changed before it is public

    def get_latest_lastmod(self) -> datetime | None:
        published = self.model.objects.published()
        # Each is the first entry of an index; of an expression over both, or of two MAX, SQLite reads every row.
        newest = [
            Subquery(published.last_published_first().values("publish_at")[:1]),
            Subquery(published.order_by("-updated_at").values("updated_at")[:1]),
        ]
        times = self.model.objects.order_by().values_list(*newest)[:1]
        return max((time for row in times for time in row if time), default=None)


class KeyPaginator(Paginator):
    """Pages of (record, language), of which each holds the `records` of so many consecutive keys."""

    def __init__(self, records, languages: list[str], limit: int):
        super().__init__(records, limit // len(languages))
        self.languages = languages

    @cached_property
    def count(self) -> int:
        """The last key of any record, which says how many pages there are: of all keys the database has it at hand."""
        return self.object_list.model._base_manager.aggregate(last=Max("pk"))["last"] or 0

    def page(self, number: str | int) -> Page:
        number = self.validate_number(number)
        last = number * self.per_page
        records = self.object_list.filter(pk__gt=last - self.per_page, pk__lte=last)
        return Page([(record, code) for record in records for code in self.languages], number, self)


class CountrySitemap(PortalSitemap):
    def items(self):
        return Scope().countries()


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
