from django.db.models import Prefetch

from listing.views import FilteredListView
from organisations.models import Organisation
from programmes.filters import ProgrammeFilter
from programmes.models import Material, Programme
from publishing.views import PublishableDetailView


class ProgrammeListView(FilteredListView):
    filterset_class = ProgrammeFilter
    template_name = "programmes/list.html"

    def get_queryset(self):
        return Programme.objects.published()

    def for_page(self, queryset):
        return queryset.with_usage()


class ProgrammeDetailView(PublishableDetailView):
    """A programme with its contents, and what its public engagements tell: where, by whom, with whom."""

    template_name = "programmes/detail.html"
    queryset = Programme.objects.prefetch_related(
        "modules",
        "languages",
        "delivery_modes",
        "topics",
        "sectors",
        "sdgs",
        Prefetch("materials", Material.objects.select_related("language")),
    )

    def get_context_data(self, **kwargs):
        more = {
            "partners": Organisation.objects.published().filter(programmes=self.object).by_name(),
            # A programme that is not public has no calendar.
            "has_planned": self.object.is_public and self.object.engagements.published().planned().exists(),
        }
        return super().get_context_data(**self.object.engagements.overview_of(self.object) | more, **kwargs)
