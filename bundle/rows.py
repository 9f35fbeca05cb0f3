"""Rows of CSV files (RFC 4180), written and read so that nothing is lost on the way.

Python's own reader does not tell NULL from the empty text. Here, as in PostgreSQL's COPY, NULL is nothing at all and
the empty text a pair of quotes; to every other reader both are empty. Lines end with a line feed.
"""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

Cells = list[str | None]

LONGEST_ROW = 16 * 1024 * 1024  # bytes: one forgotten quote must not read the whole file into memory

_TO_QUOTE = re.compile(r'[",\r\n]|^$')
_CELL = re.compile(r'"([^"]*(?:""[^"]*)*)"|([^",\r]*)')


class RowError(ValueError):
    """A row that is not as it should be, with the line on which it begins."""

    def __init__(self, line: int, message: str):
        super().__init__(message)
        self.line = line


def written(cells: Iterable[str | None]) -> str:
    """The line of a file with these cells. What PostgreSQL could not store, the character NUL, is left out."""
    return ",".join(map(_written, cells)) + "\n"


def _written(cell: str | None) -> str:
    if cell is None:
        return ""
    if "\x00" in cell:
        cell = cell.replace("\x00", "")
    return '"' + cell.replace('"', '""') + '"' if _TO_QUOTE.search(cell) else cell


def read(file: BinaryIO) -> Iterator[tuple[int, Cells]]:
    """The rows of an open file, each with the number of the line on which it begins. Raises RowError."""
    last = 0
    while line := file.readline(LONGEST_ROW + 1):
        first = last = last + 1
        lines, size, quotes = [line], len(line), line.count(b'"')
        while quotes % 2 and size <= LONGEST_ROW:
            if not (line := file.readline(LONGEST_ROW + 1)):
                raise RowError(first, "A quotation mark is opened and never closed.")
            lines.append(line)
            size, quotes, last = size + len(line), quotes + line.count(b'"'), last + 1
        if size > LONGEST_ROW:
            raise RowError(first, f"This row is longer than {LONGEST_ROW} bytes. Is a quotation mark missing?")
        yield first, _cells(_text(b"".join(lines), first), first, quoted=quotes > 0)


def _text(row: bytes, line: int) -> str:
    if not row.endswith(b"\n"):
        raise RowError(line, "The file is cut off: its last line does not end with a line feed.")
    if b"\x00" in row:
        raise RowError(line, "There is a NUL character in this row.")
    try:
        return row[:-1].decode()
    except UnicodeDecodeError as error:
        raise RowError(line, f"This row is not UTF-8: {error}.") from error


def _cells(row: str, line: int, *, quoted: bool) -> Cells:
    if not quoted and "\r" not in row:
        return [cell or None for cell in row.split(",")]
    cells, place = [], 0
    while True:
        match = _CELL.match(row, place)
        inside, bare = match.groups()
        cells.append(inside.replace('""', '"') if inside is not None else bare or None)
        place = match.end()
        if place == len(row):
            return cells
        if row[place] != ",":
            raise RowError(line, f"Wrong quoting or line end at character {place + 1} of this row.")
        place += 1
