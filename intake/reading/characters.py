"""Makes text of any origin into characters that rules, databases and pages can count on."""

import re
import sys
import unicodedata
from functools import cache

_LINE_ENDS = re.compile("\r\n?|[\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_MOST_MARKS = 30  # on one letter: the limit of Unicode's stream-safe text format (UAX #15, section 13)
_MANY_MARKS = re.compile(rf"[^\w\s]{{{_MOST_MARKS + 1},}}")
_NOT_CHARACTERS = {"Cc", "Cf", "Cs"}  # control characters, invisible format characters, lone surrogates
# The bullets of the fonts Symbol and Wingdings, which Word writes as private characters.
_PRIVATE_BULLETS = {0xF0B7, 0xF0A7, 0xF0D8, 0xF076, 0xF0FC, 0xF0A8}


def clean(text: str) -> str:
    """`text` with "\\n" as its only line end, plain blanks, composed letters, and nothing that cannot be seen.

    No-break and other special blanks become plain ones: rules and searches then need not know them. Zero-width
    characters and soft hyphens would hide a word from a rule, and are left out.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _LINE_ENDS.sub("\n", text)
    if text.isascii():
        return text.translate(_replacements())
    # Ordering the marks on one letter takes time in the square of their number.
    text = _MANY_MARKS.sub(_with_few_marks, text.translate(_replacements()))
    return unicodedata.normalize("NFC", text)


@cache
def _replacements() -> dict[int, str | None]:
    table: dict[int, str | None] = dict.fromkeys(_PRIVATE_BULLETS, "•")
    for number in range(sys.maxunicode + 1):
        category = unicodedata.category(chr(number))
        if category in _NOT_CHARACTERS:
            table[number] = None
        elif category == "Zs":
            table[number] = " "
    return table | {ord("\n"): "\n", ord("\t"): " "}


def _with_few_marks(match: re.Match) -> str:
    kept, marks = [], 0
    for character in match[0]:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)
