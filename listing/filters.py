"""Filters that pages, exports and the API share: what they are called, how they narrow a list, what they offer."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_
from typing import ClassVar
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from listing.counting import Counted, Limits, Values, count_values
from listing.facet_filters import FacetFilter
from listing.facets import Facet, count_rows
from listing.fields import ListingForm, Problem, problems
from listing.paging import Total, up_to
from listing.paths import related
from listing.text import Narrowing, narrowing


class TextFilter(django_filters.CharFilter):
    """Free text, answered by the search's index: see `listing.text`."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Search in the list"))
        super().__init__(max_length=200, widget=forms.TextInput(attrs={"type": "search"}), **kwargs)
        self._asked = self._answer = None  # of one form: each has filters of its own

    def filter(self, queryset, value, *, whole: bool = False):
        """The rows of `queryset` that have the text; `whole` where all of them will be read, and not the first."""
        if not value:
            return queryset
        narrowing = self._narrowing(queryset.model, value)
        return queryset.filter(narrowing.all if whole else narrowing.first)

    def _narrowing(self, model, value: str) -> Narrowing:
        if self._asked != (model, value):
            self._asked, self._answer = (model, value), narrowing(model, value)
        return self._answer


class YearFilter(django_filters.Filter):
    """A year, answered by the queryset's method `ask`."""

    field_class = forms.IntegerField

    def __init__(self, ask: str, **kwargs):
        widget = forms.TextInput(attrs={"inputmode": "numeric", "size": 4, "maxlength": 4})
        super().__init__(min_value=1900, max_value=2100, widget=widget, **kwargs)
        self.ask = ask

    def filter(self, queryset, value):
        return getattr(queryset, self.ask)(value) if value else queryset


class SortFilter(django_filters.ChoiceFilter):
    """The order of the list: `orders` has for each word in the address its label and what puts a queryset in order.

    The first one is meant where the address says nothing.
    """

    def __init__(self, orders: dict[str, tuple[str, Callable[[QuerySet], QuerySet]]]):
        choices = [(word, label) for word, (label, _order) in orders.items()]
        super().__init__(label=_("Sort by"), choices=choices, empty_label=None)
        self.orders = orders

    def filter(self, queryset, value):
        _label, in_order = self.orders[value or next(iter(self.orders))]
        return in_order(queryset)


@dataclass(frozen=True)
class Asked:
    """What the filters in force ask of one and the same related record.

    `condition` is told from the rows of the list; `query` is the same as parameters of an address.
    """

    condition: Q
    query: str


@dataclass(frozen=True)
class ActiveFilter:
    """A filter in force, in words, and the query string of the same list without it.

    `without` begins with “?”, or is empty where nothing is left to ask. `lang` is the language of the value where it is
    not that of the page.
    """

    label: str
    value: str
    without: str
    lang: str = ""


@dataclass(frozen=True)
class WayOut:
    """For a list with no results: all values of one filter, and the query string and number of results without them."""

    filters: list[ActiveFilter]
    without: str
    total: Total


class ListingFilterSet(django_filters.FilterSet):
    """FilterSet of a public list: bad values are reported and ignored, and every facet knows its numbers."""

    # The order in which the rows of a long list are looked at for the numbers of its facets, as of `order_by`.
    counted_first: ClassVar[tuple[str, ...]] = ("-pk",)
    counted_most: ClassVar[Limits] = Limits()

    class Meta:
        form = ListingForm

    @property
    def qs(self) -> QuerySet:
        queryset = self._narrowed()
        for name, filter_ in self.filters.items():
            if isinstance(filter_, SortFilter):
                queryset = filter_.filter(queryset, self.form.cleaned_data.get(name))
        return queryset

    @property
    def order(self) -> str:
        """The word for the order of the list; "" where it has but one."""
        _errors = self.errors  # makes the form clean its data
        for name, filter_ in self.filters.items():
            if isinstance(filter_, SortFilter):
                return self.form.cleaned_data.get(name) or next(iter(filter_.orders))
        return ""

    def _narrowed(self, left_out: frozenset[django_filters.Filter] = frozenset(), *, whole: bool = False) -> QuerySet:
        """The list, in no order, under all filters but those `left_out`; `whole` where all of it will be read."""
        _errors = self.errors  # makes the form clean its data
        queryset = self.queryset.order_by()
        for name, filter_ in self.filters.items():
            if filter_ in left_out or isinstance(filter_, FacetFilter | SortFilter):
                continue
            value = self.form.cleaned_data.get(name)
            if isinstance(filter_, TextFilter):
                queryset = filter_.filter(queryset, value, whole=whole)
            else:
                queryset = filter_.filter(queryset, value)
        for through, asked in self._asked_together.items():
            others = [filter_ for filter_ in asked if filter_ not in left_out]
            few = any(filter_.few for filter_ in others)
            if others:
                queryset = related(queryset, through, _conditions(asked, others), few=few)
        return queryset

    @cached_property
    def _asked_together(self) -> dict[str | None, dict[FacetFilter, list]]:
        """The facet filters that have values, with them, by the records that they lead through."""
        together = defaultdict(dict)
        for name, filter_ in self.filters.items():
            if isinstance(filter_, FacetFilter) and (values := self.form.cleaned_data.get(name)):
                together[filter_.path.through][filter_] = values
        return dict(together)

    def asked_of(self, through: str) -> Asked | None:
        """What is asked of the records that paths lead `through`; None where no filter in force asks anything."""
        _errors = self.errors  # makes the form clean its data
        asked = self._asked_together.get(through)
        if not asked:
            return None
        names = {filter_: name for name, filter_ in self.filters.items()}
        query = {names[filter_]: [filter_.address_of(value) for value in values] for filter_, values in asked.items()}
        return Asked(_conditions(asked, asked), urlencode(query, doseq=True))

    def _values(self, facet: FacetFilter, left_out: frozenset[FacetFilter]) -> Values:
        """What to count for the `facet`, in the list without the filters `left_out`."""
        if left_out not in self._lists:
            self._lists[left_out] = self._narrowed(left_out).order_by(*self.counted_first)
        asked = self._asked_together.get(facet.path.through, {}) if facet.path.through else {}
        others = [filter_ for filter_ in asked if filter_ is not facet]
        return facet.values(self._lists[left_out], _conditions(asked, others))

    @cached_property
    def _lists(self) -> dict[frozenset[FacetFilter], QuerySet]:
        """The lists in which facets are counted, by the filters that are left out."""
        return {}

    def _left_out(self, facet: FacetFilter) -> frozenset[FacetFilter]:
        """The filters in force that do not narrow the list in which the values of `facet` are counted."""
        through = facet.path.through
        return frozenset(filter_ for filter_ in self._asked_together.get(through, {}) if through or filter_ is facet)

    def known_count(self) -> int | None:
        """The number of rows of the list where it is known without counting them."""
        return None

    def length(self) -> int | None:
        """The same, or as it came out with the numbers of the facets; None in a list too long for these."""
        known = self.known_count()
        if known is not None:
            return known
        whole = (counted for name, counted in self.counted.items() if not self._left_out(self.filters[name]))
        return next((counted.length for counted in whole if counted.length is not None), None)

    def known_counts(self, name: str) -> dict[str, int] | None:
        """The `numbers` of the facet `name`, where they are known without counting.

        Of a facet that is cut only the values that are offered need be there, and one more.
        """
        return None

    @cached_property
    def counted(self) -> dict[str, Counted]:
        """For each facet how many results each value has, by its key: with the other filters kept."""
        _errors = self.errors  # makes the form clean its data
        facets = {name: filter_ for name, filter_ in self.filters.items() if isinstance(filter_, FacetFilter)}
        known = {name: self.known_counts(name) for name in facets}
        asked, of_chosen = {}, {}
        for name, filter_ in facets.items():
            if known[name] is None:
                asked[name] = self._values(filter_, self._left_out(filter_))
                if name in self._in_force:
                    of_chosen[name] = f"{name}_chosen"
                    asked[of_chosen[name]] = self._values(filter_, frozenset())
        counted = count_values(asked, self.counted_most)
        for name, in_list in of_chosen.items():
            keys = [self.filters[name].key(value) for value in self._in_force[name]]
            counted[name] = counted[name].at_least(counted[in_list].numbers, keys)
        return {name: counted[name] if name in asked else Counted(known[name]) for name in facets}

    @cached_property
    def facets(self) -> list[Facet]:
        """The facets that have something to offer, each counted with the other filters kept."""
        facets = []
        for name, counted in self.counted.items():
            filter_ = self.filters[name]
            options, cut = filter_.options(counted, self.form.cleaned_data.get(name) or [])
            errors = list(self.form.errors.get(name, []))
            if options or errors:
                facets.append(Facet(name, capfirst(str(filter_.label)), options, errors, cut, counted.is_more))
        return facets

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """The fields of the form that are no facets."""
        return [self.form[name] for name, filter_ in self.filters.items() if not isinstance(filter_, FacetFilter)]

    @cached_property
    def _in_force(self) -> dict[str, list]:
        """The values of each filter in force, by its name; the order of the list is none."""
        _errors = self.errors  # makes the form clean its data
        in_force = {}
        for name, filter_ in self.filters.items():
            value = self.form.cleaned_data.get(name)
            if value and not isinstance(filter_, SortFilter):
                in_force[name] = value if isinstance(filter_, FacetFilter) else [value]
        return in_force

    @cached_property
    def active(self) -> list[ActiveFilter]:
        """The filters in force, the order of the list not among them."""
        return [filter_ for name in self._in_force for filter_ in self._active_by(name)]

    def _active_by(self, name: str) -> list[ActiveFilter]:
        filter_, values = self.filters[name], self._in_force[name]
        label = capfirst(str(filter_.label))
        if not isinstance(filter_, FacetFilter):
            return [ActiveFilter(label, str(value), self._address_without(name)) for value in values]
        return [
            ActiveFilter(
                label,
                filter_.label_of(value),
                self._address_without(name, filter_.address_of(value)),
                filter_.language_of(value),
            )
            for value in values
        ]

    @cached_property
    def ways_out(self) -> list[WayOut]:
        """For a list with no results: the filters that alone keep results away, most results first; in one query."""
        rows = {name: up_to(self._narrowed(frozenset([self.filters[name]]), whole=True)) for name in self._in_force}
        counts = count_rows(rows)
        helpful = sorted((name for name in rows if counts[name]), key=lambda name: -counts[name])
        return [
            WayOut(self._active_by(name), self._address_of_all_but(name), Total.of(counts[name])) for name in helpful
        ]

    @property
    def problems(self) -> list[Problem]:
        """The values that were refused, in the order of the fields on the page."""
        shown = [*(field.name for field in self.plain_fields), *(facet.name for facet in self.facets)]
        return problems(self.form, shown)

    def _address_of_all_but(self, name: str) -> str:
        """The query string of the other filters in force and the order; without the values that were refused."""
        parameters = QueryDict(mutable=True)
        for other, values in self._in_force.items():
            if other != name:
                filter_ = self.filters[other]
                in_address = filter_.address_of if isinstance(filter_, FacetFilter) else str
                parameters.setlist(other, [in_address(value) for value in values])
        for other, filter_ in self.filters.items():
            if isinstance(filter_, SortFilter) and (order := self.form.cleaned_data.get(other)):
                parameters[other] = order
        return _query_string(parameters)

    def _address_without(self, name: str, value: str | None = None) -> str:
        """The query string without the filter `name`, or only without its `value`."""
        parameters = self.data.copy()
        parameters.pop("page", None)
        if value is None:
            parameters.pop(name, None)
        else:
            parameters.setlist(name, [other for other in parameters.getlist(name) if other != value])
        for other, values in list(parameters.lists()):
            parameters.setlist(other, [text for text in values if text])
        return _query_string(parameters)


def _query_string(parameters: QueryDict) -> str:
    """The `parameters` as they follow the path in an address."""
    encoded = parameters.urlencode()
    return f"?{encoded}" if encoded else ""


def _conditions(asked: dict[FacetFilter, list], filters: Iterable[FacetFilter]) -> Q:
    """What the `filters` among those `asked` want of one and the same record."""
    return reduce(and_, (filter_.matches(asked[filter_]) for filter_ in filters), Q())
