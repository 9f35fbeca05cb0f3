"""CSV (RFC 4180): a row of names, then one row a record; every program reads it as it is.

What the file says about itself stands in its last columns, the same in every row. Lines of remarks above the names
would make the first row of data the header in Python, R and spreadsheets, unless each is told how many to skip; below
the data they would be records. Rows that carry it keep it when files are cut, sorted or put together.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Model

from downloads.about import About
from downloads.formats.cells import cell
from sheets.writing import csv_lines

ABOUT_COLUMNS = ("about_filters", "about_date", "about_source", "about_licence")


def pieces(chunks: Iterable[list[Model]], about: About) -> Iterator[bytes]:
    """The file; its text begins with the mark by which Excel knows UTF-8."""
    table = about.table
    same = [about.filters_in_words, about.retrieved, about.source, about.licence_in_words]
    rows = ([[_text(value) for value in (*table.row(record), *same)] for record in chunk] for chunk in chunks)
    for lines in csv_lines([*(column.name for column in table.columns), *ABOUT_COLUMNS], rows):
        yield lines.encode()


def _text(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return cell(value)
