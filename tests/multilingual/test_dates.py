"""Days as people write them in each language."""

from datetime import date

import pytest
from django.utils.translation import override

from multilingual.dates import written_day, written_days
from multilingual.templatetags.translated import day


@pytest.mark.parametrize(
    ("language", "first", "twenty_first"),
    [
        ("en", "1 May 2019", "21 May 2019"),
        ("es", "1 de mayo de 2019", "21 de mayo de 2019"),
        ("fr", "1er mai 2019", "21 mai 2019"),
        ("ar", "1 مايو، 2019", "21 مايو، 2019"),
    ],
)
def test_the_first_of_a_month_has_a_form_of_its_own_in_french_alone(language, first, twenty_first):
    with override(language):
        assert written_day(date(2019, 5, 1)) == first
        assert written_day(date(2019, 5, 21)) == twenty_first


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "1–12 May 2019"),
        ("es", "1-12 de mayo de 2019"),
        ("fr", "1er–12 mai 2019"),
        ("ar", "1–12 مايو، 2019"),
    ],
)
def test_days_of_a_month_are_joined_as_the_language_joins_them(language, text):
    with override(language):
        assert written_days(date(2019, 5, 1), date(2019, 5, 12)) == text


def test_a_page_shows_nothing_for_a_day_that_is_not_known():
    assert day(None) == ""
