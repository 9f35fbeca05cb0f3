"""The pages' filters, asked strictly, for data that programs take: what a page leaves out with a message is refused.

A file or an answer must not quietly hold something else than was asked for.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from listing.fields import KnownChoicesField
from listing.filters import ListingFilterSet

SHOWN = 5  # of the values that are not known
LONGEST = 50  # characters of a name or value that is repeated


@dataclass(frozen=True)
class Fault:
    """A parameter that cannot be used: its name, and what is wrong with it and what to do, in words."""

    parameter: str
    detail: str

    def __str__(self):
        return f"{self.parameter}: {self.detail}"


def faults(filterset: ListingFilterSet, *, ignored: Container[str] = ("page",)) -> list[Fault]:
    """What is wrong with the parameters that a `filterset` was given, but for the names that are `ignored`."""
    names = [name for name in filterset.data if name not in ignored]
    return [*unknown_parameters(names, filterset.filters), *refused_values(filterset.form)]


def unknown_parameters(names: Iterable[str], known: Iterable[str]) -> list[Fault]:
    """A fault for each of the `names` that is not one of the parameters `known`."""
    detail = _("There is no such parameter here. Leave it out. Known are: %(names)s.") % {"names": ", ".join(known)}
    return [Fault(repeated(name), detail) for name in names if name not in known]


def refused_values(form: forms.Form) -> list[Fault]:
    """A fault for each value of the `form` that cannot be used."""
    return [
        Fault(name, _detail(form.fields[name], error))
        for name, errors in form.errors.as_data().items()
        for error in errors
    ]


def repeated(text: str) -> str:
    """What somebody wrote in an address, fit to be shown."""
    shown = "".join(
        character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text[:LONGEST]
    )
    return shown if len(text) <= LONGEST else f"{shown}…"


def _detail(field: forms.Field, error: ValidationError) -> str:
    """Pages say besides that the list goes without the value."""
    match error.code:
        case "unknown":
            return _unknown(field.unknown, field)
        case "invalid_choice":
            return _unknown([error.params["value"]], field)
        case "before_first":
            return _("This year is before year_from. Give the same year or a later one.")
    return " ".join(error.messages)


def _unknown(values: list, field: forms.Field) -> str:
    named = ", ".join(_("“%(text)s”") % {"text": repeated(str(value))} for value in values[:SHOWN])
    message = ngettext("This value is not known: %(values)s.", "These values are not known: %(values)s.", len(values))
    return f"{message % {'values': named}} {_what_is_known(field)}"


def _what_is_known(field: forms.Field) -> str:
    if isinstance(field, KnownChoicesField | forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        names = field.choices if isinstance(field, KnownChoicesField) else [key for key, _label in field.choices]
        return _("Known are: %(names)s.") % {"names": ", ".join(map(str, names))}
    return _("Look it up in the filters of the page, or in the facets of the API.")
