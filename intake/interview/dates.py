"""Dates as the header of an article writes them, in English, Spanish and French.

The names of months and days are those of CLDR (https://cldr.unicode.org), by Babel.
"""

import re
import unicodedata
from datetime import date
from functools import cache

from babel import Locale

from intake.findings import Span
from intake.interview.words import common_set

LOCALES = ("en", "en_GB", "es", "fr")
NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?:T[\d:.+Z-]{1,30})?(?!\d)")
SEPARATOR = re.compile(r"\s*[|·•]\s*|\s+[–—-]\s+")
FIRST_YEAR, LAST_YEAR = 1900, 2100
LONGEST_LINE = 120


def plain(text: str) -> str:
    """Lower case without accents and full stops, so that “Févr.” and “fevr” are the same."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign) and sign != ".")


@cache
def _names(of: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for locale in map(Locale.parse, LOCALES):
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in getattr(locale, of)[context][width].items():
                    found.setdefault(plain(name), number)
    return found


@cache
def _pattern() -> re.Pattern[str]:
    months = "|".join(sorted(map(re.escape, _names("months")), key=len, reverse=True))
    day = r"(?P<{}>\d{{1,2}})(?:st|nd|rd|th|er|o|º|°|ª)?"
    return re.compile(
        rf"(?<!\w)(?:{day.format('day')}[\s-]*(?:de\s+|of\s+)?(?P<month>{months})\b"
        rf"|(?P<month2>{months})\s+{day.format('day2')}\b)"
        rf",?[\s-]*(?:del?\s+)?(?P<year>\d{{4}})(?!\d)"
    )


@cache
def _without_day() -> re.Pattern[str]:
    months = "|".join(sorted(map(re.escape, _names("months")), key=len, reverse=True))
    return re.compile(rf"(?:{months})\s+(?:del?\s+)?\d{{4}}")


def _date(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _find(text: str) -> tuple[date, str, str] | None:
    """The first date of a short text, and what stands before and after it, in plain letters."""
    text = text.casefold().strip()
    if found := ISO.search(text):
        made = _date(*map(int, found.group(1, 2, 3)))
    elif found := NUMERIC.search(text):
        # Day first, as the ILO writes; a second number above 12 can only be the day.
        first, second, year = map(int, found.group(1, 2, 3))
        made = _date(year, first, second) if second > 12 else _date(year, second, first)
    else:
        text = plain(text)
        found = _pattern().search(text)
        if not found:
            return None
        month = _names("months")[found["month"] or found["month2"]]
        made = _date(int(found["year"]), month, int(found["day"] or found["day2"]))
    return (made, text[: found.start()], text[found.end() :]) if made and found else None


def _labels(key: str) -> frozenset[str]:
    return frozenset(plain(word) for word in common_set(key))


def date_line(text: str) -> tuple[date | None, Span, bool] | None:
    """Reads a paragraph that is a date line and nothing else: “Article | 3 May 2021”, “Publié le 3 mai 2021”.

    Gives the date (None if only a month and a year are said), its place in the paragraph, and whether the line says
    “published” or a kind of document, so that it is a date line wherever it stands. None for any other paragraph.
    """
    if len(text) > LONGEST_LINE or not any(sign.isdigit() for sign in text):
        return None
    parts, at = [], 0
    for separator in [*SEPARATOR.finditer(text), None]:
        end = separator.start() if separator else len(text)
        parts.append(Span(at, end))
        at = separator.end() if separator else at
    dated: tuple[date | None, Span] | None = None
    labelled = False
    for part in parts:
        words = part.of(text)
        if plain(words).strip(" :") in _labels("document_kinds"):
            labelled = True
        elif (reading := _part(words)) and not dated:
            made, by_label = reading
            dated = made, part
            labelled = labelled or by_label
        elif len(words.split()) > 5 or words.rstrip().endswith((".", "?", "!")):
            return None
    return (dated[0], dated[1], labelled) if dated else None


def _part(words: str) -> tuple[date | None, bool] | None:
    """The date of a part that is a date, perhaps with a label or a day of the week before it."""
    found = _find(words)
    if not found:
        return (None, False) if _without_day().fullmatch(plain(words).strip()) else None
    made, before, after = found
    before = plain(before).strip(" :,(|-")
    after = plain(after).strip(" ),|-")
    label = ""
    for known in sorted(_labels("published") | _labels("updated") | _labels("document_kinds"), key=len, reverse=True):
        if before == known or before.startswith((known + " ", known + ":")):
            label, before = known, before[len(known) :].strip(" :,")
            break
    before = before.removeprefix("le ").removeprefix("el ").strip(" ,")
    placed = len(before.split()) <= 3 and words.strip()[:1].isupper() and "," in words and not label
    # A place may stand before the date, as in “Geneva, 3 May 2021”.
    if before and before not in _names("days") and before not in ("le", "el", "on") and not placed:
        return None
    if after and not re.fullmatch(r"(?:(?:at|a las|a|-)?\s*)?\d{1,2}[:h]\d{2}(?:\s*\w{1,5})?", after):
        return None
    return made, bool(label) and label not in ("le", "el", "on")
