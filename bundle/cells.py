"""What a cell holds: how a value is written, read back and described, by the model field that keeps it."""

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models

from bundle.stored import FILE_NAME
from publishing.images.framing import Framing
from publishing.images.renditions import original_of

# What databases keep in a field, whichever database it is.
BOUNDS = {
    "PositiveSmallIntegerField": (0, 32_767),
    "PositiveIntegerField": (0, 2_147_483_647),
    "PositiveBigIntegerField": (0, 2**63 - 1),
    "BigAutoField": (1, 2**63 - 1),
}
SLUG = r"^[-a-zA-Z0-9_]+$"  # what addresses are made of
WEB_ADDRESS = r"^([hH][tT][tT][pP]|[fF][tT][pP])[sS]?://.+$"  # no other may become a link


@dataclass(frozen=True)
class Cell:
    """A kind of cell: its type in the descriptor, its constraints, and the two ways.

    `write` gets a value that is not None. `read` gets a text and raises ValueError, saying what is wrong.
    """

    type: str
    write: Callable[[Any], str]
    read: Callable[[str], Any]
    constraints: dict[str, Any] = field(default_factory=dict)
    format: str = "default"


def cell_of(kept: models.Field) -> Cell:
    """The cell for what the field keeps; of a link to another record, its key."""
    while kept.remote_field:
        kept = kept.target_field
    internal = kept.get_internal_type()
    if internal in BOUNDS:
        return _integer(kept, *BOUNDS[internal])
    simple = {"BooleanField": BOOLEAN, "DateField": DATE, "DateTimeField": MOMENT, "JSONField": FRAMING}
    if internal in simple:
        return simple[internal]
    if internal == "DecimalField":
        return _number(kept)
    return _text(kept)


def _validators(kept: models.Field, kind: type) -> list:
    # As declared: `validators` has also those of the database in use.
    return [one for one in kept.deconstruct()[3].get("validators", []) if isinstance(one, kind)]


def _integer(kept: models.Field, least: int, most: int) -> Cell:
    least = max([least, *(one.limit_value for one in _validators(kept, MinValueValidator))])
    most = min([most, *(one.limit_value for one in _validators(kept, MaxValueValidator))])

    def read(text: str) -> int:
        if not re.fullmatch("-?[0-9]{1,19}", text):
            raise ValueError("is no whole number")
        if not least <= (number := int(text)) <= most:
            raise ValueError(f"is not from {least} to {most}")
        return number

    return Cell("integer", str, read, {"minimum": least, "maximum": most})


def _number(kept: models.DecimalField) -> Cell:
    step = Decimal(1).scaleb(-kept.decimal_places)
    digits = kept.max_digits - kept.decimal_places

    def read(text: str) -> Decimal:
        if not re.fullmatch(rf"-?[0-9]{{1,{digits}}}(\.[0-9]{{1,{kept.decimal_places}}})?", text):
            raise ValueError(f"is no number with up to {kept.decimal_places} decimals")
        return Decimal(text)

    return Cell("number", lambda value: format(value.quantize(step), "f"), read)


def _text(kept: models.Field) -> Cell:
    constraints: dict[str, Any] = {}
    if isinstance(kept, models.FileField):
        constraints["pattern"] = FILE_NAME
    elif isinstance(kept, models.URLField):
        constraints["pattern"] = WEB_ADDRESS
    elif isinstance(kept, models.SlugField):
        constraints["pattern"] = SLUG
    elif patterns := _validators(kept, RegexValidator):
        constraints["pattern"] = patterns[0].regex.pattern
    if kept.max_length:
        constraints["maxLength"] = kept.max_length
    if kept.choices:
        constraints["enum"] = sorted(value for value, _label in kept.flatchoices)

    pattern = re.compile(constraints["pattern"].removesuffix("$") + r"\Z") if "pattern" in constraints else None

    def read(text: str) -> str:
        if kept.max_length and len(text) > kept.max_length:
            raise ValueError(f"is longer than {kept.max_length} characters")
        if kept.choices and text not in constraints["enum"] and not (text == "" and kept.blank):
            raise ValueError(f"is none of {', '.join(constraints['enum'])}")
        if pattern and not pattern.match(text) and not (text == "" and kept.blank):
            raise ValueError(f"is not of the form {constraints['pattern']}")
        if isinstance(kept, models.FileField) and original_of(text):
            raise ValueError("is the name of a rendition; these are made anew")
        return text

    return Cell("string", str, read, constraints, "uri" if isinstance(kept, models.URLField) else "default")


def _read_boolean(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError("is neither true nor false")
    return text == "true"


def _read_date(text: str) -> date:
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError("is no date such as 2024-05-31")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError("is a day that no calendar has") from error


def _read_moment(text: str) -> datetime:
    if not re.fullmatch(r"(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{6})?Z", text):
        raise ValueError("is no moment such as 2024-05-31T14:30:00Z")
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError("is a moment that no calendar has") from error


def moment(value: datetime) -> str:
    """A moment as it is written: in UTC, to the microsecond where it has any."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _write_framing(value: dict) -> str:
    # Without the name of its picture, which stands in the column before it.
    return json.dumps(asdict(Framing.of(value)), sort_keys=True, separators=(",", ":"))


def _read_framing(text: str) -> dict:
    try:
        value = json.loads(text)
        framing = asdict(Framing.of(value))
    except (ValidationError, ValueError, RecursionError) as error:
        raise ValueError("is no framing of a picture") from error
    if "of" in value:
        raise ValueError("names a picture; that stands in the column before it")
    return framing


BOOLEAN = Cell("boolean", lambda value: "true" if value else "false", _read_boolean)
DATE = Cell("date", date.isoformat, _read_date)
MOMENT = Cell("datetime", moment, _read_moment)
FRAMING = Cell("object", _write_framing, _read_framing)
