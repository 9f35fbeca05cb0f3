"""The parts of an XLSX file that are the same in every workbook, or nearly so."""

import re
from xml.sax.saxutils import quoteattr

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

# Formats of cells, by their place in `STYLES`.
PLAIN, BOLD, DATE = 0, 1, 2

# What is said of no part is a sheet: so this one can come first, before it is known how many sheets there will be.
CONTENT_TYPES = (
    f'{XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    "</Types>"
).encode()

PACKAGE = (
    f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>"
).encode()

STYLES = (
    f'{XML}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
).encode()


def workbook(names: list[str]) -> bytes:
    """The part that lists the sheets, which are called `names`."""
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, start=1)
    )
    return f'{XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'.encode()


def relations(number: int) -> bytes:
    """Where the `number` sheets and the styles are."""
    sheets = "".join(
        f'<Relationship Id="rId{one}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{one}.xml"/>'
        for one in range(1, number + 1)
    )
    styles = f'<Relationship Id="rId{number + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    return f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">{sheets}{styles}</Relationships>'.encode()


def sheet_opening(widths: list[int], *, freeze: bool = True) -> bytes:
    """The beginning of a sheet; with `freeze` its first row stays in sight."""
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' if freeze else ""
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(widths, start=1)
    )
    return (
        f'{XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>"
    ).encode()


def sheet_end(filtered: str = "") -> bytes:
    """The end of a sheet whose cells `filtered`, as in "A1:C9", can be filtered."""
    filters = f'<autoFilter ref="{filtered}"/>' if filtered else ""
    return f"</sheetData>{filters}</worksheet>".encode()


_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def escaped(text: str) -> str:
    """The text, with what looks like the workbook's own way to write a character kept as it is."""
    return _ESCAPE.sub("_x005F_", text)
