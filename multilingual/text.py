"""Texts in several languages: which column to read, order and search, and how to sort words for people."""

import unicodedata
from collections.abc import Iterable

from django.conf import settings
from django.db.models import F, Q, TextField, Value
from django.db.models.functions import Coalesce, Collate, NullIf
from django.utils.translation import get_language
from modeltranslation.settings import AVAILABLE_LANGUAGES


def columns(field: str) -> list[str]:
    """The columns that hold the translated `field` for a reader of the language of the moment, best first.

    A language of the interface without content of its own has no columns: its readers get English.
    """
    wanted = language_of_interface()
    codes = [code for code in (wanted, settings.LANGUAGE_CODE) if code in AVAILABLE_LANGUAGES]
    return [f"{field}_{code}" for code in dict.fromkeys(codes)]


def language_of_interface() -> str:
    """The language of the moment, without its country."""
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]


# The root collation of ICU as PostgreSQL calls it; for SQLite there is one of the same name in multilingual/sqlite.py.
COLLATION = "und-x-icu"


def alphabetical(expression) -> Collate:
    """Expression for ordering by a text as people sort words: Écuador under E, capitals with small letters."""
    return Collate(expression, COLLATION)


def language_shown(record, field: str) -> str:
    """The language in which the translated `field` of `record` is shown; "" where it is that of the moment."""
    for name in columns(field):
        if getattr(record, name, None):
            language = name.removeprefix(f"{field}_")
            return "" if language == language_of_interface() else language
    return ""


def in_some_language(record, field: str) -> str:
    """The translated `field` for editors, to whom a draft that lacks English must not be without a name."""
    names = (*columns(field), *(f"{field}_{code}" for code in AVAILABLE_LANGUAGES))
    return next((text for name in names if (text := getattr(record, name, None))), "")


def in_language(field: str) -> Collate:
    """Expression for ordering by the translated `field` alphabetically, as it is shown: with fallback."""
    shown = [NullIf(F(column), Value(""), output_field=TextField()) for column in columns(field)]
    return alphabetical(Coalesce(*shown) if len(shown) > 1 else shown[0])


def lacks(path: str) -> Q:
    """Condition "there is no text in `path`", which may follow relations."""
    return Q(**{f"{path}__isnull": True}) | Q(**{path: ""})


# Letters that have no accent to take off, and which ICU sorts with these all the same.
_SORTED_AS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})


def sort_key(text: str) -> str:
    """Key that sorts Écuador under E, Łódź under L, and capitals with small letters."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_SORTED_AS))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def alphabetically(records: Iterable) -> list:
    """The `records` by their names as these are shown, as people sort words: also those without a translation.

    A database that orders by the column of a language has such names at one end, each at another one.
    """
    return sorted(records, key=lambda record: sort_key(str(record)))
