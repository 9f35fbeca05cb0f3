"""What a search found."""

from html import unescape

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.serializers.base import RESOURCES, absolute
from search.kinds import KINDS
from search.searching import Result

TYPES = [(name, kind.label) for name, kind in KINDS.items()]


def without_marks(marked: str) -> str:
    """The words of a text in which the search has marked some."""
    return unescape(marked.replace("<mark>", "").replace("</mark>", ""))


class ExtractSerializer(serializers.Serializer):
    """A piece of the record's text where it matches."""

    html = serializers.CharField(
        source="extract", read_only=True, help_text="HTML with the words that match in mark elements, and no others."
    )
    text = serializers.SerializerMethodField(help_text="The same in plain words.")
    language = serializers.SerializerMethodField(help_text="Code of the language that it is in.")

    def to_representation(self, result: Result):
        return super().to_representation(result) if result.extract else None

    def get_text(self, result: Result) -> str:
        return without_marks(result.extract)

    def get_language(self, result: Result) -> str:
        return result.extract_language or self.context["language"]


@extend_schema_field({"type": ["integer", "string"]})
class KeyField(serializers.Field):
    """The number or code of a record."""

    def to_representation(self, value) -> int | str:
        return value


class ResultSerializer(serializers.Serializer):
    """A record that was found."""

    type = serializers.ChoiceField(TYPES, source="kind.name", read_only=True, help_text="What kind of record it is.")
    id = KeyField(source="record.pk", read_only=True, help_text="Number or code of the record. It never changes.")
    url = serializers.SerializerMethodField(
        help_text="Address of the record in this API; null for interviews, which are part of a profile."
    )
    page = serializers.SerializerMethodField(help_text="Address of the record's page for people.")
    name = serializers.SerializerMethodField(help_text="Name or title.")
    extract = ExtractSerializer(
        source="*", read_only=True, allow_null=True, help_text="A piece of its text; null where it has none."
    )

    def get_url(self, result: Result) -> str | None:
        collection = RESOURCES[result.kind.name].collection
        return self._absolute(reverse(f"api:{collection}-detail", args=[result.record.pk])) if collection else None

    def get_page(self, result: Result) -> str:
        return self._absolute(result.record.get_absolute_url())

    def get_name(self, result: Result) -> str:
        return without_marks(result.title)

    def _absolute(self, address: str) -> str:
        return absolute(self.context["request"], address)


class TotalSerializer(serializers.Serializer):
    """How many records of a kind there are."""

    type = serializers.ChoiceField(TYPES, read_only=True, help_text="The kind: a value that the parameter type takes.")
    label = serializers.CharField(read_only=True, help_text="The same in words, in the language of the answer.")
    count = serializers.IntegerField(
        read_only=True, min_value=0, help_text="Number of records of it that match, counted to 1,000."
    )
    more = serializers.BooleanField(read_only=True, help_text="Whether there are more than were counted.")


class SearchSerializer(serializers.Serializer):
    """A page of what was found, the best first."""

    next = serializers.URLField(read_only=True, allow_null=True, help_text="Address of the next page.")
    previous = serializers.URLField(read_only=True, allow_null=True, help_text="Address of the page before.")
    results = ResultSerializer(
        many=True,
        read_only=True,
        help_text="The best 30 of each kind, or with the parameter type the best 200 of that kind.",
    )
    totals = TotalSerializer(many=True, read_only=True, help_text="How many match, of each kind that is found.")
    searched_for = serializers.CharField(
        read_only=True,
        allow_null=True,
        help_text="The words that were looked for where those of q are nowhere and seem to be mistyped; else null.",
    )
    every_word = serializers.BooleanField(
        read_only=True, help_text="Whether the results have all words. False where none has: they have most of them."
    )
