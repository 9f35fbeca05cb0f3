"""The pages' own filters, asked strictly."""

from django import forms

from api.problems import BadParameters
from listing import strict
from listing.facet_filters import FacetFilter
from listing.filters import ListingFilterSet


def parameters(filterset_class: type[ListingFilterSet]) -> dict[str, bool]:
    """The parameters of the filters, each with whether several values mean any of them."""
    return {name: isinstance(filter_, FacetFilter) for name, filter_ in filterset_class.base_filters.items()}


def check(form: forms.Form) -> None:
    """Raise BadParameters that names each value of a filter form that is not known, and says what to do."""
    if faults := strict.refused_values(form):
        raise BadParameters(faults)
