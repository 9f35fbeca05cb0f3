"""The order of a list, and the rows that come after one of its rows: what pages without numbers are made of.

A page begins after the last row of the page before, which is found again by the values that it was sorted by. So it is
the same page whatever was added before it meanwhile, and the last page costs the database no more than the first.
"""

from dataclasses import dataclass, replace
from typing import Any
from zlib import crc32

from django.db import connection
from django.db.models import F, Field, Q, QuerySet
from django.db.models.expressions import BaseExpression, Col, OrderBy


@dataclass(frozen=True)
class Step:
    """One of the things that rows are sorted by, which an annotated queryset has as `name`.

    `nulls_last` says where rows without a value stand, if there can be any (`nullable`).
    """

    name: str
    expression: BaseExpression
    descending: bool
    nulls_last: bool
    nullable: bool = True

    @classmethod
    def of(cls, name: str, order) -> "Step":
        """Read one argument of `order_by()`: a name, with or without a hyphen, or an expression."""
        if isinstance(order, str):
            order = OrderBy(F(order.removeprefix("-")), descending=order.startswith("-"))
        elif not isinstance(order, OrderBy):
            order = OrderBy(order)
        if order.nulls_first or order.nulls_last:
            nulls_last = bool(order.nulls_last)
        else:
            nulls_last = connection.features.nulls_order_largest != order.descending
        return cls(name, order.expression, order.descending, nulls_last)

    def turned(self) -> "Step":
        """The same in the opposite order."""
        return replace(self, descending=not self.descending, nulls_last=not self.nulls_last)

    def same(self, value: Any) -> Q:
        """Condition "has this `value`"."""
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})

    def after(self, value: Any) -> Q:
        """Condition "comes after rows with this `value`"."""
        if value is None:
            return NOTHING if self.nulls_last else Q(**{f"{self.name}__isnull": False})
        behind = Q(**{f"{self.name}__{'lt' if self.descending else 'gt'}": value})
        return behind | Q(**{f"{self.name}__isnull": True}) if self.nullable and self.nulls_last else behind

    def not_before(self, value: Any) -> Q:
        """Condition "comes after rows with this `value`, or is one of them"."""
        if value is None or (self.nullable and self.nulls_last):
            return self.after(value) | self.same(value)
        return Q(**{f"{self.name}__{'lte' if self.descending else 'gte'}": value})


NOTHING = Q(pk__in=[])


class Order:
    """The order of a queryset, which must end with something that is unique.

    `queryset` is that queryset with what it is sorted by as annotations.
    """

    def __init__(self, queryset: QuerySet):
        orders = list(queryset.query.order_by)
        steps = [Step.of(f"sorted_by_{number}", order) for number, order in enumerate(orders)]
        self.queryset = queryset.annotate(**{step.name: step.expression for step in steps})
        annotations = self.queryset.query.annotations
        self.steps = [replace(step, nullable=_can_be_null(annotations[step.name])) for step in steps]
        # Tells whether values belong to this order: names by which is sorted are other ones in another language.
        self.signature = crc32(repr(orders).encode())

    @property
    def fields(self) -> list[Field]:
        """What kind of values rows are sorted by."""
        return [self.queryset.query.annotations[step.name].output_field for step in self.steps]

    def values(self, row) -> list:
        """What a `row` of the annotated queryset is sorted by."""
        return [getattr(row, step.name) for step in self.steps]

    def rows(self, values: list | None, *, backwards: bool = False) -> QuerySet:
        """The rows after the one with these `values`, or `backwards` those before it, the nearest first.

        Without values these are all rows, from the first or from the last.
        """
        queryset = self.queryset.reverse() if backwards else self.queryset
        return queryset if values is None else queryset.filter(self._after(values, backwards))

    def _after(self, values: list, backwards: bool) -> Q:
        steps = [step.turned() for step in self.steps] if backwards else self.steps
        condition, same = NOTHING, Q()
        for step, value in zip(steps, values, strict=True):
            condition |= same & step.after(value)
            same &= step.same(value)
        # The same said once more of the first step alone lets the database begin there in its index.
        return steps[0].not_before(values[0]) & condition


def _can_be_null(annotation: BaseExpression) -> bool:
    return not isinstance(annotation, Col) or annotation.target.null
