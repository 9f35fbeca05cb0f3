"""Questions about engagements, and what follows from them: where, with which programme, by whom, with whom."""

from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db.models import Count, Model, Prefetch, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from codelists.models import Country, Region
from engagements.numbered import countries_with, regions_with, with_counts, years_with
from engagements.tallies.reading import Scope
from multilingual.text import in_language
from organisations.models import Organisation
from profiles.models import Profile
from programmes.models import Programme
from publishing.querysets import PublishableQuerySet, published_q

# How long after its last day something planned still counts as such, whose editors forgot to say that it is over.
PLANS_ARE_KEPT = timedelta(days=365)


class EngagementQuerySet(PublishableQuerySet):
    # Whether these are all public engagements: then the tallies have their numbers. Any further question makes another
    # queryset, for which nobody says so.
    is_all_public = False

    def published(self, at: datetime | None = None) -> Self:
        found = super().published(at)
        found.is_all_public = at is None and not (self.query.where or self.query.is_sliced or self.query.combinator)
        return found

    def ending_from(self, year: int) -> Self:
        """Engagements that were not over before `year`.

        One without an end goes on while its status says so, and else is taken to have ended when it began.
        """
        going_on = Q(end_date__isnull=True, activity_status__in=self.model.ActivityStatus.going_on())
        return self.alias(last_day=Coalesce("end_date", "start_date")).filter(
            Q(last_day__gte=date(year, 1, 1)) | going_on
        )

    def starting_until(self, year: int) -> Self:
        """Engagements that began in `year` or before."""
        return self.filter(start_date__lte=date(year, 12, 31))

    def planned(self, *, or_cancelled: bool = False) -> Self:
        """Engagements that are planned, or with `or_cancelled` also those that will not be.

        What should have been over for more than a year is left out: nobody plans it any more.
        """
        status = self.model.ActivityStatus
        wanted = [status.PIPELINE, status.CANCELLED] if or_cancelled else [status.PIPELINE]
        return self.alias(last_day=Coalesce("end_date", "start_date")).filter(
            activity_status__in=wanted, last_day__gte=timezone.localdate() - PLANS_ARE_KEPT
        )

    def soonest_first(self) -> Self:
        return self.order_by("start_date", "pk")

    def newest_first(self) -> Self:
        return self.order_by("-start_date", "-pk")

    def by_country(self) -> Self:
        """By the name of the country, then newest first."""
        return self.order_by(in_language("country__name"), "-start_date", "-pk")

    def for_cards(self) -> Self:
        """With what a card shows; a programme that is not public is left out."""
        public_programme = Prefetch("programme", queryset=Programme.objects.published())
        return self.select_related("country").prefetch_related(public_programme)

    # What follows from these engagements. The records of each answer carry `engagement_count`: how many of these
    # engagements they have. They are counted on the engagements alone, and then fetched: joined to them, the
    # database would group by every column.

    def countries(self) -> list[Country]:
        """The countries of these engagements, by name."""
        return countries_with(self._count("country"))

    def regions(self) -> list[Region]:
        """The regions of these engagements in their order, with the number of countries as `country_count`."""
        return regions_with(self._count("country"))

    def programmes(self, most: int = 50) -> list[Programme]:
        """The public programmes used in these engagements, the most used first; at most `most`."""
        counts = self.filter(published_q("programme"))._count("programme", most)
        return with_counts(Programme.objects.all(), counts)

    def people(self, most: int = 24) -> list[Profile]:
        """The colleagues with a public profile who took part, the most engaged first; at most `most`."""
        return with_counts(Profile.objects.for_cards(), self._together_with("staff")._count("staff", most))

    def partners(self, most: int = 40) -> list[Organisation]:
        """The public partner organisations, the most frequent first; at most `most`."""
        return with_counts(Organisation.objects.all(), self._together_with("partners")._count("partners", most))

    def figures(self) -> dict[str, int | None]:
        """How many engagements, countries, public programmes, people and partners; how many women and men trained.

        The last two are None where nobody counted.
        """
        figures = self.order_by().aggregate(
            engagements=Count("pk"),
            countries=Count("country", distinct=True),
            programmes=Count("programme", distinct=True, filter=published_q("programme")),
            women_trained=Sum("women_trained"),
            men_trained=Sum("men_trained"),
        )
        for name, relation in (("people", "staff"), ("partners", "partners")):
            figures |= self._together_with(relation).aggregate(**{name: Count(relation, distinct=True)})
        return figures

    def by_year(self) -> list[tuple[int, int]]:
        """How many of these engagements began in each year, from the first such year to the last without a gap."""
        return years_with(dict(self.order_by().values_list("start_date__year").annotate(Count("pk"))))

    def overview(self, newest: int = 20) -> dict:
        """All of the above but the regions, under the names that pages use, with the `newest` engagements."""
        return {
            "figures": self.figures(),
            "countries": self.countries(),
            "programmes": self.programmes(),
            "people": self.people(),
            "partners": self.partners(),
            "years": self.by_year(),
            "engagements": self.newest_first().for_cards()[:newest],
        }

    @staticmethod
    def overview_of(record: Model, newest: int = 20) -> dict:
        """The overview of the public engagements of a country, region, programme, sector or topic, from the tallies."""
        return Scope.of(record).overview(newest)

    def _together_with(self, relation: str) -> Self:
        """These engagements, joined to their public records of the to-many `relation`.

        The join is one of its own, also where the engagements were found by one of those records.
        """
        return self.model._default_manager.filter(published_q(relation), pk__in=self.order_by().values("pk"))

    def _count(self, relation: str, most: int | None = None) -> dict[Any, int]:
        """How many of these rows each record of `relation` has, by its key: only the `most` frequent, if given."""
        counted = self.order_by().values_list(relation)
        return dict(counted.annotate(number=Count("pk")).order_by("-number", relation)[:most])
