"""Dates known to the year, the month or the day: typed by editors, kept, and read by people."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from engagements.dates import Precision, display, parse, to_text


class TestParsing:
    @pytest.mark.parametrize(
        ("text", "day", "precision"),
        [
            ("2018", date(2018, 1, 1), Precision.YEAR),
            ("2018-11", date(2018, 11, 1), Precision.MONTH),
            ("2018-11-19", date(2018, 11, 19), Precision.DAY),
            ("1900", date(1900, 1, 1), Precision.YEAR),
            ("2100-12-31", date(2100, 12, 31), Precision.DAY),
            (" 2018-11 ", date(2018, 11, 1), Precision.MONTH),
        ],
    )
    def test_a_start_stands_for_the_first_day_of_what_is_known(self, text, day, precision):
        assert parse(text) == (day, precision)

    @pytest.mark.parametrize(
        ("text", "day", "precision"),
        [
            ("2018", date(2018, 12, 31), Precision.YEAR),
            ("2018-11", date(2018, 11, 30), Precision.MONTH),
            ("2018-02", date(2018, 2, 28), Precision.MONTH),
            ("2020-02", date(2020, 2, 29), Precision.MONTH),
            ("2018-11-19", date(2018, 11, 19), Precision.DAY),
        ],
    )
    def test_an_end_stands_for_the_last_day_of_what_is_known(self, text, day, precision):
        assert parse(text, end=True) == (day, precision)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "soon",
            "19.11.2018",
            "19-11-2018",
            "11/2018",
            "2018/11",
            "November 2018",
            "2018-",
            "2018--19",
            "2018-11-19-1",
            "2018-13",
            "2018-11-31",
            "2018-02-29",
            "1899",
            "2101",
            "18",
            "-2018",
            "2018-00",
            "2018-00-00",
            "2018-11-00",
        ],
    )
    @pytest.mark.parametrize("end", [False, True])
    def test_anything_else_is_refused_with_examples(self, text, end):
        with pytest.raises(ValidationError, match="Write the date as 2018, 2018-11 or 2018-11-19"):
            parse(text, end=end)

    @pytest.mark.parametrize("text", ["2018", "2018-11", "2018-11-19"])
    @pytest.mark.parametrize("end", [False, True])
    def test_a_date_is_written_back_as_it_was_typed(self, text, end):
        assert to_text(*parse(text, end=end)) == text


@pytest.mark.parametrize(
    ("language", "precision", "text"),
    [
        ("en", Precision.DAY, "3 May 2019"),
        ("en", Precision.MONTH, "May 2019"),
        ("en", Precision.YEAR, "2019"),
        ("es", Precision.DAY, "3 de mayo de 2019"),
        ("es", Precision.MONTH, "mayo de 2019"),
        ("es", Precision.YEAR, "2019"),
        ("fr", Precision.DAY, "3 mai 2019"),
        ("fr", Precision.MONTH, "mai 2019"),
        ("fr", Precision.YEAR, "2019"),
    ],
)
def test_a_date_reads_as_precisely_as_it_is_known_in_the_language_of_the_reader(language, precision, text):
    with override(language):
        assert display(date(2019, 5, 3), precision) == text
