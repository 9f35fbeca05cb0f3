"""Days as people write them in each language, where Django's date formats do not suffice.

Sources: for “1er” the Imprimerie nationale's Lexique des règles typographiques; for the hyphen in Spanish the
Ortografía of the Real Academia Española (2010), which joins the ends of a period by it; for the dash elsewhere CLDR's
patterns of intervals.
"""

import re
from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.formats import get_format

from multilingual.text import language_of_interface

FIRST_OF_A_MONTH = {"fr": "1er"}
BETWEEN_DAYS = {"es": "-"}

_DAY_IN_A_FORMAT = re.compile(r"(?<!\\)j")


def written_day(value: date) -> str:
    """A day: 1 May 2019, 1 de mayo de 2019, 1er mai 2019."""
    return _written(value, _number(value))


def written_days(first: date, last: date) -> str:
    """The days from `first` to `last` of one month: 1–3 May 2019, 1-3 de mayo de 2019, 1er–3 mai 2019."""
    return _written(last, _number(first) + BETWEEN_DAYS.get(language_of_interface(), "–") + _number(last))


def _number(value: date) -> str:
    first = FIRST_OF_A_MONTH.get(language_of_interface())
    return first if first and value.day == 1 else str(value.day)


def _written(value: date, days: str) -> str:
    """The date in the language's own form, with `days` in the place of the day."""
    escaped = "".join(f"\\{character}" for character in days)
    return format_date(value, _DAY_IN_A_FORMAT.sub(lambda _match: escaped, get_format("DATE_FORMAT")))
