"""Related records: a reference of three fields, or where `expand` names it the whole record."""

from collections.abc import Callable

from django.db.models import Expression, Prefetch, QuerySet
from django.utils.functional import cached_property
from rest_framework import serializers

from api.selecting import EVERYTHING, Selection
from api.serializers.base import RESOURCES, SelectiveSerializer
from api.serializers.fetching import by_key


class RelatedField(serializers.Field):
    """The public record, or with `many` all public records, of the kind `resource` in a relation.

    Whatever is not public is not there: a record of its own becomes null, one among several is left out.
    """

    expanded = False
    selection = EVERYTHING

    def __init__(self, resource: str, *, many: bool = False, **kwargs):
        super().__init__(read_only=True, **kwargs)
        self.resource, self.many = resource, many

    def select(self, selection: Selection, name: str) -> None:
        """Take from the `selection` of the record what concerns this field, `name`."""
        self.expanded, self.selection = selection.expands(name), selection.within(name)

    @cached_property
    def shown(self) -> SelectiveSerializer:
        """What is sent of a record."""
        full = RESOURCES[self.resource]
        return (full if self.expanded else full.reference)(selection=self.selection, context=self.context)

    @property
    def in_full(self) -> SelectiveSerializer:
        """What is sent of a record where it is expanded."""
        return RESOURCES[self.resource](context=self.context)

    def records(self) -> QuerySet:
        """The records that may be sent, with what is sent of them."""
        return self.shown.prepared(RESOURCES[self.resource].public())

    def ask(self, queryset: QuerySet) -> QuerySet:
        records = self.records() if self.many else by_key(self.records())
        return queryset.prefetch_related(Prefetch(self.source, records))

    def to_representation(self, value):
        if self.many:
            return [self.shown.to_representation(record) for record in value.all()]
        return self.shown.to_representation(value)


class CountedField(serializers.IntegerField):
    """A number that the database counts for each record; `counted` answers the expression."""

    def __init__(self, counted: Callable[[], Expression], **kwargs):
        super().__init__(read_only=True, min_value=0, **kwargs)
        self.counted = counted

    def ask(self, queryset: QuerySet) -> QuerySet:
        return queryset.annotate(**{self.source: self.counted()})


class NumberedReference(SelectiveSerializer):
    """A reference to a record whose id is a number."""

    id = serializers.IntegerField(source="pk", read_only=True, help_text="Number of the record. It never changes.")


class CodedReference(SelectiveSerializer):
    """A reference to a record whose id is a code."""

    id = serializers.CharField(source="pk", read_only=True, help_text="Code of the record. It never changes.")
