"""What a cell of a sheet holds, as text: read and written by widgets of django-import-export.

Reading a cell answers a value or raises ValidationError, which says what to write instead. The widgets that the library
brings read more than they should (5.7 is the whole number 5, “maybe” is no) and ask one query a cell.
"""

import re
from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from import_export.widgets import Widget

from engagements import dates
from engagements.dates import Precision
from richtext.forms import RichTextFormField

SEPARATOR = "; "
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def canonical(text: str) -> str:
    """The text as cells can hold it: lines end with a line feed, nothing invisible, no space around it."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


class Text(Widget):
    """Any text."""

    allowed = _("text")

    def clean(self, value, row=None, **kwargs) -> str:
        return value

    def render(self, value, obj=None, **kwargs) -> str:
        return canonical(value or "")


class RichText(Text):
    """A rich text: HTML as it is stored, or plain text, whose empty lines part paragraphs; sanitised as in a form."""

    allowed = _("plain text, with an empty line between paragraphs; or HTML, as an export has it")

    def __init__(self):
        super().__init__()
        self.field = RichTextFormField(required=False)

    def clean(self, value, row=None, **kwargs) -> str:
        return self.field.clean(value)


class Number(Widget):
    """A whole number."""

    allowed = _("a whole number")

    def clean(self, value, row=None, **kwargs) -> int | None:
        if not value:
            return None
        if not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
            raise ValidationError(
                _("“%(value)s” is no whole number. Write only digits, as in 1200."), params={"value": value}
            )
        return int(value)

    def render(self, value, obj=None, **kwargs) -> int | str:
        return "" if value is None else value


class YesNo(Widget):
    """Yes or no; an empty cell means no."""

    allowed = _("yes or no")
    values = ("yes", "no")
    words = {
        **dict.fromkeys(["yes", "y", "x", "1", "true", "sí", "si", "oui", "verdadero", "vrai"], True),
        **dict.fromkeys(["no", "n", "0", "false", "non", "falso", "faux", ""], False),
    }

    def clean(self, value, row=None, **kwargs) -> bool:
        try:
            return self.words[value.casefold()]
        except KeyError as error:
            raise ValidationError(
                _("“%(value)s” is neither yes nor no. Write yes or no."), params={"value": value}
            ) from error

    def render(self, value, obj=None, **kwargs) -> str:
        return "yes" if value else "no"


class Day(Widget):
    """A date known to the day."""

    allowed = _("a date, as in 2024-05-01")

    def clean(self, value, row=None, **kwargs) -> date | None:
        try:
            return date.fromisoformat(value) if value else None
        except ValueError as error:
            raise ValidationError(
                _("“%(value)s” is no date. Write year, month and day, as in 2024-05-01."), params={"value": value}
            ) from error

    def render(self, value, obj=None, **kwargs) -> str:
        return value.isoformat() if value else ""


class PartialDate(Widget):
    """A date known to the year, the month or the day: its value is what `engagements.dates.parse` answers."""

    allowed = _("a date as precise as is known: 2018, 2018-11 or 2018-11-19")

    def __init__(self, *, end: bool = False):
        super().__init__()
        self.end = end

    def clean(self, value, row=None, **kwargs) -> tuple[date, Precision] | None:
        return dates.parse(value, end=self.end) if value else None

    def render(self, value, obj=None, **kwargs) -> str:
        return dates.to_text(*value) if value else ""


class Choice(Widget):
    """One of a few fixed values; its name in the language of the moment is understood as well."""

    def __init__(self, choices: Iterable[tuple[str, str]]):
        super().__init__()
        self.choices = list(choices)

    @property
    def values(self) -> list[str]:
        return [value for value, _label in self.choices]

    @property
    def allowed(self) -> str:
        return ", ".join(f"{value} ({label})" for value, label in self.choices)

    @cached_property
    def _known(self) -> dict[str, str]:
        labels = {str(label).casefold(): value for value, label in self.choices}
        return labels | {value.casefold(): value for value in self.values}

    def clean(self, value, row=None, **kwargs) -> str:
        if value and value.casefold() not in self._known:
            raise ValidationError(
                _("“%(value)s” is not one of the values: %(allowed)s."),
                params={"value": value, "allowed": ", ".join(self.values)},
            )
        return self._known[value.casefold()] if value else ""


class OneOf(Widget):
    """Another record by its key, such as a country by its code. All keys come from one query, asked when first needed.

    `unknown` is the message for a key that is none, with the placeholder `value`.
    """

    def __init__(self, model: type[Model], key: str, allowed: str, unknown: str):
        super().__init__()
        self.model, self.key, self.allowed, self.unknown = model, key, allowed, unknown

    @cached_property
    def keys(self) -> dict:
        """Key of the record by its primary key."""
        keys = self.model._base_manager.order_by(self.key).values_list("pk", self.key)
        return {pk: canonical(str(key)) for pk, key in keys}

    @property
    def values(self) -> list[str]:
        return [key for key in self.keys.values() if key]

    @cached_property
    def _pks(self) -> dict:
        exact = {key: pk for pk, key in self.keys.items() if key}
        return {key.casefold(): pk for key, pk in exact.items()} | exact

    def pk_of(self, value: str):
        for key in (value, value.casefold()):
            if key in self._pks:
                return self._pks[key]
        raise ValidationError(self.unknown, params={"value": value})

    def clean(self, value, row=None, **kwargs):
        return self.pk_of(value) if value else None

    def render(self, value, obj=None, **kwargs) -> str:
        return self.keys[value] if value is not None else ""


class SeveralOf(OneOf):
    """Several records by their keys, separated by semicolons; each counts once."""

    def clean(self, value, row=None, **kwargs) -> tuple:
        return tuple(dict.fromkeys(self.pk_of(part) for part in _parts(value)))

    def render(self, value, obj=None, **kwargs) -> str:
        return SEPARATOR.join(sorted(self.keys[pk] for pk in value))


class WithRole(SeveralOf):
    """Several records, each with a role after a colon (`slug:role`); without one it is `usual`."""

    def __init__(self, *args, roles: Iterable[tuple[str, str]], usual: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.role, self.usual = Choice(roles), usual

    def clean(self, value, row=None, **kwargs) -> tuple:
        found = {}
        for part in _parts(value):
            key, _colon, role = part.partition(":")
            pk = self.pk_of(key.strip())
            if pk in found:
                raise ValidationError(_("“%(value)s” is named twice. Name each person once."), params={"value": key})
            found[pk] = self.role.clean(role.strip()) or self.usual
        return tuple(found.items())

    def render(self, value, obj=None, **kwargs) -> str:
        return SEPARATOR.join(f"{self.keys[pk]}:{role}" for pk, role in value)


def _parts(value: str) -> list[str]:
    return [part.strip() for part in value.split(";") if part.strip()]


# How records that others point to are named in a cell: the key, what to write, and the message for what is no key.
KEYS = {
    "codelists.Country": (
        "code",
        _("a country code of two letters (ISO 3166-1), as in PE"),
        _("“%(value)s” is no country code. Look it up in the list of countries."),
    ),
    "codelists.Sector": (
        "code",
        _("the letter of a sector (ISIC), as in A"),
        _("“%(value)s” is no code of a sector. Look it up in the list of sectors."),
    ),
    "codelists.Language": (
        "code",
        _("a language code (ISO 639), as in es"),
        _("“%(value)s” is no language code. Look it up in the list of languages."),
    ),
    "codelists.DeliveryMode": (
        "code",
        _("the code of a delivery mode"),
        _("“%(value)s” is no code of a delivery mode. Look it up in the list of delivery modes."),
    ),
    "codelists.SustainableDevelopmentGoal": (
        "number",
        _("the number of a goal, 1 to 17"),
        _("“%(value)s” is no number of a Sustainable Development Goal. They go from 1 to 17."),
    ),
    "codelists.Topic": (
        "slug",
        _("the slug of a topic"),
        _("“%(value)s” is no slug of a topic. Look it up in the list of topics."),
    ),
    "organisations.Organisation": (
        "slug",
        _("the slug of an organisation"),
        _("There is no organisation with the slug “%(value)s”. Add it first, or correct the slug."),
    ),
    "organisations.Office": (
        "name_en",
        _("the English name of an office"),
        _("There is no office with the English name “%(value)s”. Look it up in the list of offices."),
    ),
    "programmes.Programme": (
        "slug",
        _("the slug of a programme"),
        _("There is no programme with the slug “%(value)s”. Add it first, or correct the slug."),
    ),
    "profiles.Profile": (
        "slug",
        _("the slug of a profile"),
        _("There is no profile with the slug “%(value)s”. Add it first, or correct the slug."),
    ),
}
# After what one value is, in the explanation of a column.
SEVERAL = _("; several are separated by “; ”")
