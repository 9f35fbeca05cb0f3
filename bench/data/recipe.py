"""How large a data set is, and what it is made by: the same recipe makes the same rows."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SEED = 2027
# What decides which rows there are: this package, the tables, and what prepares a record for the search.
_INGREDIENTS = ["bench/data/*.py", "*/migrations/*.py", "*/*/migrations/*.py", "search/*.py", "codelists/data/*.csv"]
_UNITS = {"": 1, "k": 1_000, "m": 1_000_000}


@dataclass(frozen=True)
class Size:
    """Numbers of records. From 10,000 engagements on there are all programmes; people and partners grow with them."""

    engagements: int

    @property
    def people(self) -> int:
        return min(20_000, max(20, self.engagements // 50))

    @property
    def organisations(self) -> int:
        return min(5_000, max(30, self.engagements // 100))

    @property
    def programmes(self) -> int:
        return min(500, max(20, self.engagements // 20))

    @property
    def offices(self) -> int:
        return 60

    @property
    def places(self) -> int:
        return min(10_000, max(50, self.engagements // 50))

    @property
    def prototypes(self) -> int:
        """Engagements whose texts are analysed; the others have theirs, with names and places of their own."""
        return min(1_000, self.engagements)

    @property
    def name(self) -> str:
        """Such as 20k or 1m."""
        for unit in ("m", "k"):
            number, rest = divmod(self.engagements, _UNITS[unit])
            if number and not rest:
                return f"{number}{unit}"
        return str(self.engagements)


def size_of(text: str) -> Size:
    """The size that is written as 500, 20k or 1M. Raises ValueError for anything else."""
    match = re.fullmatch(r"([1-9]\d{0,6})([km]?)", text.strip().lower())
    if not match:
        raise ValueError(f"“{text}” is no size: write 500, 20k or 1M.")
    return Size(int(match[1]) * _UNITS[match[2]])


def fingerprint() -> str:
    """Another one whenever the data sets have to be built anew."""
    digest = hashlib.sha256(str(SEED).encode())
    for path in sorted({path for pattern in _INGREDIENTS for path in ROOT.glob(pattern) if ".venv" not in path.parts}):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def migrations_fingerprint() -> str:
    """Another one whenever an empty database looks different."""
    digest = hashlib.sha256()
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
