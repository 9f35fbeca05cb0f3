"""The timeline: how its bars are laid out, and the tag that draws them."""

import re
from html import unescape
from itertools import pairwise

import pytest
from django.template import Context, Template
from django.utils import translation

from charts.timeline import bars


def per_cent(length: str) -> float:
    assert length.endswith("%")
    return float(length[:-1])


def drawn(years, options: str = "") -> str:
    return Template("{% load charts %}{% timeline years " + options + " %}").render(Context({"years": years}))


def rows(html: str) -> list[tuple[str, str]]:
    """The rows of the table, without links."""
    cells = re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td>', html)
    return [(re.sub(r"<[^>]+>", "", year), number) for year, number in cells]


def addresses(html: str) -> list[str]:
    return [unescape(address) for address in re.findall(r'<a href="([^"]+)"', html)]


def test_bars_are_as_high_as_their_numbers():
    one, two, none = bars([(2018, 1), (2019, 2), (2020, 0)], mirrored=False)
    assert per_cent(two.height) == pytest.approx(2 * per_cent(one.height))
    assert per_cent(none.height) == 0
    assert per_cent(one.y) + per_cent(one.height) == per_cent(two.y) + per_cent(two.height)


@pytest.mark.parametrize("count", [1, 5, 12, 30, 60])
def test_bars_stand_beside_each_other_within_the_drawing(count):
    laid_out = bars([(1960 + index, 1) for index in range(count)], mirrored=False)
    ends = [(per_cent(bar.x), per_cent(bar.x) + per_cent(bar.width)) for bar in laid_out]
    assert ends[0][0] >= 0
    assert ends[-1][1] <= 100
    assert all(end < start for (_, end), (start, _) in pairwise(ends))


def test_a_few_years_make_slim_bars():
    (bar,) = bars([(2018, 3)], mirrored=False)
    assert per_cent(bar.width) < 10


def test_time_runs_from_right_to_left_where_people_read_so():
    first, last = bars([(2018, 1), (2019, 1)], mirrored=True)
    assert per_cent(first.middle) > per_cent(last.middle)
    with translation.override("ar"):
        places = [float(x) for x in re.findall(r'<rect x="([\d.]+)%', drawn([(2018, 1), (2019, 1)]))]
    assert places == sorted(places, reverse=True)


@pytest.mark.parametrize("count", [8, 16, 30, 60])
def test_years_written_on_a_phone_do_not_run_into_each_other(count):
    laid_out = bars([(1961 + index, 1) for index in range(count)], mirrored=False)
    written = [per_cent(bar.middle) for bar in laid_out if bar.year_shown == ""]
    assert written
    # Four digits of 12 pixels are about 27 pixels wide; a phone's drawing is at least 288.
    assert all(second - first > 27 / 288 * 100 * 0.85 for first, second in pairwise(written))


@pytest.mark.parametrize("count", range(9, 61))
def test_years_written_on_a_wide_page_are_evenly_spaced_and_apart(count):
    laid_out = bars([(1961 + index, 1) for index in range(count)], mirrored=False)
    written = [bar for bar in laid_out if bar.year_shown is not None]
    assert len({second.year - first.year for first, second in pairwise(written)}) <= 1
    # From 736 pixels on.
    assert all(per_cent(b.middle) - per_cent(a.middle) > 28 / 736 * 100 for a, b in pairwise(written))


def test_of_many_years_every_fifth_is_written_on_a_phone():
    laid_out = bars([(2000 + index, 1) for index in range(24)], mirrored=False)
    assert [bar.year for bar in laid_out if bar.year_shown == ""] == [2000, 2005, 2010, 2015, 2020]


def test_the_highest_bar_always_has_its_figure():
    laid_out = bars([(1950 + index, 1000 if index == 30 else 999) for index in range(60)], mirrored=False)
    assert [bar.year for bar in laid_out if bar.number_shown == ""] == [1980]


def test_years_of_more_than_sixty_are_summed_up_in_the_first_bar():
    years = [(1900 + index, 1) for index in range(101)]
    laid_out = bars(years, mirrored=False)
    assert len(laid_out) == 60
    assert (laid_out[0].year, laid_out[0].number, laid_out[0].and_before) == (1941, 42, True)
    assert [bar.and_before for bar in laid_out[1:]] == [False] * 59
    assert sum(bar.number for bar in laid_out) == 101
    html = drawn(years, 'to="/en/engagements/"')
    assert "most in 1942: 1" in html
    assert rows(html)[0] == ("1941 and before", "42")
    assert addresses(html)[:2] == ["/en/engagements/?year_to=1941", "/en/engagements/?year_to=1942&year_from=1942"]


def test_nothing_is_drawn_where_there_are_no_years():
    assert drawn([]).strip() == ""


def test_the_drawing_says_in_a_sentence_what_it_shows():
    html = drawn([(2005, 1), (2006, 0), (2007, 7)])
    assert 'role="img" aria-label="Engagements by year, 2005 to 2007; most in 2007: 7"' in html
    assert 'aria-label="Engagements in 2005: 3"' in drawn([(2005, 3)])


def test_the_table_has_every_year_also_those_without_any():
    assert rows(drawn([(2005, 1), (2006, 0), (2007, 1234)])) == [("2005", "1"), ("2006", "0"), ("2007", "1,234")]


def test_years_lead_to_the_list_under_the_filter_of_the_page():
    html = drawn([(2005, 1), (2006, 0), (2007, 7)], 'to="/en/engagements/" query="country=PE&year_from=1990&page=2"')
    assert addresses(html) == [
        "/en/engagements/?country=PE&year_to=2005&year_from=2005",
        "/en/engagements/?country=PE&year_to=2007&year_from=2007",
    ]


def test_without_a_list_years_are_no_links():
    assert addresses(drawn([(2005, 1)])) == []


def test_years_have_no_separator_in_any_language():
    for language in ("en", "es", "fr"):
        with translation.override(language):
            assert ">2005</text>" in drawn([(2005, 1)])
