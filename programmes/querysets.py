"""Questions about programmes."""

from typing import Self

from django.db.models import Aggregate, Count, F, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from multilingual.text import in_language
from publishing.querysets import PartQuerySet, PublishableQuerySet
from publishing.signals import about_to_read


class CodesTogether(Aggregate):
    """The different codes in a column as one text with commas; NULL where there are none."""

    function = "GROUP_CONCAT"
    template = "%(function)s(DISTINCT %(expressions)s)"
    output_field = TextField()

    def as_postgresql(self, compiler, connection, **context):
        template = "%(function)s(DISTINCT %(expressions)s, ',')"
        return self.as_sql(compiler, connection, function="STRING_AGG", template=template, **context)


class ProgrammeQuerySet(PublishableQuerySet):
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
        return self.annotate(country_count=Coalesce(self._of_uses(Count("uses")), 0))

    def with_country_codes(self) -> Self:
        """Annotates `country_codes`: the codes of these countries, in no order, with commas; "" for none."""
        codes = self._of_uses(CodesTogether("uses__country"))
        return self.annotate(country_codes=Coalesce(codes, Value("", output_field=TextField())))

    def _of_uses(self, aggregate: Aggregate) -> Subquery:
        """Expression for the `aggregate` over the countries that used each programme."""
        about_to_read.send(sender=self.model)
        # A subquery, not a join: it runs only for the rows that a page shows.
        rows = self.model._base_manager.filter(pk=OuterRef("pk")).order_by().values("pk")
        return Subquery(rows.annotate(answer=aggregate).values("answer"))


class MaterialQuerySet(PartQuerySet):
    wholes = ("programme",)
