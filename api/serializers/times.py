"""When a record came to the public and when it changed."""

from rest_framework import serializers

from api.serializers.base import ResourceSerializer


class DatedSerializer(ResourceSerializer):
    """A record that editors publish."""

    published_at = serializers.DateTimeField(
        source="publish_at", read_only=True, help_text="When the record became public (RFC 3339)."
    )
    updated_at = serializers.DateTimeField(read_only=True, help_text="When the record was last changed (RFC 3339).")

    def get_fields(self):
        """The two come last: what the record says is of more interest."""
        fields = super().get_fields()
        times = {name: fields.pop(name) for name in ("published_at", "updated_at") if name in fields}
        return fields | times
