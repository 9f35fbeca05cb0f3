"""`snapshot.json` in the folder of a snapshot: what it is a copy of, and whether it is whole."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from django.utils import timezone

from opendata.release import fingerprint
from opendata.versions import current
from snapshot.addresses import Scope

NAME = "snapshot.json"
SUMS = "SHA256SUMS"
FORMAT = "coop-portal-snapshot-1"


@dataclass(frozen=True)
class Origin:
    """All that a snapshot follows from; two of the same origin are the same."""

    address: str
    languages: list[str]
    data: bool
    version: str
    day: str  # what is planned, and what is quoted, follows from it
    release: str

    @classmethod
    def of_now(cls, address: str, scope: Scope) -> "Origin":
        day = str(timezone.localdate())
        return cls(address, list(scope.languages), scope.data, current().token, day, fingerprint())


@dataclass(frozen=True)
class Manifest:
    """What the file says. `made` is when it was begun (ISO 8601), `files` how many there are, `sums` the SHA-256 of
    SHA256SUMS, which has that of every file. Without an `origin` it is being made, or somebody was killed at it.
    """

    made: str
    origin: Origin | None = None
    files: int = 0
    sums: str = ""

    @classmethod
    def read(cls, folder: Path) -> "Manifest | None":
        """That of the `folder`; None where there is none that can be understood."""
        try:
            told = json.loads((folder / NAME).read_text())
            if told.pop("format") != FORMAT:
                return None
            origin = told.pop("origin")
            return cls(**told, origin=origin and Origin(**origin))
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None

    def as_bytes(self) -> bytes:
        return (json.dumps({"format": FORMAT, **asdict(self)}, indent=2) + "\n").encode()
