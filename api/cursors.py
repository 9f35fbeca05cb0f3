"""Cursors: opaque texts in addresses that name a place in a list."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date, datetime
from typing import Any

from django.db.models import DateField, DateTimeField, Field, IntegerField
from django.utils.translation import gettext as _

from api.ordering import Order
from api.parameters import refuse

LONGEST = 4000  # characters
WRITTEN = re.compile(r"[A-Za-z0-9_-]+")
YEARS = range(1900, 2201)
LARGEST = 2**63  # of the numbers that a database holds


def written(content: Any) -> str:
    """The cursor that holds some plain `content`."""
    text = json.dumps(content, separators=(",", ":"), ensure_ascii=False)
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read(text: str) -> Any:
    """The content of a cursor. Raises ValueError or RecursionError where it is none."""
    if len(text) > LONGEST or not WRITTEN.fullmatch(text):
        raise ValueError
    return json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def refuse_cursor() -> None:
    """Raise BadParameters for a cursor that cannot be used."""
    refuse("cursor", _("This is no cursor of this list. Follow next and previous of an answer, or leave it out."))


# A place in the order of a queryset: the values of the row before it


def of_row(order: Order, values: list | None, *, backwards: bool = False) -> str:
    """The cursor of the page after, or `backwards` before, the row with these `values`; without, after the last row."""
    plain = values and [value.isoformat() if isinstance(value, date) else value for value in values]
    return written([order.signature, int(backwards), plain])


def row(order: Order, text: str) -> tuple[bool, list | None]:
    """The direction and the values of a cursor made by `of_row`; the beginning of the list for an empty `text`.

    Raises BadParameters for whatever is no cursor of a list in this `order`.
    """
    if not text:
        return False, None
    try:
        signature, backwards, values = read(text)
        if signature != order.signature or backwards not in (0, 1):
            raise ValueError
        if values is not None:
            steps = zip(values, order.fields, order.steps, strict=True)
            values = [_value(value, field, nullable=step.nullable) for value, field, step in steps]
    except (ValueError, TypeError, OverflowError, RecursionError):
        refuse_cursor()
    return bool(backwards), values


def _value(value: Any, field: Field, *, nullable: bool) -> Any:
    """The `value` in a cursor as one of the model `field`. Raises ValueError where it cannot be one."""
    if value is None and nullable:
        return None
    match field:
        case DateTimeField():
            return _moment(datetime.fromisoformat(_text(value)))
        case DateField():
            return _in_our_time(date.fromisoformat(_text(value)))
        case IntegerField():
            return _number(value)
    return _text(value)


def _text(value: Any) -> str:
    """The `value` if it is a text that a database can be asked for."""
    if not isinstance(value, str) or "\x00" in value:
        raise ValueError
    value.encode()  # half a character is a UnicodeEncodeError, which is a ValueError
    return value


def _number(value: Any) -> int:
    if type(value) is not int or not -LARGEST <= value < LARGEST:
        raise ValueError
    return value


def _in_our_time(value: date) -> date:
    if value.year not in YEARS:
        raise ValueError
    return value


def _moment(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError
    return _in_our_time(value)


# A place in a list that is counted


def of_number(number: int) -> str:
    """The cursor of the page that begins after so many results."""
    return written(number)


def number(text: str, most: int) -> int:
    """The number in a cursor made by `of_number`, 0 for an empty `text`. Raises BadParameters for any other."""
    if not text:
        return 0
    try:
        after = _number(read(text))
        if not 0 <= after <= most:
            raise ValueError
    except (ValueError, RecursionError):
        refuse_cursor()
    return after
