"""Paths of the ORM from a record to a value, and how a list is narrowed through them."""

from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Self

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.constants import LOOKUP_SEP

from publishing.models import Publishable
from publishing.querysets import published_q


@dataclass(frozen=True)
class Path:
    """A path of the ORM from a model to a value, as in ``engagements__country``.

    `through` is the first step that leads to several records (None where each row has one value), `end` is the model it
    ends at (None at a plain column), and `publishable` has the prefixes at which publishable records stand.
    """

    model: type[Model]
    name: str
    through: str | None
    end: type[Model] | None
    publishable: tuple[str, ...]

    @classmethod
    def of(cls, model: type[Model], name: str) -> Self:
        """Walk the path `name` from `model`; raises FieldDoesNotExist where it leads nowhere."""
        through, end, publishable = None, model, []
        steps = name.split(LOOKUP_SEP)
        for number, step in enumerate(steps, start=1):
            field = end._meta.get_field(step)
            prefix = LOOKUP_SEP.join(steps[:number])
            if through is None and (field.many_to_many or field.one_to_many):
                through = prefix
            end = field.related_model
            if end and issubclass(end, Publishable):
                publishable.append(prefix)
        return cls(model, name, through, end, tuple(publishable))

    @property
    def column(self) -> str | None:
        """The column of the model's own table that the path begins with; None where it begins with other tables."""
        field = self.model._meta.get_field(self.name.partition(LOOKUP_SEP)[0])
        return field.column if field.concrete and not field.many_to_many else None

    def leads_to_one_of(self, values: list) -> Q:
        """Condition that the value is one of `values`."""
        step, _sep, rest = self.name.partition(LOOKUP_SEP)
        if self.through or not rest:
            return Q(**{f"{self.name}__in": values})
        # Joined, SQLite would begin with the other table and sort all rows that it leads to; so it is only asked.
        others = self.model._meta.get_field(step).related_model._base_manager
        return Q(Exists(others.filter(**{"pk": OuterRef(step), f"{rest}__in": values})))

    def is_public(self) -> Q:
        """Condition that every publishable record on the way is public, to be met by one related record together."""
        return reduce(and_, (published_q(prefix) for prefix in self.publishable), Q())


def related(queryset: QuerySet, through: str | None, condition: Q, *, few: bool) -> QuerySet:
    """The rows of `queryset` that meet the `condition`, in the form that fits where its paths lead `through`."""
    if through is None:
        return queryset.filter(condition)
    matching = queryset.model._base_manager.filter(condition)
    if few:
        return queryset.filter(pk__in=matching.values("pk"))
    return queryset.filter(Exists(matching.filter(pk=OuterRef("pk"))))
