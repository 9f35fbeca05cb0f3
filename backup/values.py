"""How a value stands in a backup: the same from every database, and exactly as it was.

A row is a JSON array. What JSON has no word for is text: moments in UTC, days, decimal numbers, UUIDs.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Context, Decimal, InvalidOperation
from json import loads
from typing import Any
from uuid import UUID

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from backup.faults import BackupError

TEXTS = ("CharField", "TextField", "SlugField", "URLField", "EmailField")
INTEGERS = ("IntegerField", "BigIntegerField", "SmallIntegerField", "AutoField", "BigAutoField", "SmallAutoField")
INTEGERS += ("PositiveIntegerField", "PositiveBigIntegerField", "PositiveSmallIntegerField")
KINDS = dict.fromkeys(TEXTS, "text") | dict.fromkeys(INTEGERS, "integer")
KINDS |= {
    "FileField": "file",  # a text that names an uploaded file
    "BooleanField": "boolean",
    "FloatField": "float",
    "DecimalField": "decimal",
    "DateTimeField": "datetime",
    "DateField": "date",
    "UUIDField": "uuid",
    "JSONField": "json",
    "GenericIPAddressField": "ip",
}

# SQLite keeps decimal numbers as binary ones; so many digits of these are right.
_FLOATING = Context(prec=15)


def kind_of(field: models.Field) -> str:
    """The kind of values in a column. Raises BackupError for a kind that is not known here."""
    while field.remote_field:
        field = field.target_field
    try:
        return KINDS[field.get_internal_type()]
    except KeyError as error:
        raise BackupError(f"{field} is of a kind that backups do not know; see backup/values.py.") from error


def _moment(value: datetime) -> str:
    # SQLite has moments without a time zone, in UTC.
    return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()


def _decimal(value: Decimal | float, scale: int) -> str:
    number = value if isinstance(value, Decimal) else _FLOATING.create_decimal(value)
    return str(number.quantize(Decimal(1).scaleb(-scale)))


def encoder(kind: str, scale: int | None) -> Callable[[Any], Any]:
    """What turns a value as the database gives it, which is not NULL, into one that JSON has."""
    return {
        "boolean": bool,
        "decimal": lambda value: _decimal(value, scale),
        "datetime": _moment,
        "date": date.isoformat,
        "uuid": lambda value: str(value if isinstance(value, UUID) else UUID(value)),
        "json": loads,
    }.get(kind, lambda value: value)


def decoder(kind: str, connection: BaseDatabaseWrapper) -> Callable[[Any], Any]:
    """What turns a value of a backup, which is not NULL, into one that this database takes."""
    ops = connection.ops
    uuids_are_known = connection.features.has_native_uuid_field
    return {
        "datetime": lambda value: ops.adapt_datetimefield_value(datetime.fromisoformat(value)),
        "date": lambda value: ops.adapt_datefield_value(date.fromisoformat(value)),
        "uuid": lambda value: UUID(value) if uuids_are_known else UUID(value).hex,
        "json": lambda value: ops.adapt_json_value(value, None),
        "ip": ops.adapt_ipaddressfield_value,
    }.get(kind, lambda value: value)


_TYPES = {"integer": int, "boolean": bool, "float": (int, float)}


def check(kind: str, value: Any) -> None:
    """Raise ValueError where a value of a backup, which is not NULL, is none of its kind."""
    if kind == "json":
        return
    if not isinstance(value, _TYPES.get(kind, str)):
        raise ValueError(f"{value!r:.60} is no {kind}")
    read = {"decimal": Decimal, "datetime": datetime.fromisoformat, "date": date.fromisoformat, "uuid": UUID}.get(kind)
    if read:
        try:
            read(value)
        except InvalidOperation as error:  # Decimal's
            raise ValueError(f"{value!r:.60} is no {kind}") from error
