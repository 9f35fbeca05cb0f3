"""Questions about engagements, and what follows from them: where, with which programme, by whom, with whom."""

from datetime import date
from typing import Self

from django.db.models import Count, Max, Prefetch, QuerySet, Sum
from django.db.models.functions import Coalesce

from codelists.models import Country, Region
from organisations.models import Organisation
from profiles.models import Profile
from programmes.models import Programme
from publishing.querysets import PublishableQuerySet
from publishing.text import alphabetical, contains_words, in_language


class EngagementQuerySet(PublishableQuerySet):
    def matching(self, text: str) -> Self:
        """Engagements in which every word of `text` is found in the title, summary or results."""
        return self.filter(contains_words(text, translated=("title", "summary", "results")))

    def ending_from(self, year: int) -> Self:
        """Engagements that were not over before `year`; one without an end is taken to end when it began."""
        return self.alias(last_day=Coalesce("end_date", "start_date")).filter(last_day__gte=date(year, 1, 1))

    def starting_until(self, year: int) -> Self:
        """Engagements that began in `year` or before."""
        return self.filter(start_date__lte=date(year, 12, 31))

    def newest_first(self) -> Self:
        return self.order_by("-start_date", "-pk")

    def for_cards(self) -> Self:
        """With what a card shows; a programme or partner that is not public is left out."""
        return self.select_related("country").prefetch_related(
            Prefetch("programme", queryset=Programme.objects.published()),
            Prefetch("partners", queryset=Organisation.objects.published()),
        )

    # What follows from these engagements. Each answer counts, as `engagement_count`, these engagements alone.

    def countries(self) -> QuerySet[Country]:
        """The countries of these engagements by name, with the newest start as `latest`."""
        return (
            self._behind(Country.objects.all())
            .annotate(latest=Max("engagements__start_date"))
            .order_by(in_language("name"))
        )

    def regions(self) -> QuerySet[Region]:
        """The regions of these engagements in their order, with the number of countries as `country_count`."""
        return (
            Region.objects.filter(countries__engagements__in=self.order_by().values("pk"))
            .annotate(
                engagement_count=Count("countries__engagements", distinct=True),
                country_count=Count("countries", distinct=True),
            )
            .order_by("position")
        )

    def programmes(self) -> QuerySet[Programme]:
        """The public programmes used in these engagements, the most used first."""
        return self._behind(Programme.objects.published()).order_by("-engagement_count", in_language("name"))

    def people(self) -> QuerySet[Profile]:
        """The colleagues with a public profile who took part in these engagements, the most engaged first."""
        return self._behind(Profile.objects.published()).order_by(
            "-engagement_count", alphabetical("family_name"), "pk"
        )

    def partners(self) -> QuerySet[Organisation]:
        """The public partner organisations of these engagements, the most frequent first."""
        return self._behind(Organisation.objects.published()).order_by("-engagement_count", in_language("name"))

    def figures(self) -> dict[str, int | None]:
        """How many engagements and countries, and how many women and men trained (None where nobody counted)."""
        return self.order_by().aggregate(
            engagements=Count("pk"),
            countries=Count("country", distinct=True),
            women_trained=Sum("women_trained"),
            men_trained=Sum("men_trained"),
        )

    def overview(self, newest: int = 20) -> dict:
        """All of the above under the names that pages use, with the `newest` engagements; queried when shown."""
        return {
            "figures": self.figures(),
            "countries": self.countries(),
            "programmes": self.programmes(),
            "people": self.people().for_cards(),
            "partners": self.partners(),
            "engagements": self.newest_first().for_cards()[:newest],
        }

    def _behind(self, related: QuerySet) -> QuerySet:
        return related.filter(engagements__in=self.order_by().values("pk")).annotate(
            engagement_count=Count("engagements", distinct=True)
        )
