"""Writes sheets: records as CSV."""

import csv
from collections.abc import Iterable, Iterator

from sheets.formulas import disarmed


class CellTooLongError(Exception):
    """A text that no cell of a workbook can hold; the argument is the row's first cell."""


class _Echo:
    """A file that answers what is written to it, for `csv.writer`."""

    def write(self, text: str) -> str:
        return text


def csv_lines(headers: Iterable[str], batches: Iterable[list[list]]) -> Iterator[str]:
    """A CSV file, as text in pieces; with the mark by which Excel knows UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(list(headers))
    for rows in batches:
        yield "".join(
            writer.writerow([disarmed(cell) if isinstance(cell, str) else cell for cell in row]) for row in rows
        )
