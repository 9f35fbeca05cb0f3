"""What the tallies know of the list of engagements under its filters: its length, and the numbers of its facets.

They know pairs: how many engagements of a scope have a value. So the numbers of a facet are known where at most one
other filter is in force, and the length of the list where at most two are. Numbers of several values can be added up
where an engagement has only one of them. All else is counted live.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from engagements.tallies.dimensions import RECORDS, SCOPES, SEVERAL, Dimension
from engagements.tallies.models import Total
from engagements.tallies.reading import numbers, rows
from listing.facets import read_values

FACETS = {
    "country": Dimension.COUNTRY,
    "region": Dimension.REGION,
    "programme": Dimension.PROGRAMME,
    "kind": Dimension.KIND,
    "sector": Dimension.SECTOR,
    "topic": Dimension.TOPIC,
    "profile": Dimension.PROFILE,
    "organisation": Dimension.ORGANISATION,
    "status": Dimension.STATUS,
}
Asked = Mapping[str, Sequence]  # the values in force by the names of the filters; those of facets as keys


@dataclass(frozen=True)
class Known:
    """The length of the list, and the numbers of its facets; what is not there is not known."""

    count: int | None = None
    counts: dict[str, dict[str, int]] = field(default_factory=dict)


def look_up(asked: Asked, most: Mapping[str, int]) -> Known:
    """What is known of the list under the filters `asked`, in one query; of records at most so many and one more."""
    wanted = {}
    for name, dimension in FACETS.items():
        others = {other: values for other, values in asked.items() if other != name}
        if (scope := _scope(others)) is None:
            continue
        found, one_scope = rows(scope[0], scope[1], dimension), len(scope[1]) == 1
        if dimension not in RECORDS:
            wanted[name] = numbers(found, one_scope=one_scope)
            continue
        wanted[name] = numbers(found, most[name] + 1, one_scope=one_scope)
        if chosen := asked.get(name):
            wanted[f"{name}_chosen"] = numbers(found.filter(key__in=chosen), one_scope=one_scope)
    length = _length(asked)
    if length is not None:
        wanted["length"] = length
    counts = read_values(wanted)
    count = sum(counts.pop("length").values()) if length is not None else None
    for name in asked:
        if chosen := counts.pop(f"{name}_chosen", None):
            counts[name] |= chosen
    return Known(count, counts)


def _scope(asked: Asked) -> tuple[Dimension, Sequence[str]] | None:
    """The scope that the filters `asked` make; None where they make none whose numbers can be added up."""
    if not asked:
        return Dimension.EVERYTHING, [""]
    (name, values), *others = asked.items()
    dimension = FACETS.get(name)
    if others or dimension not in SCOPES or not _can_be_added_up(dimension, values):
        return None
    return dimension, values


def _can_be_added_up(dimension: Dimension, values: Sequence) -> bool:
    return len(values) == 1 or dimension not in SEVERAL


def _length(asked: Asked) -> QuerySet | None:
    """Rows whose numbers add up to the length of the list; None where there are none."""
    if scope := _scope(asked):
        found = Total.objects.filter(scope=scope[0], scope_key__in=scope[1])
        return found.order_by().values(facet_value=Value("")).annotate(facet_number=Coalesce(Sum("number"), 0))
    if len(asked) > 2:
        return None
    for name, values in asked.items():
        others = {other: values for other, values in asked.items() if other != name}
        dimension = FACETS.get(name)
        if dimension and _can_be_added_up(dimension, values) and (scope := _scope(others)):
            return numbers(rows(scope[0], scope[1], dimension).filter(key__in=values), one_scope=False)
    return None
