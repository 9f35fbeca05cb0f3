"""Rows of CSV come back as they were written, and nothing else is taken for a row."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bundle import rows
from bundle.rows import RowError, read, written

CELLS = st.lists(
    st.none() | st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])), min_size=1, max_size=6
)


def read_all(content: bytes) -> list:
    return [cells for _line, cells in read(io.BytesIO(content))]


@given(st.lists(CELLS, max_size=5))
def test_rows_come_back_as_they_were_written(table):
    assert read_all("".join(map(written, table)).encode()) == table


@given(st.lists(CELLS.filter(lambda cells: len(cells) > 1), max_size=5))
def test_other_programs_read_the_same_but_for_null(table):
    content = "".join(map(written, table))
    assert list(csv.reader(io.StringIO(content, newline=""))) == [[cell or "" for cell in cells] for cells in table]


def test_null_is_nothing_and_an_empty_text_is_quoted():
    assert written(["a", None, "", "b"]) == 'a,,"",b\n'


def test_formulas_are_left_as_they_are():
    assert written(["=1+1", "@SUM(A1)", "-5"]) == "=1+1,@SUM(A1),-5\n"


def test_what_no_database_keeps_alike_is_left_out():
    assert written(["a\x00b"]) == "ab\n"


def test_rows_bear_the_line_on_which_they_begin():
    assert [line for line, _cells in read(io.BytesIO(b'a\n"b\nc"\nd\n'))] == [1, 2, 4]


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b'a\n"b\nc', 2, "never closed"),
        (b'a"b"\n', 1, "Wrong quoting"),
        (b'"a"b\n', 1, "Wrong quoting"),
        (b"a\r\n", 1, "Wrong quoting or line end"),
        (b"a\nb", 2, "cut off"),
        (b"a\x00b\n", 1, "NUL"),
        (b"\xff\n", 1, "UTF-8"),
    ],
)
def test_what_is_no_row_is_refused_with_its_line(content, line, message):
    with pytest.raises(RowError, match=message) as refused:
        read_all(content)
    assert refused.value.line == line


@pytest.mark.parametrize("content", [b"a" * 200 + b"\n", b'"' + b"\n" * 200])
def test_a_row_without_end_is_not_read_to_its_end(content, monkeypatch):
    monkeypatch.setattr(rows, "LONGEST_ROW", 100)
    file = io.BytesIO(content)
    with pytest.raises(RowError, match="longer than 100 bytes"):
        list(read(file))
    assert file.tell() <= 102
