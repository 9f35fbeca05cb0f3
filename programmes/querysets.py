"""Questions about programmes."""

from typing import Self

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from multilingual.text import contains_words, in_language
from publishing.querysets import PartQuerySet, PublishableQuerySet, published_q


class ProgrammeQuerySet(PublishableQuerySet):
    def matching(self, text: str) -> Self:
        """Programmes in which every word of `text` is found in the name, aim or audience."""
        return self.filter(contains_words(text, translated=("name", "aim", "audience")))

    def by_name(self) -> Self:
        return self.order_by(in_language("name"), "pk")

    def newest_first(self) -> Self:
        """By launch year; those without one come last."""
        return self.order_by(F("launch_year").desc(nulls_last=True), in_language("name"), "pk")

    def most_used_first(self) -> Self:
        """By the number of countries that used the programme."""
        return self.with_usage().order_by("-country_count", in_language("name"), "pk")

    def with_usage(self) -> Self:
        """Annotates `country_count`: in how many countries a published engagement used the programme."""
        # A subquery, not a join: it runs only for the rows that a page shows.
        countries = (
            self.model._base_manager.filter(published_q("engagements"), pk=OuterRef("pk"))
            .order_by()
            .values("pk")
            .annotate(number=Count("engagements__country", distinct=True))
            .values("number")
        )
        return self.annotate(country_count=Coalesce(Subquery(countries), 0))


class MaterialQuerySet(PartQuerySet):
    wholes = ("programme",)
