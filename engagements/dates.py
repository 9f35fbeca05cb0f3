"""Dates known to the year, the month or the day."""

import calendar
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _


class Precision(models.TextChoices):
    YEAR = "year", _("Year")
    MONTH = "month", _("Month")
    DAY = "day", _("Day")


def parse(text: str, *, end: bool = False) -> tuple[date, Precision]:
    """The date in `text` (``2018``, ``2018-11`` or ``2018-11-19``) and its precision.

    A year or month stands for its first day, or with `end` for its last. Raises ValidationError for any other text.
    """
    try:
        numbers = [int(part) for part in text.strip().split("-")]
        if not (1 <= len(numbers) <= 3 and 1900 <= numbers[0] <= 2100):
            raise ValueError(text)
        year, month, day = [*numbers, None, None][:3]
        month = month or (12 if end else 1)
        day = day or (calendar.monthrange(year, month)[1] if end else 1)
        return date(year, month, day), list(Precision)[len(numbers) - 1]
    except (ValueError, IndexError) as error:
        raise ValidationError(_("Write the date as 2018, 2018-11 or 2018-11-19.")) from error


def to_text(value: date, precision: str) -> str:
    """The opposite of `parse`."""
    return value.isoformat()[: {"year": 4, "month": 7, "day": 10}[precision]]


def display(value: date, precision: str) -> str:
    """The date for people, in the language of the moment."""
    if precision == Precision.YEAR:
        return str(value.year)
    return date_format(value, "YEAR_MONTH_FORMAT" if precision == Precision.MONTH else "DATE_FORMAT")
