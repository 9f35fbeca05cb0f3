"""XLSX (ECMA-376): the records on one sheet, or more where one is full; what the file says about itself on the last.

The sheets are written while they are sent, so their parts come before the one that lists them. Texts stand in their
cells and not in a common table, which would have to be known first.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from xml.sax.saxutils import escape

from django.db.models import Model
from django.utils.translation import gettext as _

from downloads.about import About
from downloads.formats import workbook_parts as parts
from downloads.formats.cells import cell
from opendata.zipping import zipped
from sheets.formulas import disarmed

MOST_ROWS = 1_048_576  # on a sheet, the names among them
LONGEST_CELL = 32_767  # UTF-16 code units: Excel refuses a file with more in a cell
CUT = " […]"
AT_ONCE = 100  # rows that are compressed together


def pieces(chunks: Iterable[list[Model]], about: About) -> Iterator[bytes]:
    return zipped(_Workbook(chunks, about).members())


class _Workbook:
    """One file on its way out; it remembers what the last parts have to say."""

    def __init__(self, chunks: Iterable[list[Model]], about: About):
        # Only where one is written: it takes 20 MB of each process.
        from openpyxl.utils import get_column_letter
        from openpyxl.utils.datetime import to_excel

        self.about = about
        self.table = about.table
        self.days = to_excel
        self.rows = chain.from_iterable([self.table.row(record) for record in chunk] for chunk in chunks)
        self.next_row = next(self.rows, None)
        self.columns = [get_column_letter(number) for number in range(1, len(self.table.columns) + 1)]
        self.names: list[str] = []
        self.count = 0
        self.cut = 0

    def members(self) -> Iterator[tuple[str, Iterable[bytes]]]:
        yield "[Content_Types].xml", [parts.CONTENT_TYPES]
        yield "_rels/.rels", [parts.PACKAGE]
        yield "xl/styles.xml", [parts.STYLES]
        while not self.names or self.next_row is not None:
            number = len(self.names) + 1
            self.names.append(self.table.name if number == 1 else f"{self.table.name} {number}")
            yield f"xl/worksheets/sheet{number}.xml", self._records()
        self.names.append("about")
        yield f"xl/worksheets/sheet{len(self.names)}.xml", self._about()
        yield "xl/workbook.xml", [parts.workbook(self.names)]
        yield "xl/_rels/workbook.xml.rels", [parts.relations(len(self.names))]

    def _records(self) -> Iterator[bytes]:
        """A sheet of records, up to the end of the sheet or of the records."""
        yield parts.sheet_opening([_width(column) for column in self.table.columns])
        yield self._row(1, [column.name for column in self.table.columns], parts.BOLD)
        number, waiting = 1, []
        while self.next_row is not None and number < MOST_ROWS:
            number += 1
            waiting.append(self._row(number, self.next_row))
            self.next_row = next(self.rows, None)
            if len(waiting) == AT_ONCE:
                yield b"".join(waiting)
                waiting = []
        self.count += number - 1
        yield b"".join(waiting)
        yield parts.sheet_end(f"A1:{self.columns[-1]}{number}")

    def _about(self) -> Iterator[bytes]:
        """The sheet about the file and its columns."""
        yield parts.sheet_opening([28, 24, 100], freeze=False)
        rows = [*self._facts(), [], [_("Column"), _("Type"), _("What it is")]]
        heading = len(rows)
        rows += [[column.name, _type(column), str(column.description)] for column in self.table.columns]
        for number, row in enumerate(rows, start=1):
            yield self._row(number, row, parts.BOLD if number == heading else parts.PLAIN)
        yield parts.sheet_end()

    def _facts(self) -> list[list]:
        about = self.about
        facts = [
            (_("Title"), str(self.table.title)),
            (_("Description"), str(self.table.description)),
            (_("Filters"), about.filters_in_words),
            (_("Retrieved"), about.retrieved),
            (_("Source"), about.source),
            (_("The same as a page"), about.page),
            (_("Publisher"), about.publisher),
            (_("Licence"), about.licence_in_words),
            (_("Language"), about.language),
            (_("Number of rows"), self.count),
        ]
        if self.cut:
            text = _("%(number)s, each ending in “%(mark)s”. A cell holds no more; the other formats have them whole.")
            facts.append((_("Texts that were cut"), text % {"number": self.cut, "mark": CUT.strip()}))
        return [[name, value] for name, value in facts if value != ""]

    def _row(self, number: int, values: list, style: int = parts.PLAIN) -> bytes:
        cells = (
            self._cell(f"{letter}{number}", value, style)
            for letter, value in zip(self.columns, values, strict=False)
            if value is not None and value != []
        )
        return f'<row r="{number}">{"".join(cells)}</row>'.encode()

    def _cell(self, place: str, value, style: int) -> str:
        if isinstance(value, bool):
            return f'<c r="{place}" t="b"><v>{value:d}</v></c>'
        if isinstance(value, date):
            return f'<c r="{place}" s="{parts.DATE}"><v>{self.days(value):.0f}</v></c>'
        if isinstance(value, str | list):
            text = escape(parts.escaped(self._fitting(disarmed(cell(value)))))
            return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
        return f'<c r="{place}"><v>{value}</v></c>'

    def _fitting(self, text: str) -> str:
        """The text, cut where no cell could hold it."""
        if len(text) <= LONGEST_CELL // 2:
            return text
        units = text.encode("utf-16-le")
        if len(units) <= 2 * LONGEST_CELL:
            return text
        self.cut += 1
        return units[: 2 * (LONGEST_CELL - len(CUT))].decode("utf-16-le", "ignore") + CUT


def _type(column) -> str:
    return _("%(type)s, several") % {"type": column.type_label} if column.several else str(column.type_label)


def _width(column) -> int:
    """The width of a column, in characters."""
    return min(max(len(column.name) + 4, 12), 40)
