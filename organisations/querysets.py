"""Questions about partner organisations and the unit's own offices."""

from typing import Self

from django.db.models import Exists, OuterRef, Q, QuerySet

from codelists.models import Country
from multilingual.text import in_language
from publishing.querysets import PublishableQuerySet


class OrganisationQuerySet(PublishableQuerySet):
    def by_name(self) -> Self:
        return self.order_by(in_language("name"), "pk")

    def newest_first(self) -> Self:
        """By the date of publication."""
        return self.order_by("-publish_at", "-pk")


class OfficeQuerySet(QuerySet):
    def covering(self, country: Country) -> Self:
        """The offices that work for `country` or stand in it."""
        covers = self.model.countries_covered.through._base_manager.filter(office=OuterRef("pk"), country=country)
        return self.filter(Q(country=country) | Exists(covers)).select_related("country").order_by(in_language("name"))
