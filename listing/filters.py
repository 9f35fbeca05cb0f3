"""Filters that pages, exports and the API share: what they are called, how they narrow a list, what they offer."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_
from typing import Self

import django_filters
from django import forms
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from listing.facets import Facet, Option, count_values
from listing.fields import KnownChoicesField, KnownRecordsField, ListingForm
from multilingual.text import language_shown, sort_key
from publishing.models import Publishable
from publishing.querysets import published_q


@dataclass(frozen=True)
class Path:
    """A path of the ORM from a model to a value, as in ``engagements__country``.

    `through` is the first step that leads to several records (None where each row has one value), `end` is the model it
    ends at (None at a plain column), and `publishable` has the prefixes at which publishable records stand.
    """

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
        return cls(through, end, tuple(publishable))

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


class FacetFilter(django_filters.Filter):
    """Filter by any of several values, which are offered with their numbers of results.

    `field_name` is the path to the value. Publishable records on that path count only while they are public. At most
    `most` values are offered, those with the most results.

    Subclasses say what a value is: `key(value)` is the text under which `count_values` counts the cleaned value,
    `address_of(value)` what stands for it in the address, `label_of(value)` the value in words, and `named(keys)`
    yields key, address, label and the label's foreign language of the values to offer, in the order of offering.

    A filter whose path leads through several records never joins the list itself: joined rows come back several times,
    and DISTINCT over them is slow. It asks EXISTS, which stops at the first match; with `few=True`, for values that few
    rows have, it asks IN. Filters through the same records are asked together: who is found by country and programme
    used that programme in that country.
    """

    def __init__(self, field_name: str, *, few: bool = False, most: int = 300, **kwargs):
        super().__init__(field_name=field_name, **kwargs)
        self.few = few
        self.most = most

    @cached_property
    def path(self) -> Path:
        return Path.of(self.model, self.field_name)

    def matches(self, values: list) -> Q:
        """Condition that a row, or one of the records that the path leads through, has one of the `values`."""
        return Q(**{f"{self.field_name}__in": values}) & self.path.is_public()

    def filter(self, queryset: QuerySet, values: list) -> QuerySet:
        return related(queryset, self.path.through, self.matches(values), few=self.few) if values else queryset

    def rows(self, queryset: QuerySet, together_with: Q) -> QuerySet:
        """Each row of `queryset` once for each value it has, for `count_values`.

        `together_with` is what the other filters through the same records ask of the record that has the value.
        """
        rows = queryset.filter(self.path.is_public() & together_with)
        values = rows.values(facet_value=F(self.field_name), facet_row=F("pk"))
        return values.distinct() if self.path.through else values

    def options(self, counts: dict[str, int], chosen: list) -> tuple[list[Option], bool]:
        """The values to offer, given the results each would have and the ones chosen; and whether some were cut.

        The chosen ones come first, so that they are seen in a long list.
        """
        chosen_keys = [self.key(value) for value in chosen]
        frequent = sorted(counts, key=counts.__getitem__, reverse=True)[: self.most]
        keys = [*frequent, *(key for key in chosen_keys if key not in frequent)]
        options = [
            Option(value, label, counts.get(key, 0), key in chosen_keys, lang)
            for key, value, label, lang in self.named(keys)
        ]
        return sorted(options, key=lambda option: not option.selected), len(counts) > self.most


class ChoicesFilter(FacetFilter):
    """Facet over a fixed list of choices, offered in the order of that list."""

    field_class = KnownChoicesField

    def __init__(self, field_name: str, *, choices, **kwargs):
        super().__init__(field_name, choices=choices, **kwargs)
        self.labels = dict(choices)

    def key(self, value):
        return value

    def named(self, keys):
        return ((key, key, str(label), "") for key, label in self.labels.items() if key in keys)

    def label_of(self, value):
        return str(self.labels[value])

    def address_of(self, value):
        return value


class RecordsFilter(FacetFilter):
    """Facet over the records that the path leads to, named in the address by `to_field_name`.

    A record that is not public is as unknown as one that does not exist.
    """

    field_class = KnownRecordsField

    def __init__(self, field_name: str, *, to_field_name: str, **kwargs):
        super().__init__(field_name, **kwargs)
        self.to_field_name = to_field_name

    @property
    def records(self) -> QuerySet:
        """The records that may be asked for."""
        records = self.path.end._default_manager.all()
        return records.published() if issubclass(self.path.end, Publishable) else records

    @property
    def field(self):
        if not hasattr(self, "_field"):
            self._field = self.field_class(
                label=self.label, required=False, queryset=self.records, to_field_name=self.to_field_name
            )
        return self._field

    def key(self, value):
        return str(value.pk)

    def named(self, keys):
        to_python = self.path.end._meta.pk.to_python
        records = self.records.in_bulk([to_python(key) for key in keys])
        for record in sorted(records.values(), key=lambda record: sort_key(str(record))):
            yield str(record.pk), self.address_of(record), str(record), language_shown(record, "name")

    def label_of(self, value):
        return str(value)

    def address_of(self, value):
        return str(getattr(value, self.to_field_name))


class TextFilter(django_filters.CharFilter):
    """Free text, answered by the queryset's own `matching()`."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Search in the list"))
        super().__init__(max_length=200, widget=forms.TextInput(attrs={"type": "search"}), **kwargs)

    def filter(self, queryset, value):
        return queryset.matching(value) if value else queryset


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
class ActiveFilter:
    """A filter in force, in words, and the query string of the same list without it."""

    label: str
    value: str
    without: str


class ListingFilterSet(django_filters.FilterSet):
    """FilterSet of a public list: bad values are reported and ignored, and every facet knows its numbers."""

    class Meta:
        form = ListingForm

    @property
    def qs(self) -> QuerySet:
        queryset = self._narrowed()
        for name, filter_ in self.filters.items():
            if isinstance(filter_, SortFilter):
                queryset = filter_.filter(queryset, self.form.cleaned_data.get(name))
        return queryset

    def _narrowed(self, facet: FacetFilter | None = None) -> QuerySet:
        """The list, in no order, under all filters; or but for `facet` and the filters through the same records."""
        _errors = self.errors  # makes the form clean its data
        queryset = self.queryset.order_by()
        for name, filter_ in self.filters.items():
            if not isinstance(filter_, FacetFilter | SortFilter):
                queryset = filter_.filter(queryset, self.form.cleaned_data.get(name))
        for through, asked in self._asked_together.items():
            if facet is None or through is None or through != facet.path.through:
                others = [filter_ for filter_ in asked if filter_ is not facet]
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

    def _rows(self, facet: FacetFilter) -> QuerySet:
        """The rows in which the values of `facet` are counted."""
        queryset = self._narrowed(facet)
        asked = self._asked_together.get(facet.path.through, {}) if facet.path.through else {}
        return facet.rows(queryset, _conditions(asked, [filter_ for filter_ in asked if filter_ is not facet]))

    @cached_property
    def facets(self) -> list[Facet]:
        """The facets that have something to offer, each counted with the other filters kept."""
        filters = {name: filter_ for name, filter_ in self.filters.items() if isinstance(filter_, FacetFilter)}
        counts = count_values({name: self._rows(filter_) for name, filter_ in filters.items()})
        facets = []
        for name, filter_ in filters.items():
            options, cut = filter_.options(counts[name], self.form.cleaned_data.get(name) or [])
            errors = list(self.form.errors.get(name, []))
            if options or errors:
                facets.append(Facet(name, capfirst(str(filter_.label)), options, errors, cut))
        return facets

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """The fields of the form that are no facets."""
        return [self.form[name] for name, filter_ in self.filters.items() if not isinstance(filter_, FacetFilter)]

    @cached_property
    def active(self) -> list[ActiveFilter]:
        """The filters in force, the order of the list not among them."""
        active = []
        for name, filter_ in self.filters.items():
            value = self.form.cleaned_data.get(name)
            if not value or isinstance(filter_, SortFilter):
                continue
            label = capfirst(str(filter_.label))
            if isinstance(filter_, FacetFilter):
                active.extend(
                    ActiveFilter(label, filter_.label_of(one), self._address_without(name, filter_.address_of(one)))
                    for one in value
                )
            else:
                active.append(ActiveFilter(label, str(value), self._address_without(name)))
        return active

    def _address_without(self, name: str, value: str | None = None) -> str:
        """The query string without the filter `name`, or only without its `value`; it begins with “?”."""
        parameters = self.data.copy()
        parameters.pop("page", None)
        if value is None:
            parameters.pop(name, None)
        else:
            parameters.setlist(name, [other for other in parameters.getlist(name) if other != value])
        return f"?{parameters.urlencode()}"


def _conditions(asked: dict[FacetFilter, list], filters: Iterable[FacetFilter]) -> Q:
    """What the `filters` among those `asked` want of one and the same record."""
    return reduce(and_, (filter_.matches(asked[filter_]) for filter_ in filters), Q())
