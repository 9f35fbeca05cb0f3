"""Questions about programmes."""

from typing import Self

from django.db.models import Count, Q

from publishing.querysets import PublishableQuerySet, published_q


class ProgrammeQuerySet(PublishableQuerySet):
    def matching(self, text: str) -> Self:
        """Programmes whose name, aim or audience contains `text` in the language of the moment."""
        return self.filter(
            Q(name__icontains=text) | Q(name_en__icontains=text) | Q(aim__icontains=text) | Q(audience__icontains=text)
        )

    def with_usage(self) -> Self:
        """Annotates `country_count`: in how many countries a published engagement used the programme."""
        return self.annotate(
            country_count=Count("engagements__country", filter=published_q("engagements"), distinct=True)
        )
