"""What stands in a backup, and in which order.

`backup.json` (`Head`), then `database/TABLE/000001.jsonl.gz` … for the tables in their order, then the uploaded files
as `media/…` and `private/…`, then `closing.json` (`Closing`).
"""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from backup.faults import BackupError, DamagedError
from backup.states import Node
from backup.tables import Table

FORMAT = 1
HEAD, CLOSING = "backup.json", "closing.json"
DATABASE = "database"
LARGEST_PIECE = 256 * 1024**2  # bytes of a member that is read as a whole


@dataclass(frozen=True)
class Head:
    """What a backup says first of all."""

    created: str  # the moment, in ISO 8601
    release: str  # what the program's CHANGELOG calls itself, and its fingerprint
    engine: str  # of the database it was made of
    secret: str  # a digest of SECRET_KEY: whether the portal that restores it has the same
    migrations: list[Node]
    tables: list[Table]

    def as_json(self) -> bytes:
        value = {"format": FORMAT} | asdict(self) | {"tables": [table.as_json for table in self.tables]}
        return json.dumps(value, indent=1).encode()

    @classmethod
    def of_json(cls, text: bytes) -> "Head":
        """Raises DamagedError, and BackupError where the format is newer than this program."""
        value = _parsed(text, HEAD)
        if value.get("format") != FORMAT:
            raise BackupError(
                f"The backup has format {value.get('format')!r}, and this program reads {FORMAT}: take a newer release."
            )
        try:
            texts = [str(value[name]) for name in ("created", "release", "engine", "secret")]
            migrations = [(str(app), str(name)) for app, name in value["migrations"]]
            return cls(*texts, migrations, [Table.of_json(table) for table in value["tables"]])
        except (KeyError, TypeError, ValueError) as error:
            raise DamagedError(f"{HEAD} cannot be read: {error!r}") from error


@dataclass
class Closing:
    """What a backup says at its end: rows by table, files and bytes by folder, files that records name and are lost."""

    rows: dict[str, int] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    bytes: dict[str, int] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def as_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1).encode()

    @classmethod
    def of_json(cls, text: bytes) -> "Closing":
        """Raises DamagedError."""
        try:
            return cls(**_parsed(text, CLOSING))
        except TypeError as error:
            raise DamagedError(f"{CLOSING} cannot be read: {error}") from error

    @property
    def told(self) -> str:
        """In a line for people."""
        megabytes = sum(self.bytes.values()) / 1024**2
        return (
            f"{sum(self.rows.values()):,} rows of {len(self.rows)} tables, "
            f"{sum(self.files.values()):,} files ({megabytes:,.1f} MB)"
        )


def _parsed(text: bytes, name: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise DamagedError(f"{name} cannot be read: {error}") from error
    if not isinstance(value, dict):
        raise DamagedError(f"{name} cannot be read.")
    return value
