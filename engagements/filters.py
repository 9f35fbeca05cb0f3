"""Filters of the list of engagements, and of countries."""

from functools import cached_property

from django.utils.translation import gettext_lazy as _

from codelists.models import Country
from engagements.models import Engagement
from engagements.numbered import countries_with
from engagements.tallies.counting import count_what_has_come_due
from engagements.tallies.listed import FACETS, Known, look_up
from listing.facet_filters import ChoicesFilter, RecordsFilter
from listing.filters import ListingFilterSet, SortFilter, TextFilter, YearFilter
from multilingual.text import in_language


class CountryFilter(ListingFilterSet):
    """Filters of countries, whether anything happened there or not."""

    region = RecordsFilter("region", label=_("region"), to_field_name="code")
    sort = SortFilter({"name": (_("Name"), lambda countries: countries.order_by(in_language("name"), "pk"))})


class EngagementFilter(ListingFilterSet):
    q = TextFilter()
    country = RecordsFilter("country", label=_("country"), to_field_name="code")
    region = RecordsFilter("country__region", label=_("region"), to_field_name="code")
    programme = RecordsFilter("programme", most=100, label=_("programme"), to_field_name="slug")
    kind = ChoicesFilter("kind", choices=Engagement.Kind.choices, label=_("kind"))
    sector = RecordsFilter("sector", label=_("sector"), to_field_name="code")
    topic = RecordsFilter("topics", label=_("topic"), to_field_name="slug")
    profile = RecordsFilter("staff", few=True, most=40, label=_("colleague"), to_field_name="slug")
    organisation = RecordsFilter("partners", few=True, most=40, label=_("partner"), to_field_name="slug")
    status = ChoicesFilter("activity_status", choices=Engagement.ActivityStatus.choices, label=_("status"))
    year_from = YearFilter("ending_from", label=_("from year"))
    year_to = YearFilter("starting_until", label=_("to year"))
    counted_first = ("-start_date", "-pk")
    sort = SortFilter(
        {
            "newest": (_("Newest first"), lambda engagements: engagements.newest_first()),
            "oldest": (_("Oldest first"), lambda engagements: engagements.order_by("start_date", "pk")),
            "country": (_("Country"), lambda engagements: engagements.by_country()),
        }
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        count_what_has_come_due()

    def known_count(self):
        return self._known.count

    def known_counts(self, name):
        return self._known.counts.get(name)

    @cached_property
    def _known(self) -> Known:
        """What the tallies know: where the list is that of all public engagements."""
        if not getattr(self.queryset, "is_all_public", False):
            return Known()
        asked = {
            name: [self.filters[name].key(value) for value in values] if name in FACETS else values
            for name, values in self._in_force.items()
        }
        return look_up(asked, {name: self.filters[name].most for name in FACETS})

    def country_counts(self) -> dict[str, int]:
        """How many engagements of the list are in which country, by its key."""
        counts = self.counted["country"].numbers
        chosen = self._in_force.get("country")
        return {country.pk: counts[country.pk] for country in chosen if country.pk in counts} if chosen else counts

    def countries(self) -> list[Country]:
        """The countries of the list, by name, each with its number of results as `engagement_count`."""
        return countries_with(self.country_counts())

    @property
    def has_more_countries(self) -> bool:
        """Whether only the first results were counted for the `countries`."""
        return self.counted["country"].is_more
