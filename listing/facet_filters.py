"""Facets: filters by any of several values, each offered with the number of results it would leave."""

from functools import cached_property

import django_filters
from django.db.models import F, Q, QuerySet

from listing.counting import Counted, Values
from listing.facets import Option
from listing.fields import KnownChoicesField, KnownRecordsField
from listing.paths import Path, related
from multilingual.text import language_shown, sort_key
from publishing.models import Publishable


class FacetFilter(django_filters.Filter):
    """Filter by any of several values, which are offered with their numbers of results.

    `field_name` is the path to the value. Publishable records on that path count only while they are public. At most
    `most` values are offered, those with the most results.

    Subclasses say what a value is: `key(value)` is the text under which `listing.counting` counts the cleaned value,
    `address_of(value)` what stands for it in the address, `label_of(value)` the value in words, `language_of(value)`
    the language of these words where it is not that of the page, and `named(keys)` yields key, address, label and
    language of the values to offer, in the order of offering.

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
        return self.path.leads_to_one_of(values) & self.path.is_public()

    def filter(self, queryset: QuerySet, values: list) -> QuerySet:
        return related(queryset, self.path.through, self.matches(values), few=self.few) if values else queryset

    def values(self, rows: QuerySet, together_with: Q) -> Values:
        """What to count of the list `rows`.

        `together_with` is what the other filters through the same records ask of the record that has the value.
        """
        found = self.model._base_manager.filter(self.path.is_public() & together_with).order_by()
        # By name: of a model with translations, values() without a name adds all columns.
        values = found.annotate(facet_value=F(self.field_name), facet_row=F("pk")).values("facet_value", "facet_row")
        return Values(rows, values, (self.path.column,) if self.path.column else ())

    def options(self, counted: Counted, chosen: list) -> tuple[list[Option], bool]:
        """The values to offer, given the results each would have and the ones chosen; and whether some were cut.

        The chosen ones come first, so that they are seen in a long list.
        """
        counts = counted.numbers
        chosen_keys = [self.key(value) for value in chosen]
        frequent = sorted(counts, key=counts.__getitem__, reverse=True)[: self.most]
        keys = [*frequent, *(key for key in chosen_keys if key not in frequent)]
        options = [
            Option(value, label, counts.get(key, 0), key in chosen_keys, lang, counted.is_more)
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

    def language_of(self, value):
        return ""

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
        records = self.records.in_bulk([to_python(key) for key in keys]).values()
        labelled = [(str(record), record) for record in records]
        for label, record in sorted(labelled, key=lambda pair: sort_key(pair[0])):
            yield str(record.pk), self.address_of(record), label, self.language_of(record)

    def label_of(self, value):
        return str(value)

    def language_of(self, value):
        return language_shown(value, "name")

    def address_of(self, value):
        return str(getattr(value, self.to_field_name))
