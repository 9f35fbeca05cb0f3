"""Reads the files of `intake/gazetteers/data/`."""

import csv
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@cache
def rows(filename: str) -> tuple[dict[str, str], ...]:
    with (DATA / filename).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def parts(cell: str) -> list[str]:
    """What stands between the strokes of a cell that holds several phrases."""
    return [part for part in cell.split("|") if part]
