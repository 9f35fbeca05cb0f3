"""Keeps texts from being taken for formulas by the program that opens a sheet.

A spreadsheet calculates what begins like a formula, in a CSV file too, and a formula can send the sheet away. An
apostrophe before it makes it text.
"""

import re

_LIKE_A_FORMULA = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")


def disarmed(text: str) -> str:
    """The text as it is written to a cell."""
    return f"'{text}" if _LIKE_A_FORMULA.match(text) else text


def armed(text: str) -> str:
    """The opposite of `disarmed`."""
    return text[1:] if text.startswith("'") and _LIKE_A_FORMULA.match(text) else text
