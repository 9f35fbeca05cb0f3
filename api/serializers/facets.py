"""The facets of a list: by what it can be narrowed, and how many records there would be."""

from rest_framework import serializers


class FacetValueSerializer(serializers.Serializer):
    """A value that the parameter takes."""

    value = serializers.CharField(read_only=True, help_text="The value, as the parameter takes it.")
    label = serializers.CharField(read_only=True, help_text="What it stands for, in the language of the answer.")
    count = serializers.IntegerField(
        read_only=True, min_value=0, help_text="Number of records with it, all other filters kept."
    )


class FacetSerializer(serializers.Serializer):
    """A parameter by which a list can be narrowed."""

    name = serializers.CharField(read_only=True, help_text="Name of the parameter.")
    label = serializers.CharField(read_only=True, help_text="The same in words.")
    more = serializers.BooleanField(
        source="is_more",
        read_only=True,
        help_text="Whether only the first records of a long list were counted: there may be more, and other values.",
    )
    values = FacetValueSerializer(
        source="options", many=True, read_only=True, help_text="The values with records; those in force come first."
    )


class FacetsSerializer(serializers.Serializer):
    """How many records the filters in force leave, and what other values would."""

    count = serializers.SerializerMethodField(help_text="Number of records in the list.")
    facets = FacetSerializer(many=True, read_only=True, help_text="The facets that have values.")

    def get_count(self, filterset) -> int:
        length = filterset.length()
        return filterset.qs.count() if length is None else length
