"""When an activity was or will be, by IATI's code list ActivityDateType and its rules on dates.

Sources: IATI Standard 2.03, activity-date, and its Standard Ruleset: an activity has a start; actual dates are not in
the future; a start is not after the end of its kind.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from django.utils.translation import gettext as _

from engagements import dates
from engagements.dates import Precision
from engagements.models import Engagement
from iati.narratives import Texts, in_every_language

Status = Engagement.ActivityStatus


class DateType(StrEnum):
    """IATI's code list ActivityDateType."""

    PLANNED_START = "1"
    ACTUAL_START = "2"
    PLANNED_END = "3"
    ACTUAL_END = "4"


@dataclass(frozen=True)
class ActivityDate:
    """A day as IATI wants it. What is known of it less exactly is said in `note`."""

    type: DateType
    day: date
    note: Texts = ()


def activity_dates(engagement: Engagement) -> Iterator[ActivityDate]:
    """The start, and the end where one is known or over.

    A date is an actual one where the status says so and it had come when the engagement was last changed. So the
    answer follows from the record alone and not from the day of asking, and an actual date is never in the future.
    An engagement that is over and has no end was over in the period in which it began, as on the portal's pages.
    """
    as_of = engagement.last_changed.date()
    start, start_precision = engagement.start_date, engagement.start_precision
    end, end_precision = engagement.end_date, engagement.end_precision
    begun = (
        engagement.activity_status not in (Status.PIPELINE, Status.CANCELLED)
        and first_day(start, start_precision) <= as_of
    )
    start_type = DateType.ACTUAL_START if begun else DateType.PLANNED_START
    yield ActivityDate(start_type, first_day(start, start_precision), _note(start, start_precision))
    if end is None and begun and engagement.activity_status == Status.CLOSED:
        end, end_precision = start, start_precision
    if end is None:
        return
    over = begun and engagement.activity_status in (Status.FINALISATION, Status.CLOSED)
    last, note = last_day(end, end_precision), _note(end, end_precision)
    if over and first_day(end, end_precision) <= as_of and (end_precision != Precision.DAY or last <= as_of):
        # Over within a year or month that was not over itself: at the latest on the day when this was written.
        yield ActivityDate(DateType.ACTUAL_END, min(last, as_of), note)
    else:
        yield ActivityDate(DateType.PLANNED_END, last, note)


def first_day(value: date, precision: str) -> date:
    """The first day that a date known to the `precision` can mean."""
    match precision:
        case Precision.YEAR:
            return value.replace(month=1, day=1)
        case Precision.MONTH:
            return value.replace(day=1)
    return value


def last_day(value: date, precision: str) -> date:
    """The last day that a date known to the `precision` can mean."""
    match precision:
        case Precision.YEAR:
            return value.replace(month=12, day=31)
        case Precision.MONTH:
            return value.replace(day=calendar.monthrange(value.year, value.month)[1])
    return value


@lru_cache(maxsize=5000)
def _note(value: date, precision: str) -> Texts:
    if precision == Precision.DAY:
        return ()
    return in_every_language(
        lambda: _("%(date)s; the exact day is not known") % {"date": dates.display(value, precision)}
    )
