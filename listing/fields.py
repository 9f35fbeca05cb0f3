"""Form fields of filters: a value that is not known is reported, and the known ones beside it still count."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

UNKNOWN_VALUES = ngettext_lazy(
    "This value is not known here and was left out: %(values)s. Choose from the list.",
    "These values are not known here and were left out: %(values)s. Choose from the list.",
    "count",
)


class KnownValuesField(forms.Field):
    """Several values, of which the known ones are the cleaned value, in order, and `unknown` keeps the others.

    Subclasses define `known(values)`: what each known one among the texts `values` stands for.
    """

    widget = forms.SelectMultiple

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.unknown: list[str] = []

    def clean(self, value):
        values = [text for text in dict.fromkeys(value or []) if text]
        # PostgreSQL refuses a text with a zero byte altogether.
        known = self.known([text for text in values if "\x00" not in text])
        self.unknown = [text for text in values if text not in known]
        return [known[text] for text in values if text in known]


class KnownChoicesField(KnownValuesField):
    """Values of a fixed list of `choices` as (key, label) pairs."""

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.choices = dict(choices)

    def known(self, values):
        return {text: text for text in values if text in self.choices}


class KnownRecordsField(KnownValuesField):
    """Records of `queryset`, each given by its field `to_field_name`."""

    def __init__(self, *args, queryset, to_field_name: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.queryset = queryset
        self.to_field_name = to_field_name

    def known(self, values):
        if not values:
            return {}
        records = self.queryset.filter(**{f"{self.to_field_name}__in": values})
        return {str(getattr(record, self.to_field_name)): record for record in records}


class ListingForm(forms.Form):
    """The form of a FilterSet."""

    def clean(self):
        cleaned = super().clean()
        for name, field in self.fields.items():
            if unknown := getattr(field, "unknown", None):
                values = ", ".join(gettext("“%(text)s”") % {"text": text[:50]} for text in unknown[:5])
                known = cleaned[name]
                message = UNKNOWN_VALUES % {"values": values, "count": len(unknown)}
                self.add_error(name, ValidationError(message, code="unknown"))
                cleaned[name] = known
        if (first := cleaned.get("year_from")) and (last := cleaned.get("year_to")) and first > last:
            message = _("This year is before the first year. It was left out.")
            self.add_error("year_to", ValidationError(message, code="before_first"))
        return cleaned


@dataclass(frozen=True)
class Problem:
    """A value that was refused: the label of its field, the field's `id` on the page if it is seen, and what to do."""

    label: str
    field_id: str
    message: str


def problems(form: forms.Form, names: Iterable[str] | None = None) -> list[Problem]:
    """The values of `form` that were refused, in the order of its fields or of these `names`: for the summary above."""
    return [
        Problem(capfirst(str(field.label)), "" if field.is_hidden else field.auto_id, error)
        for field in (form[name] for name in (form.fields if names is None else names))
        for error in field.errors
    ]
