"""Filters of the programme catalogue."""

from django.utils.translation import gettext_lazy as _

from listing.facet_filters import ChoicesFilter, RecordsFilter
from listing.filters import ListingFilterSet, SortFilter, TextFilter
from programmes.models import Programme
from publishing.signals import about_to_read


class ProgrammeFilter(ListingFilterSet):
    """Country and region are those of the public engagements that used the programme."""

    q = TextFilter()
    country = RecordsFilter("uses__country", label=_("country"), to_field_name="code")
    region = RecordsFilter("uses__country__region", label=_("region"), to_field_name="code")
    kind = ChoicesFilter("kind", choices=Programme.Kind.choices, label=_("kind"))
    sector = RecordsFilter("sectors", label=_("sector"), to_field_name="code")
    topic = RecordsFilter("topics", label=_("topic"), to_field_name="slug")
    language = RecordsFilter("languages", label=_("language"), to_field_name="code")
    organisation = RecordsFilter("partners", most=40, label=_("partner"), to_field_name="slug")
    sort = SortFilter(
        {
            "name": (_("Name"), lambda programmes: programmes.by_name()),
            "newest": (_("Newest first"), lambda programmes: programmes.newest_first()),
            "most-used": (_("Used in most countries"), lambda programmes: programmes.most_used_first()),
        }
    )

    def __init__(self, *args, **kwargs):
        about_to_read.send(sender=Programme)
        super().__init__(*args, **kwargs)
