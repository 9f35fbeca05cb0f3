"""How related records are fetched by their keys, where Django's way does not hold for many."""

from functools import cache

from django.db.models import Q, QuerySet
from django.db.models.fields.tuple_lookups import TupleIn


class ByKey:
    """Mixin of querysets for a `Prefetch` over a foreign key, which asks for the records with `id IN (1, 2, …)`.

    Django 5.2 asks with a tuple lookup of one column, which on SQLite becomes `id = 1 OR id = 2 OR …`; of that SQLite
    refuses more than a thousand ("Expression tree is too large").
    """

    def filter(self, *args, **kwargs):
        return super().filter(*(_plain(condition) for condition in args), **kwargs)


def _plain(condition):
    if isinstance(condition, TupleIn) and len(condition.lhs.targets) == 1:
        (target,) = condition.lhs.targets
        return Q(**{f"{target.name}__in": [value for (value,) in condition.rhs]})
    return condition


@cache
def _with_mixin(queryset_class: type[QuerySet]) -> type[QuerySet]:
    return type(f"{queryset_class.__name__}ByKey", (ByKey, queryset_class), {})


def by_key(queryset: QuerySet) -> QuerySet:
    """The `queryset` for a `Prefetch` over a foreign key, of however many records."""
    queryset = queryset.all()
    queryset.__class__ = _with_mixin(type(queryset))
    return queryset
