"""Filters of the directory of profiles."""

from django.utils.translation import gettext_lazy as _

from listing.counting import Limits
from listing.facet_filters import RecordsFilter
from listing.filters import ListingFilterSet, SortFilter, TextFilter


class ProfileFilter(ListingFilterSet):
    """Country, region, programme, sector and partner are those of the person's public engagements."""

    counted_most = Limits(values=5_000)  # for each of which an engagement is read

    q = TextFilter()
    country = RecordsFilter("engagements__country", few=True, label=_("country"), to_field_name="code")
    region = RecordsFilter("engagements__country__region", few=True, label=_("region"), to_field_name="code")
    programme = RecordsFilter("engagements__programme", few=True, most=100, label=_("programme"), to_field_name="slug")
    sector = RecordsFilter("engagements__sector", few=True, label=_("sector"), to_field_name="code")
    topic = RecordsFilter("topics", label=_("topic"), to_field_name="slug")
    language = RecordsFilter("languages", label=_("language"), to_field_name="code")
    organisation = RecordsFilter("engagements__partners", few=True, most=40, label=_("partner"), to_field_name="slug")
    sort = SortFilter(
        {
            "name": (_("Family name"), lambda profiles: profiles.by_name()),
            "newest": (_("Newest first"), lambda profiles: profiles.newest_first()),
        }
    )
