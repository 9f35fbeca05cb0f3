"""Questions about engagements."""

from datetime import date
from typing import Self

from django.db.models import Prefetch, Q
from django.db.models.functions import Coalesce

from organisations.models import Organisation
from programmes.models import Programme
from publishing.querysets import PublishableQuerySet


class EngagementQuerySet(PublishableQuerySet):
    def matching(self, text: str) -> Self:
        """Engagements whose title, summary or results contain `text` in the language of the moment."""
        return self.filter(
            Q(title__icontains=text)
            | Q(title_en__icontains=text)
            | Q(summary__icontains=text)
            | Q(results__icontains=text)
        )

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
