"""Reads uploaded files: rows of cells as text, whatever the program that wrote them.

Not the library's formats: they hold the whole file in memory several times over, take commas and UTF-8 for granted, and
open workbooks without looking at what they would unpack to.
"""

import csv
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import StringIO
from itertools import islice
from typing import IO
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sheets.cells import canonical
from sheets.formulas import armed

MOST_BYTES = 30 * 1024 * 1024
MOST_BYTES_UNPACKED = 300 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 200
LAST_ROW = 1_048_576  # of a sheet, by its format
_ESCAPED = re.compile(r"_x005[Ff]_(?=x[0-9A-Fa-f]{4}_)")


class FileError(Exception):
    """The file cannot be read; the text says why and what to do."""


@dataclass
class Table:
    """The rows of a file. `rows` are the row's number in the sheet and its cells, and can be read once."""

    headers: list[str]
    rows: Iterator[tuple[int, list[str]]]
    total: int | None = None  # as far as is known before they are read
    notes: list[str] = field(default_factory=list)


def read(file: IO[bytes], known: Iterable[str]) -> Table:
    """The table in an uploaded CSV or XLSX file whose columns should be named as in `known`.

    Raises FileError here, or while the rows are read.
    """
    beginning = file.read(8)
    file.seek(0)
    if beginning.startswith(b"PK"):
        table = _read_xlsx(file, set(known))
    elif beginning.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileError(
            _("This is a workbook of an old kind (.xls) or with a password. Save it as .xlsx without a password.")
        )
    elif not beginning:
        raise FileError(_("The file is empty."))
    else:
        table = _read_csv(file, set(known))
    _check_headers(table.headers)
    table.rows = _filled(table.rows, len(table.headers))
    return table


def _check_headers(headers: list[str]) -> None:
    if twice := sorted({name for name in headers if name and headers.count(name) > 1}):
        raise FileError(
            _("There is more than one column “%(names)s”. Delete or rename the others.") % {"names": "”, “".join(twice)}
        )


def _filled(rows: Iterator[tuple[int, list[str]]], width: int) -> Iterator[tuple[int, list[str]]]:
    """The rows that have anything in them, each as wide as the headers."""
    count = 0
    for number, cells in rows:
        cells = [_disarmed_off(cell) for cell in cells]
        if not any(cells):
            continue
        if any(cells[width:]):
            raise FileError(
                _("Row %(row)s has more cells than there are columns. Look whether a separator is one too many.")
                % {"row": number}
            )
        count += 1
        if count > MOST_ROWS:
            raise FileError(
                _("The file has more than %(most)s rows. Divide it into several files.") % {"most": f"{MOST_ROWS:,}"}
            )
        yield number, [*cells[:width], *[""] * (width - len(cells))]


def _disarmed_off(cell: str) -> str:
    return armed(canonical(cell))


def _header(cell: str) -> str:
    return canonical(cell).casefold().replace(" ", "_")


# CSV


def _read_csv(file: IO[bytes], known: set[str]) -> Table:
    text, notes = _decoded(file.read())
    skipped = 0
    if match := re.match(r"sep=(.)\r?\n", text, re.IGNORECASE):  # a line for Excel, which it does not show
        text, skipped = text[match.end() :], 1
    if not text.strip():
        raise FileError(_("The file is empty."))
    separator = _separator(text, known)
    rows = _csv_rows(text, separator)
    _number, headers = next(rows)
    headers = [_header(name) for name in headers]
    while headers and not headers[-1]:
        headers.pop()
    total = sum(1 for _row in _csv_rows(text, separator)) - 1
    if skipped:
        notes.append(_("The first line, which names the separator, was left out."))
    return Table(headers, rows, total, notes)


def _decoded(data: bytes) -> tuple[str, list[str]]:
    is_utf_16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\x00" in data[:1000] and not is_utf_16:
        raise FileError(_("This is neither CSV nor XLSX. Save the table as .xlsx or .csv and upload that."))
    for encoding in ["utf-16"] if is_utf_16 else ["utf-8-sig", "cp1252"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1252":
            note = _(
                "The file is not written in UTF-8; it was read as Windows-1252. Look whether letters with accents are "
                "right below. If not, save it as “CSV UTF-8” or .xlsx."
            )
            return text, [note]
        return text, []
    raise FileError(_("The characters of the file cannot be read. Save it as “CSV UTF-8” or .xlsx."))


def _separator(text: str, known: set[str]) -> str:
    """What separates the cells: that under which the most columns are known."""

    def columns_known(separator: str) -> int:
        first = next(csv.reader(StringIO(text[:20_000], newline=""), delimiter=separator), [])
        return len({_header(name) for name in first} & known)

    return max(",;\t", key=columns_known)


def _csv_rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    try:
        yield from enumerate(csv.reader(StringIO(text, newline=""), delimiter=separator), start=1)
    except csv.Error as error:
        raise FileError(_("The file cannot be read as CSV: %(error)s.") % {"error": error}) from error


# XLSX


def _read_xlsx(file: IO[bytes], known: set[str]) -> Table:
    # Only where one is read: it takes 20 MB of each process.
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    _check_archive(file)
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        candidates = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if not candidates:
            raise FileError(_("The workbook has no visible sheet with cells."))
        # The sheet with the most columns that are known; the first among equals.
        sheet = max(candidates, key=lambda one: len(known & set(_xlsx_headers(one))))
        headers = _xlsx_headers(sheet)
    except FileError:
        raise
    # A broken workbook is met with whichever error the part has that trips over it.
    except (InvalidFileException, zipfile.BadZipFile, ParseError, LookupError, ValueError, TypeError, OSError) as error:
        raise _broken() from error
    if not headers:
        raise FileError(_("The first row of the sheet is empty. It has to name the columns."))
    _check_merged(book, sheet)
    notes = []
    if len(book.sheetnames) > 1:
        notes.append(_("Read was the sheet “%(name)s”.") % {"name": sheet.title})
    total = min(sheet.max_row - 1, MOST_ROWS) if sheet.max_row else None
    return Table(headers, _xlsx_rows(sheet), total, notes)


def _broken() -> FileError:
    return FileError(_("The workbook is damaged. Open it, save it anew as .xlsx, and upload that."))


def _check_archive(file: IO[bytes]) -> None:
    """Refuse what would unpack to too much. `zipfile` unpacks no more than the archive announces."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as error:
        raise _broken() from error
    finally:
        file.seek(0)
    if len(entries) > 5000 or sum(entry.file_size for entry in entries) > MOST_BYTES_UNPACKED:
        raise FileError(
            _("The workbook unpacks to more than %(most)s MB. Copy the rows into an empty template.")
            % {"most": MOST_BYTES_UNPACKED // 1024**2}
        )
    if "xl/workbook.xml" not in {entry.filename for entry in entries}:
        raise FileError(_("This is neither CSV nor XLSX. Save the table as .xlsx or .csv and upload that."))


def _check_merged(book, sheet) -> None:
    """Refuse merged cells: all but the first of them are empty, and an empty cell empties a field."""
    ending = b""
    with book._archive.open(sheet._worksheet_path) as source:
        while block := source.read(1024 * 1024):
            if match := re.search(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z0-9:]+)"', ending + block):
                raise FileError(
                    _("The cells %(cells)s are merged. Unmerge all cells, so that every row has its own.")
                    % {"cells": match[1].decode()}
                )
            ending = block[-200:]


def _xlsx_headers(sheet) -> list[str]:
    first = next(sheet.iter_rows(max_row=1, max_col=MOST_COLUMNS), ())
    headers = [_header(_as_text(cell)) for cell in first]
    while headers and not headers[-1]:
        headers.pop()
    return headers


def _xlsx_rows(sheet) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()  # what a file says of its size need not be true
    rows = sheet.iter_rows(min_row=2, max_col=MOST_COLUMNS)
    try:
        for number, cells in enumerate(islice(rows, LAST_ROW), start=2):
            yield number, [_as_text(cell) for cell in cells]
    except (zipfile.BadZipFile, ParseError, LookupError, ValueError, TypeError, OSError) as error:
        raise _broken() from error


def _as_text(cell) -> str:
    """What the cell shows, without its formatting: 2018.0 is 2018, a date is written as it would be typed."""
    match cell.value:
        case None:
            return ""
        case bool() as value:
            return "yes" if value else "no"
        case float() as value if value.is_integer():
            return str(int(value))
        case datetime() | date() as value:
            # A program may have made a date of 2018-11: its format then shows no day.
            shown = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", cell.number_format or "").casefold()
            day = value.date() if isinstance(value, datetime) else value
            if "d" in shown:
                return day.isoformat()
            return day.isoformat()[: 7 if "m" in shown else 4]
        case time() as value:
            return value.isoformat()
        case str() as value:
            return _ESCAPED.sub("_", value.replace("_x000D_", "\r"))
        case value:
            return str(value)


def columns_said(headers: list[str], known: Iterable[str]) -> tuple[list[str], list[str]]:
    """The columns that are not known, and those that are known and missing."""
    known = list(known)
    return [name for name in headers if name and name not in known], [name for name in known if name not in headers]


def unnamed(headers: list[str]) -> str:
    """A message about columns without a name; empty when there are none."""
    count = headers.count("")
    if not count:
        return ""
    return ngettext(
        "%(count)s column has no name and was not read.", "%(count)s columns have no name and were not read.", count
    ) % {"count": count}
