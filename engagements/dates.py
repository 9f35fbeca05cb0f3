"""Dates known to the year, the month or the day."""

import calendar
import re
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from multilingual.dates import written_day


class Precision(models.TextChoices):
    YEAR = "year", _("Year")
    MONTH = "month", _("Month")
    DAY = "day", _("Day")


WRITTEN = re.compile(r"(19[0-9]{2}|20[0-9]{2}|2100)(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?")


def parse(text: str, *, end: bool = False) -> tuple[date, Precision]:
    """The date in `text` (``2018``, ``2018-11`` or ``2018-11-19``) and its precision.

    A year or month stands for its first day, or with `end` for its last. Raises ValidationError for any other text.
    """
    wrong = ValidationError(_("Write the date as 2018, 2018-11 or 2018-11-19."))
    if not (match := WRITTEN.fullmatch(text.strip())):
        raise wrong
    numbers = [int(part) for part in match.groups() if part]
    year, month, day = [*numbers, None, None][:3]
    if month is None:
        month = 12 if end else 1
    try:
        if day is None:
            day = calendar.monthrange(year, month)[1] if end else 1
        return date(year, month, day), list(Precision)[len(numbers) - 1]
    except ValueError as error:  # the month or the day does not exist
        raise wrong from error


def to_text(value: date, precision: str) -> str:
    """The opposite of `parse`."""
    return value.isoformat()[: {"year": 4, "month": 7, "day": 10}[precision]]


def display(value: date, precision: str) -> str:
    """The date for people, in the language of the moment."""
    if precision == Precision.YEAR:
        return str(value.year)
    return date_format(value, "YEAR_MONTH_FORMAT") if precision == Precision.MONTH else written_day(value)
