"""Files are read whatever program wrote them; what cannot be read is answered with what to do."""

import re
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest

from engagements.models import Engagement
from organisations.models import Organisation
from programmes.models import Programme
from sheets import reading
from tests.sheets.files import Importer, as_csv, as_xlsx, errors_of, saved

pytestmark = pytest.mark.django_db
UNION = {"slug": "union", "name_en": "Unión", "kind": "federation"}
CELLS = [list(UNION), list(UNION.values())]
HEADERS = ["title_en", "kind", "country", "start", "end", "women_trained"]


def refused(importer: Importer, content: bytes, name: str = "sheet.xlsx") -> str:
    answer = importer.upload(Organisation, content, name)
    assert answer.status_code == 200
    return errors_of(answer)


# CSV


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_is_read_with_any_separator_and_mark(importer, delimiter, encoding):
    importer.run(Organisation, as_csv([UNION], delimiter=delimiter, encoding=encoding))
    assert Organisation.objects.get().name_en == "Unión"


def test_windows_1252_is_read_with_a_note(importer):
    page = importer.preview(Organisation, as_csv([UNION], encoding="cp1252"))
    assert "it was read as Windows-1252" in page.text
    importer.confirm(Organisation, page)
    assert Organisation.objects.get().name_en == "Unión"


def test_the_line_that_names_the_separator_is_left_out(importer):
    importer.run(Organisation, b"sep=;\r\n" + as_csv([UNION], delimiter=";"))
    assert Organisation.objects.count() == 1


def test_rows_are_numbered_as_in_the_sheet(importer):
    content = b'slug,name_en,kind\nunion,"two\nlines",federation\n\nother,Other,?\n'
    assert importer.preview(Organisation, content).problems[0].startswith("Row 4, column kind:")


def test_headers_are_understood_in_any_case(importer):
    importer.run(Organisation, "Slug, Name EN ,KIND\nunion,Unión,federation\n".encode())
    assert Organisation.objects.get().slug == "union"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The submitted file is empty."),
        (b"\n\n", "The file is empty."),
        (b"\x81\x8d\x8f", "The characters of the file cannot be read."),
        (b"GIF89a\x00\x00\x00", "This is neither CSV nor XLSX."),
        (b"one,two\n1,2\n", "The first row names none of the columns."),
        (b"slug,slug,kind\na,b,c\n", "There is more than one column “slug”."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This is a workbook of an old kind (.xls) or with a password."),
    ],
)
def test_a_csv_file_that_cannot_be_read_says_why(importer, content, said):
    assert said in refused(importer, content, "sheet.csv") or (content == b"" and refused(importer, content))


def test_a_row_with_too_many_cells_stops_the_reading(importer):
    page = importer.preview(Organisation, b"slug,name_en,kind\nunion,Union, of farmers,federation\n")
    assert "Row 2 has more cells than there are columns." in page.text
    assert not page.form


def test_a_file_without_rows_says_so(importer):
    assert "The file has columns but no rows." in importer.preview(Organisation, b"slug,name_en,kind\n").text


def test_a_file_with_too_many_rows_is_to_be_divided(importer, monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    rows = [UNION | {"slug": f"o-{n}"} for n in range(3)]
    assert "more than 2 rows. Divide it" in importer.preview(Organisation, as_csv(rows)).text


def test_other_kinds_of_files_are_refused_by_name(importer):
    assert "This is neither CSV nor XLSX." in refused(importer, b"x", "sheet.pdf")


# XLSX


def test_dates_numbers_and_yes_are_read_as_they_are_shown(importer):
    def month_format(book):
        book.active["E2"].number_format = "mmm-yy"

    row = ["Workshop", "workshop", "PE", date(2018, 3, 5), datetime(2018, 11, 1), 12.0]
    importer.run(Engagement, as_xlsx([HEADERS, row], month_format), "sheet.xlsx")
    record = Engagement.objects.get()
    assert (record.start_date, record.start_precision) == (date(2018, 3, 5), "day")
    assert (record.end_date, record.end_precision) == (date(2018, 11, 30), "month")
    assert record.women_trained == 12
    row = ["Training", "training", "policy", 2017.0, True]
    headers = ["name_en", "slug", "kind", "launch_year", "featured"]
    importer.run(Programme, as_xlsx([headers, row]), "sheet.xlsx")
    programme = Programme.objects.get()
    assert (programme.launch_year, programme.featured) == (2017, True)


def test_a_formula_counts_as_what_it_showed(importer):
    content = as_xlsx([*CELLS[:1], ["union", "Placeholder", "federation"]])
    shown = b'<c r="B2" t="str"><f>"Un"&amp;"ion"</f><v>Union</v></c>'
    importer.run(Organisation, _replaced(content, "xl/worksheets/sheet1.xml", rb'<c r="B2".*?</c>', shown), "s.xlsx")
    assert Organisation.objects.get().name_en == "Union"


def test_hidden_sheets_are_not_read(importer):
    book = openpyxl.Workbook()
    book.active.append(["slug", "name_en", "kind"])
    book.active.append(["hidden", "Hidden", "federation"])
    book.active.sheet_state = "hidden"
    seen = book.create_sheet("Seen")
    for row in CELLS:
        seen.append(row)
    page = importer.preview(Organisation, saved(book), "sheet.xlsx")
    assert "Read was the sheet “Seen”." in page.text
    importer.confirm(Organisation, page)
    assert Organisation.objects.get().slug == "union"


def test_empty_rows_and_columns_do_not_count(importer):
    rows = [[*CELLS[0], None, None], CELLS[1], [None] * 5, ["", " ", None, None, None]]
    assert importer.preview(Organisation, as_xlsx(rows), "sheet.xlsx").counts["new"] == 1


def test_merged_cells_are_refused(importer):
    content = as_xlsx([*CELLS, ["other", "Other", ""]], lambda book: book.active.merge_cells("C2:C3"))
    assert "The cells C2:C3 are merged. Unmerge all cells" in refused(importer, content)


def test_a_workbook_that_would_unpack_to_too_much_is_refused(importer, monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES_UNPACKED", 1024 * 1024)
    bomb = BytesIO(as_xlsx(CELLS))
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros.bin", b"\x00" * 2 * 1024 * 1024)
    assert "The workbook unpacks to more than 1 MB." in refused(importer, bomb.getvalue())


def bomb(size: int) -> bytes:
    """A workbook whose sheet unpacks to `size` megabytes of zeros."""
    content, file = as_xlsx(CELLS), BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != "xl/worksheets/sheet1.xml":
                new.writestr(name, old.read(name))
        with new.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _megabyte in range(size):
                sheet.write(b"\x00" * 1024**2)
    return file.getvalue()


def most_memory(work: Callable) -> int:
    """The megabytes that `work` takes at its peak."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] // 1024**2
    finally:
        tracemalloc.stop()


def test_a_real_bomb_is_refused_without_being_unpacked(importer):
    content = bomb(301)
    assert len(content) < 1024**2
    said = []
    assert most_memory(lambda: said.append(refused(importer, content))) < 20
    assert said == ["The workbook unpacks to more than 300 MB. Copy the rows into an empty template."]


def test_a_bomb_that_announces_a_small_size_is_refused_and_not_unpacked_either(importer):
    content = bytearray(bomb(301))
    place = content.index(b"PK\x01\x02")  # entries of the directory at the end
    while not content[place + 46 :].startswith(b"xl/worksheets/sheet1.xml"):
        place = content.index(b"PK\x01\x02", place + 1)
    struct.pack_into("<L", content, place + 24, 1000)
    said = []
    assert most_memory(lambda: said.append(refused(importer, bytes(content)))) < 20
    assert said == ["The workbook is damaged. Open it, save it anew as .xlsx, and upload that."]


def test_entities_that_explode_are_refused(importer):
    entities = b"".join(b'<!ENTITY a%d "%s">' % (n, (b"&a%d;" % (n - 1)) * 10 if n else b"lol" * 10) for n in range(12))
    doctype = b"<!DOCTYPE worksheet [" + entities + b"]><worksheet "
    content = _replaced(as_xlsx(CELLS), "xl/worksheets/sheet1.xml", rb"<worksheet ", doctype)
    content = _replaced(content, "xl/worksheets/sheet1.xml", "Unión".encode(), b"&a11;")
    page = importer.preview(Organisation, content, "sheet.xlsx")
    assert "The workbook is damaged." in page.text


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 but no archive",
        as_xlsx(CELLS)[:2000],
        b"PK\x05\x06" + b"\x00" * 18,
    ],
)
def test_a_damaged_workbook_is_refused(importer, content):
    assert refused(importer, content)


def test_another_kind_of_archive_is_refused(importer):
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert "This is neither CSV nor XLSX." in refused(importer, file.getvalue())


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml"]
)
def test_a_workbook_with_a_broken_part_is_refused(importer, part):
    broken = _replaced(as_xlsx(CELLS), part, rb"(?s).*", b"<not-closed")
    answer = importer.upload(Organisation, broken, "sheet.xlsx")
    assert answer.status_code in (200, 302)
    if answer.status_code == 302:
        assert importer.page(importer.client.get(answer["Location"]))


def _replaced(content: bytes, part: str, pattern: bytes, by: bytes) -> bytes:
    """The workbook with another text in one of its parts."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, re.sub(pattern, lambda _match: by, data, count=1) if name == part else data)
    return file.getvalue()
