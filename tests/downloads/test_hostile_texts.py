"""Texts that break files, or the programs that open them."""

import csv
import io
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from openpyxl.utils.escape import unescape

from downloads.formats import workbook as xlsx
from tests.downloads.reading import EXTENSIONS, body, csv_rows, loaded, rows, workbook, xlsx_rows
from tests.factories import EngagementFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

FORMULAS = ['=HYPERLINK("https://evil.example")', "+1", "-2", "@SUM(A1)", "\t=1", "  =1", "＝1"]
HARMLESS = [
    'She said "yes", then; left',
    "two\nlines",
    "emoji 👩🏽‍🌾 and 𝒳",
    "شكرا جزيلا",
    "<b>&amp;</b> ]]> <!--",
    "_x0041_ stays",
    "''",
    "C:\\path\\n",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_sheet_holds_no_formula_and_json_the_text_as_it_is(client, text):
    EngagementFactory(title_en=text, summary_en=text)
    for extension in ("csv", "xlsx"):
        (row,) = rows(client, f"/en/engagements.{extension}")
        assert row["title"].startswith("'")
        assert row["summary"] == f"'{text}"
    cells = (cell for sheet in workbook(client, "/en/engagements.xlsx") for row in sheet for cell in row)
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "b", "inlineStr"}
    assert loaded(client, "/en/engagements.json")["records"][0]["summary"] == text


def test_names_in_a_joined_cell_are_no_formula_either(client):
    engagement = EngagementFactory()
    engagement.partners.add(OrganisationFactory(name_en="=1+1"))
    for extension in ("csv", "xlsx"):
        assert rows(client, f"/en/engagements.{extension}")[0]["partners"] == "'=1+1"
    assert loaded(client, "/en/engagements.json")["records"][0]["partners"] == ["=1+1"]


def test_the_words_of_a_filter_are_no_formula(client):
    EngagementFactory(title_en="=1+1")
    (row,) = csv_rows(client, "/en/engagements.csv?q=%3D1")
    assert row["about_filters"].startswith("Search in the list: =1")
    assert workbook(client, "/en/engagements.xlsx?q=%3D1")["about"]["B3"].data_type == "s"


@pytest.mark.parametrize("text", HARMLESS)
@pytest.mark.parametrize("extension", EXTENSIONS)
def test_texts_come_back_as_they_were(client, text, extension):
    EngagementFactory(title_en=text, summary_en=text)
    (row,) = rows(client, f"/en/engagements.{extension}")
    if extension == "xlsx":  # the library leaves the escapes of the format as they are
        row = {name: unescape(str(value)) for name, value in row.items()}
    assert (row["title"], row["summary"]) == (text, text)


@pytest.mark.parametrize("text", ["a\x01b\x0bc\x1fd\x7fe\ufffef", "a\r\nb\rc"])
def test_sheets_leave_out_characters_that_no_file_can_hold(client, text):
    EngagementFactory(summary_en=text)
    wanted = "a\nb\nc" if "\r" in text else "abcdef"
    for extension in ("csv", "xlsx"):
        assert rows(client, f"/en/engagements.{extension}")[0]["summary"] == wanted
    assert loaded(client, "/en/engagements.json")["records"][0]["summary"] == text


def test_semicolons_in_a_name_do_not_part_it(client):
    engagement = EngagementFactory()
    engagement.partners.add(OrganisationFactory(name_en="Milk; bread", slug="a"), OrganisationFactory(name_en="Bees"))
    for extension in ("csv", "xlsx"):
        assert rows(client, f"/en/engagements.{extension}")[0]["partners"].split("; ") == ["Milk, bread", "Bees"]


def test_a_text_that_no_cell_can_hold_is_cut_and_the_file_says_so(client):
    long = "👩" * (xlsx.LONGEST_CELL // 2 + 5)
    EngagementFactory(summary_en=long)
    (row,) = xlsx_rows(client, "/en/engagements.xlsx")
    assert row["summary"].endswith(" […]")
    assert len(row["summary"].encode("utf-16-le")) // 2 <= xlsx.LONGEST_CELL
    about = [row[:2] for row in workbook(client, "/en/engagements.xlsx")["about"].iter_rows(values_only=True)]
    (said,) = (value for name, value in about if name == "Texts that were cut")
    assert said.startswith("1, ")
    assert csv_rows_of_any_length(client)[0]["summary"] == long


def csv_rows_of_any_length(client) -> list[dict]:
    limit = csv.field_size_limit(10_000_000)
    try:
        return csv_rows(client, "/en/engagements.csv")
    finally:
        csv.field_size_limit(limit)


def test_every_part_of_a_workbook_is_well_formed(client):
    for text in [*FORMULAS, *HARMLESS, "\x02"]:
        EngagementFactory(title_en=text or "x", summary_en=text)
    with ZipFile(io.BytesIO(body(client, "/en/engagements.xlsx"))) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "[Content_Types].xml"
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))  # noqa: S314 - our own


def test_csv_lines_end_as_the_standard_says_and_begin_with_the_mark_for_excel(client):
    EngagementFactory(summary_en="two\nlines")
    content = body(client, "/en/engagements.csv")
    assert content.startswith(b"\xef\xbb\xbfid,page,title,")
    assert content.count(b"\r\n") == 2
