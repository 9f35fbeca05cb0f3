"""Filters of the engagement list."""

from django.utils.translation import gettext_lazy as _

from engagements.models import Engagement
from listing.filters import ChoicesFilter, ListingFilterSet, RecordsFilter, SortFilter, TextFilter, YearFilter


class EngagementFilter(ListingFilterSet):
    q = TextFilter()
    country = RecordsFilter("country", label=_("country"), to_field_name="code")
    region = RecordsFilter("country__region", label=_("region"), to_field_name="code")
    programme = RecordsFilter("programme", label=_("programme"), to_field_name="slug")
    kind = ChoicesFilter("kind", choices=Engagement.Kind.choices, label=_("kind"))
    sector = RecordsFilter("sector", label=_("sector"), to_field_name="code")
    topic = RecordsFilter("topics", label=_("topic"), to_field_name="slug")
    profile = RecordsFilter("staff", few=True, most=40, label=_("colleague"), to_field_name="slug")
    organisation = RecordsFilter("partners", few=True, most=40, label=_("partner"), to_field_name="slug")
    status = ChoicesFilter("activity_status", choices=Engagement.ActivityStatus.choices, label=_("status"))
    year_from = YearFilter("ending_from", label=_("from year"))
    year_to = YearFilter("starting_until", label=_("to year"))
    sort = SortFilter(
        {
            "newest": (_("Newest first"), lambda engagements: engagements.newest_first()),
            "oldest": (_("Oldest first"), lambda engagements: engagements.order_by("start_date", "pk")),
            "country": (_("Country"), lambda engagements: engagements.by_country()),
        }
    )
