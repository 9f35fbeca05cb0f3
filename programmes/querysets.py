"""Questions about programmes."""

from typing import Self

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from publishing.querysets import PartQuerySet, PublishableQuerySet, published_q
from publishing.text import contains_words


class ProgrammeQuerySet(PublishableQuerySet):
    def matching(self, text: str) -> Self:
        """Programmes in which every word of `text` is found in the name, aim or audience."""
        return self.filter(contains_words(text, translated=("name", "aim", "audience")))

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
