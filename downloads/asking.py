"""What the address of a download asks for: its filters in words and as parameters."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.text import capfirst

from listing.facet_filters import FacetFilter
from listing.filters import ListingFilterSet, SortFilter


@dataclass(frozen=True)
class Filter:
    """A filter in force: its parameter, its name in words, and its values as (in the address, in words)."""

    parameter: str
    label: str
    values: list[tuple[str, str]]

    def __str__(self):
        return f"{self.label}: {', '.join(label for _value, label in self.values)}"


def filters(filterset: ListingFilterSet) -> list[Filter]:
    """The filters in force; the order of the list is none."""
    found = []
    for name, filter_ in _in_force(filterset):
        if isinstance(filter_, FacetFilter):
            values = [(filter_.address_of(value), filter_.label_of(value)) for value in _value(filterset, name)]
        elif isinstance(filter_, SortFilter):
            continue
        else:
            values = [(str(_value(filterset, name)),) * 2]
        found.append(Filter(name, capfirst(str(filter_.label)), values))
    return found


def query(filterset: ListingFilterSet) -> str:
    """The query string of the list, "" or beginning with “?”: the values in force alone."""
    parameters = {one.parameter: [value for value, _label in one.values] for one in filters(filterset)}
    for name, filter_ in _in_force(filterset):
        if isinstance(filter_, SortFilter):
            parameters[name] = [_value(filterset, name)]
    return f"?{urlencode(parameters, doseq=True)}" if parameters else ""


def _in_force(filterset: ListingFilterSet) -> Iterator[tuple]:
    if filterset.is_bound:
        _errors = filterset.errors  # makes the form clean its data
        yield from ((name, one) for name, one in filterset.filters.items() if _value(filterset, name))


def _value(filterset: ListingFilterSet, name: str):
    return filterset.form.cleaned_data.get(name)
