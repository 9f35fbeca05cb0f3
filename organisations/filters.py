"""Filters of the partner organisations."""

from django.utils.translation import gettext_lazy as _

from listing.facet_filters import ChoicesFilter, RecordsFilter
from listing.filters import ListingFilterSet, SortFilter, TextFilter
from organisations.models import Organisation


class OrganisationFilter(ListingFilterSet):
    """Country and region are those of the seat; programme, sector and topic those of one of its public engagements."""

    q = TextFilter()
    country = RecordsFilter("country", label=_("country"), to_field_name="code")
    region = RecordsFilter("country__region", label=_("region"), to_field_name="code")
    kind = ChoicesFilter("kind", choices=Organisation.Kind.choices, label=_("kind"))
    programme = RecordsFilter("engagements__programme", label=_("programme"), to_field_name="slug")
    sector = RecordsFilter("engagements__sector", label=_("sector"), to_field_name="code")
    topic = RecordsFilter("engagements__topics", label=_("topic"), to_field_name="slug")
    sort = SortFilter(
        {
            "name": (_("Name"), lambda organisations: organisations.by_name()),
            "newest": (_("Newest first"), lambda organisations: organisations.newest_first()),
        }
    )
