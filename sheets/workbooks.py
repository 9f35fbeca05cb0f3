"""Writes workbooks: records as XLSX, and empty templates that explain their columns.

Imported only where a workbook is wanted: openpyxl takes 20 MB of each process.
"""

import re
from collections.abc import Iterable
from tempfile import TemporaryFile
from typing import IO

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from sheets.formulas import disarmed
from sheets.resources import Sheet
from sheets.writing import CellTooLongError

LONGEST_CELL = 32_767  # characters: Excel cuts off the rest
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_WIDE = 40


def workbook(sheet: Sheet, batches: Iterable[list[list]]) -> IO[bytes]:
    """An XLSX file, on disk until it is closed. Numbers are numbers, everything else is text.

    Raises CellTooLongError.
    """
    book = Workbook(write_only=True)
    page = _page(book, sheet)
    try:
        for rows in batches:
            for row in rows:
                page.append([_cell(page, cell, row) for cell in row])
    except CellTooLongError:
        _saved(book).close()  # the library removes its temporary file only then
        raise
    return _saved(book)


def template(sheet: Sheet) -> IO[bytes]:
    """An empty XLSX file whose second sheet explains the columns, with lists to choose from."""
    book = Workbook(write_only=True)
    page = _page(book, sheet)
    explanations = book.create_sheet(_("Explanations"))
    lists = book.create_sheet(_("Lists"))
    chosen = {name: [str(value) for value in _values(column)] for name, column in sheet.columns.items()}
    chosen = {name: values for name, values in chosen.items() if values}
    for number, (name, values) in enumerate(chosen.items(), start=1):
        letter = get_column_letter(number)
        choice = DataValidation(
            type="list",
            formula1=f"'{lists.title}'!${letter}$2:${letter}${len(values) + 1}",
            allow_blank=True,
            showErrorMessage=True,
            errorTitle=name,
            error=_("Choose one of the values in the list."),
        )
        of_page = get_column_letter(list(sheet.columns).index(name) + 1)
        choice.add(f"{of_page}2:{of_page}50001")
        page.data_validations.append(choice)
    _explain(explanations, sheet)
    lists.append([_bold(lists, name) for name in chosen])
    for number in range(max(map(len, chosen.values()), default=0)):
        lists.append([_cell(lists, values[number] if number < len(values) else "") for values in chosen.values()])
    return _saved(book)


def _page(book: Workbook, sheet: Sheet):
    page = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", str(capfirst(sheet.opts.verbose_name_plural)))[:31])
    page.freeze_panes = "A2"
    for number, name in enumerate(sheet.columns, start=1):
        column = page.column_dimensions[get_column_letter(number)]
        column.width = min(max(len(name) + 4, 14), _WIDE)
        column.number_format = "@"  # as text: 2018-11 typed into a cell must not become a day
    page.append([_bold(page, name) for name in sheet.columns])
    return page


def _values(column) -> list:
    """The values to choose from in a cell that holds one; none for all others."""
    return [] if column.leads_to_several else list(getattr(column.widget, "values", []))


def _explain(page, sheet: Sheet) -> None:
    headings = [_("Column"), _("What it is"), _("What to write"), _("Example"), _("Needed?")]
    for letter, width in zip("ABCDE", (18, 45, 55, 40, 12), strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "A2"
    page.append([_bold(page, text) for text in headings])
    for name, column in sheet.columns.items():
        what = ". ".join(str(text).rstrip(".") for text in (capfirst(column.label), column.help) if text)
        needed = _("yes") if column.required else _("no")
        row = [name, what, capfirst(str(column.allowed)), sheet.examples.get(name, ""), needed]
        page.append([_cell(page, text, wrap=True) for text in row])
    for text in (sheet.left_out, _("An empty cell empties the field. A column that is not there is left alone.")):
        if text:
            page.append([_cell(page, ""), _cell(page, str(text), wrap=True)])


def _bold(page, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, value=text)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="DDE6F0")
    return cell


def _cell(page, value, row: list = (), *, wrap: bool = False) -> "WriteOnlyCell | int | None":
    if not isinstance(value, str):
        return value
    if not value:
        return None
    text = _ESCAPE.sub("_x005F_", disarmed(value))
    if len(text) > LONGEST_CELL:
        raise CellTooLongError(row[0] if row else "")
    cell = WriteOnlyCell(page, value=text)
    cell.number_format = "@"
    if wrap:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _saved(book: Workbook) -> IO[bytes]:
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    book.save(file)
    file.seek(0)
    return file
