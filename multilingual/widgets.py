"""Fields with suggestions, as Django's admin has them, which bear whatever is sent to them."""

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError


class _Bearing:
    """Shown anew with a form that is refused. Django asks the database for all that was sent, and fails at no key."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [each for each in value if self._may_be_a_key(each)], attr)

    def _may_be_a_key(self, value) -> bool:
        relation = self.field.remote_field
        target = relation.model._meta.get_field(getattr(relation, "field_name", relation.model._meta.pk.name))
        try:
            target.clean(value, None)
        except ValidationError:
            return False
        return "\x00" not in str(value)  # which PostgreSQL takes in no text


class SuggestingSelect(_Bearing, AutocompleteSelect):
    """One record, found by typing."""


class SuggestingSelectMultiple(_Bearing, AutocompleteSelectMultiple):
    """Several records, each found by typing."""

    def value_from_datadict(self, data, files, name):
        # The field refuses words in the place of numbers, but asks the database for numbers that no column holds.
        values = super().value_from_datadict(data, files, name) or []
        return [each if self._may_be_a_key(each) else f"?{each!s:.20}".replace("\x00", "") for each in values]
