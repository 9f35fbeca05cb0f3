"""What all answers have in common: records of which a part may be asked for, and what they ask of the database."""

from typing import ClassVar

from django.db.models import Model, Prefetch, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from rest_framework import serializers

from api.selecting import EVERYTHING, Selection

# The serializer of each resource, by its name: "programme" → ProgrammeSerializer.
RESOURCES: dict[str, type["ResourceSerializer"]] = {}


class SelectiveSerializer(serializers.Serializer):
    """Sends the fields of the `selection` alone.

    A field that needs more than the record's own columns has a method `ask`, which adds it to the queryset. So what is
    not sent is not asked for, and what is sent is asked for once for all records.
    """

    def __init__(self, *args, selection: Selection = EVERYTHING, **kwargs):
        self.selection = selection
        super().__init__(*args, **kwargs)

    def get_fields(self):
        fields = {name: field for name, field in super().get_fields().items() if self.selection.wants(name)}
        for name, field in fields.items():
            part = getattr(field, "child", field)
            if isinstance(part, SelectiveSerializer):
                part.selection = self.selection.within(name)
            elif hasattr(field, "select"):
                field.select(self.selection, name)
        return fields

    def prepared(self, queryset: QuerySet) -> QuerySet:
        """The `queryset` with all that the fields sent need, and nothing else."""
        for field in self.fields.values():
            part = getattr(field, "child", field)
            if isinstance(part, PartSerializer):
                queryset = part.ask(queryset, field.source)
            elif hasattr(field, "ask"):
                queryset = field.ask(queryset)
        return queryset


class PartSerializer(SelectiveSerializer):
    """Part of a record, sent within it: `parts()` are the rows that it is made of, None where that is the record.

    Where there can be any number of them, only the first `most` are sent; `relation` is then where they are, and the
    field's source another name, under which the record gets these.
    """

    relation: ClassVar[str] = ""
    most: ClassVar[int | None] = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"read_only": True} | kwargs)

    def parts(self) -> QuerySet | None:
        return None

    def ask(self, queryset: QuerySet, source: str) -> QuerySet:
        """The `queryset` with these parts, as the `source` of the field that sends them."""
        parts = self.parts()
        if parts is None:
            return self.prepared(queryset)
        parts = self.prepared(parts)
        if self.most is None:
            return queryset.prefetch_related(Prefetch(source, parts))
        return queryset.prefetch_related(Prefetch(self.relation, parts[: self.most], to_attr=source))


class ResourceSerializer(SelectiveSerializer):
    """A kind of record with an address of its own.

    `resource` is the name of the kind, `collection` the last part of the list's address, `public()` what anybody may
    see, in the order in which relations list it.
    """

    resource: ClassVar[str] = ""
    collection: ClassVar[str] = ""
    reference: ClassVar[type["SelectiveSerializer"]]

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if cls.resource:
            RESOURCES[cls.resource] = cls

    @staticmethod
    def public() -> QuerySet:
        raise NotImplementedError


class AddressField(serializers.URLField):
    """The absolute API address of a record of the `collection`."""

    def __init__(self, collection: str, **kwargs):
        kwargs = {
            "source": "*",
            "read_only": True,
            "help_text": "Address of the record in this API. It never changes.",
        } | kwargs
        super().__init__(**kwargs)
        self.collection = collection

    @cached_property
    def of_list(self) -> str:
        return absolute(self.context["request"], reverse(f"api:{self.collection}-list"))

    def to_representation(self, value: Model) -> str:
        # Not by reverse(), which takes longer than all the rest of a reference. Keys are numbers and codes.
        return f"{self.of_list}{value.pk}/"


class PageField(serializers.URLField):
    """The absolute address of a record's page, in the language of the answer."""

    def __init__(self, **kwargs):
        kwargs = {
            "source": "*",
            "read_only": True,
            "help_text": "Address of the record's page for people, in the language of the answer. It may change.",
        } | kwargs
        super().__init__(**kwargs)

    def to_representation(self, value: Model) -> str:
        return absolute(self.context["request"], value.get_absolute_url())


class ListAddressField(serializers.URLField):
    """The absolute address of a list of the `collection`, filtered by this record: its `key` in `parameter`."""

    def __init__(self, collection: str, parameter: str, key: str, **kwargs):
        super().__init__(source=key, read_only=True, **kwargs)
        self.collection, self.parameter = collection, parameter

    @cached_property
    def of_list(self) -> str:
        return absolute(self.context["request"], reverse(f"api:{self.collection}-list"))

    def to_representation(self, value) -> str:
        return f"{self.of_list}?{self.parameter}={value}"


def absolute(request, address: str) -> str:
    """The absolute form of an `address`, which is a path on this site or absolute already."""
    # The origin is found once for an answer with its hundreds of addresses.
    return f"{request.origin}{address}" if address.startswith("/") else address
