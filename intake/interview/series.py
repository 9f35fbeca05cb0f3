"""The series of interviews that an article belongs to."""

import re
import unicodedata
from functools import cache

from intake.interview.words import common_set, load


def key(text: str) -> str:
    """Letters and digits only, without accents and case, as names of series are compared."""
    text = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in text if sign.isalnum())


@cache
def _aliases() -> dict[str, str]:
    return {key(alias): aliases[0] for aliases in load("series") for alias in aliases}


@cache
def _named() -> re.Pattern[str]:
    aliases = [alias for aliases in load("series") for alias in aliases]
    return re.compile("|".join(re.escape(alias) for alias in sorted(aliases, key=len, reverse=True)), re.IGNORECASE)


def without_label(line: str) -> str:
    """“Series: Faces of the harvest” is “Faces of the harvest”."""
    label, colon, name = line.partition(":")
    return name.strip() if colon and name.strip() and label.strip().casefold() in common_set("series") else line


def series_named(line: str, known: tuple[str, ...] = ()) -> str:
    """The series whose name is this line, in the portal's words, or ""."""
    wanted = key(without_label(line))
    return _aliases().get(wanted) or next((name for name in known if wanted and key(name) == wanted), "")


def series_at_start(line: str) -> tuple[str, int] | None:
    """The series that a line opens with before a colon or a dash, and where the rest begins."""
    found = _named().match(line)
    if not found or not (rest := re.match(r"(?:\s+series)?\s*[:|–—-]\s*", line[found.end() :], re.IGNORECASE)):
        return None
    return _aliases()[key(found.group())], found.end() + rest.end()


def series_mentioned(text: str) -> tuple[str, int, int] | None:
    """The first series that a text names, and where."""
    found = _named().search(text)
    return (_aliases()[key(found.group())], found.start(), found.end()) if found else None
