"""The page of open data: what there is, under which licence, how to cite it, and every way to take it away."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from downloads import tables
from downloads.formats import FORMATS
from downloads.views import PAGES
from engagements.models import Engagement
from opendata import versions
from opendata.licence import data_licence
from organisations.models import Organisation
from profiles.models import Profile
from programmes.models import Programme


@dataclass(frozen=True)
class File:
    """Data as a file: what the format is called, its media type, and where it is."""

    format: str
    media_type: str
    url: str


@dataclass(frozen=True)
class DataList:
    """A list of public records as `table` describes it, and how many there are."""

    table: type[tables.Table]
    count: int

    @property
    def url(self) -> str:
        """The page of the list; empty where it has none."""
        return reverse(PAGES[self.table.name]) if self.table.name in PAGES else ""

    @property
    def files(self) -> list[File]:
        return [
            File(
                each.label,
                each.content_type.partition(";")[0],
                reverse("downloads:list", args=[self.table.name, each.extension]),
            )
            for each in FORMATS.values()
        ]


class OpenDataView(TemplateView):
    """Where to find the data."""

    template_name = "pages/data.html"

    def get_context_data(self, **kwargs):
        changed_at = versions.current().changed_at
        counts = public_counts()
        documented = tables.documentation()
        return super().get_context_data(
            title=_("People, training programmes and country engagements for cooperatives"),
            publisher=settings.PUBLISHER,
            licence=data_licence(),
            today=timezone.localdate(),
            address=self.request.build_absolute_uri(reverse("data")),
            changed_on=changed_at and timezone.localdate(changed_at),
            lists=[DataList(table, counts[table.name]) for table in documented],
            tables=documented,
            package=File(_("Data package"), "application/zip", reverse("bundle:zip")),
            # The standard knows no file without an activity.
            activities=File("IATI", "application/xml", reverse("iati:activities")) if counts["engagements"] else None,
            **kwargs,
        )


def public_counts() -> dict[str, int]:
    """How many public records each list has, by its name."""
    engagements = Engagement.objects.published()
    return {
        "engagements": engagements.count(),
        "programmes": Programme.objects.published().count(),
        "profiles": Profile.objects.published().count(),
        "organisations": Organisation.objects.published().count(),
        "countries": engagements.order_by().values("country").distinct().count(),
    }
