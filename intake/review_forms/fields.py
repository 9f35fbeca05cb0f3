"""Fields of a review. Each says two things of what was typed: what it means, or that it means nothing (`clean`), and
how a half-finished review keeps it, whatever it is (`keep`)."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intake.review_forms.choices import Named
from intake.review_forms.widgets import (
    LeanCheckbox,
    LeanCheckboxes,
    LeanDateInput,
    LeanSelect,
    LeanTextarea,
    LeanTextInput,
    LeanURLInput,
)

FIRST_YEAR, LAST_YEAR = 1900, 2100
LONGEST_KEY = 18  # digits: what databases take


def as_text(typed) -> str:
    """What was typed, with the line ends of the portal and without characters that a database refuses."""
    return str(typed or "").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


class Kept:
    """Mixin of the fields: how a review keeps what was typed, and whether the field takes the width of the form."""

    is_wide = False

    def keep(self, typed):
        return as_text(typed)


class TextField(Kept, forms.CharField):
    """A line, or with `rows` several."""

    def __init__(self, *, rows: int = 0, is_wide: bool = False, **kwargs):
        self.is_wide = is_wide or rows > 0
        attributes = {"class": "vLargeTextField", "rows": rows} if rows else {"class": "vTextField"}
        kwargs.setdefault("widget", (LeanTextarea if rows else LeanTextInput)(attributes))
        super().__init__(required=False, **kwargs)


class LinkField(Kept, forms.URLField):
    def __init__(self, **kwargs):
        super().__init__(required=False, assume_scheme="https", widget=LeanURLInput({"class": "vURLField"}), **kwargs)


class TickField(Kept, forms.BooleanField):
    def __init__(self, **kwargs):
        super().__init__(required=False, widget=LeanCheckbox, **kwargs)

    def keep(self, typed):
        return bool(typed)


class YearField(Kept, forms.IntegerField):
    def __init__(self, **kwargs):
        # No field for numbers: browsers would throw away what is none before anybody could put it right.
        widget = LeanTextInput({"inputmode": "numeric", "class": "intake-year", "size": 6})
        super().__init__(required=False, widget=widget, **kwargs)
        message = _("Write a year between 1900 and 2100.")
        self.error_messages["invalid"] = message
        self.validators = [MinValueValidator(FIRST_YEAR, message), MaxValueValidator(LAST_YEAR, message)]

    def keep(self, typed):
        text = as_text(typed).strip()
        if not text:
            return None
        return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else text


class NumberField(Kept, forms.IntegerField):
    """A place in a list, from 1."""

    def __init__(self, **kwargs):
        widget = LeanTextInput({"inputmode": "numeric", "size": 4, "autocomplete": "off"})
        super().__init__(required=False, min_value=1, widget=widget, **kwargs)


class DayField(Kept, forms.DateField):
    """A day, as a browser sends it. One kept may also be a text, as in “spring 2019”."""

    def __init__(self, **kwargs):
        widget = LeanDateInput({"type": "date", "class": "vDateField"}, format="%Y-%m-%d")
        super().__init__(required=False, widget=widget, input_formats=["%Y-%m-%d"], **kwargs)

    def prepare_value(self, value):
        try:
            return date.fromisoformat(value) if isinstance(value, str) else value
        except ValueError:
            return value

    def keep(self, typed):
        return as_text(typed).strip()


class ChoiceField(Kept, forms.ChoiceField):
    """One of a list, or nothing. `whole` is whether the keys are numbers."""

    def __init__(self, *, empty: str = "—", whole: bool = False, choices=(), **kwargs):
        self.empty, self.whole = empty, whole
        super().__init__(required=False, widget=LeanSelect, choices=[("", empty), *choices], **kwargs)
        self.error_messages["invalid_choice"] = _("Choose one of the list.")

    def offer(self, choices) -> None:
        self.choices = [("", self.empty), *choices]

    def keep(self, typed):
        text = as_text(typed)
        if self.whole:
            return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY else None
        return text


class TopicsField(Kept, forms.MultipleChoiceField):
    def __init__(self, **kwargs):
        super().__init__(required=False, widget=LeanCheckboxes, **kwargs)

    def keep(self, typed):
        return [as_text(each) for each in typed or []]


class OrganisationField(ChoiceField):
    """One of the organisations of the review, which the form knows by their ids and the review by their names."""

    def offer(self, choices):
        super().offer([(key, name) for key, name in choices if name])
        self.names = dict(choices)

    def prepare_value(self, value):
        return next((key for key, name in self.names.items() if name and name == value), value)

    def keep(self, typed):
        text = as_text(typed)
        return self.names.get(text, text)


class OrganisationsField(Kept, forms.MultipleChoiceField):
    """Several of the organisations of the review."""

    is_wide = True

    def __init__(self, **kwargs):
        super().__init__(required=False, widget=LeanCheckboxes, **kwargs)

    def offer(self, choices) -> None:
        self.choices = [(key, name) for key, name in choices if name]
        self.names = dict(choices)

    def prepare_value(self, value):
        ids = {name: key for key, name in self.names.items()}
        return [ids.get(each, each) for each in value or []]

    def keep(self, typed):
        names = (self.names.get(text, text) for text in map(as_text, typed or []))
        return list(dict.fromkeys(name for name in names if name))


class NamedField(Kept, forms.CharField):
    """Base: a name that is typed with suggestions, and kept as its key where it is known."""

    suggestions = ""
    unknown = ""
    named = Named({})

    def __init__(self, **kwargs):
        widget = LeanTextInput({"list": self.suggestions, "class": "vTextField", "autocomplete": "off"})
        super().__init__(required=False, widget=widget, **kwargs)

    def prepare_value(self, value):
        return self.named.names.get(value, value)

    def keep(self, typed):
        text = as_text(typed).strip()
        return self.named.key_of(text) or text

    def clean(self, value):
        text = super().clean(value)
        if text and self.named.key_of(text) is None:
            raise ValidationError(self.unknown % {"name": text})
        return self.keep(text)


class CountryField(NamedField):
    suggestions = "intake-countries"
    unknown = _("No country is called “%(name)s”. Choose one of the list.")


class ProgrammeField(NamedField):
    suggestions = "intake-programmes"
    unknown = _("No programme is called “%(name)s”. Choose one of the list, or add it under “Programmes”.")


class LinesField(Kept, forms.CharField):
    """Several names, one a line."""

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", _("One a line."))
        widget = LeanTextarea({"class": "vLargeTextField intake-lines", "rows": 2})
        super().__init__(required=False, widget=widget, **kwargs)

    def prepare_value(self, value):
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def keep(self, typed):
        return [line for each in as_text(typed).split("\n") if (line := each.strip())]

    def clean(self, value):
        return self.keep(super().clean(value))


class CountriesField(LinesField):
    """The names of countries, one a line, kept as their codes where they are known."""

    named = Named({})

    def prepare_value(self, value):
        if isinstance(value, list):
            value = [self.named.names.get(each, each) for each in value]
        return super().prepare_value(value)

    def keep(self, typed):
        return list(dict.fromkeys(self.named.key_of(line) or line for line in super().keep(typed)))

    def clean(self, value):
        codes = super().clean(value)
        if unknown := [code for code in codes if code not in self.named.names]:
            raise ValidationError(gettext("No country is called so: %(names)s.") % {"names": ", ".join(unknown)})
        return codes
