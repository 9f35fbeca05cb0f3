"""The tag that draws the world map."""

import gzip
import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.template import Context, Template
from django.utils import translation

from charts.templatetags import charts
from charts.world import world


@dataclass
class Country:
    """What the tag asks of a country."""

    code: str
    name: str
    engagement_count: int

    def get_absolute_url(self) -> str:
        return f"/en/countries/{self.code.lower()}/"


PERU, BOLIVIA, KENYA = Country("PE", "Peru", 8), Country("BO", "Bolivia", 2), Country("KE", "Kenya", 1)
SAINT_LUCIA, ANTARCTICA = Country("LC", "Saint Lucia", 1), Country("AQ", "Antarctica", 1)


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()
    yield
    cache.clear()


def drawn(*countries, options: str = "") -> str:
    return Template("{% load charts %}{% world_map countries " + options + " %}").render(
        Context({"countries": countries})
    )


def links(html: str) -> dict[str, str]:
    """Where the shapes lead, by their names."""
    start = html.index('<svg class="map"')
    svg = html[start : html.index("</svg>", start)]
    found = re.findall(r'<a class="[^"]+" href="([^"]+)"><title>([^<]+)</title>', svg)
    return {unescape(name): unescape(address) for address, name in found}


def table(html: str) -> list[tuple[str, str, str]]:
    """The rows of the table: address, name and number."""
    rows = re.findall(r'<th scope="row"><a href="([^"]+)">([^<]+)</a></th><td>([^<]+)</td>', html)
    return [tuple(map(unescape, row)) for row in rows]


def test_every_country_is_a_link_with_its_name_and_number():
    assert links(drawn(PERU, KENYA)) == {
        "Peru: 8 engagements": "/en/countries/pe/",
        "Kenya: 1 engagement": "/en/countries/ke/",
    }


def test_countries_are_linked_by_name_and_small_ones_after_the_large():
    assert [name.split(":")[0] for name in links(drawn(SAINT_LUCIA, PERU, KENYA, BOLIVIA))] == [
        "Bolivia",
        "Kenya",
        "Peru",
        "Saint Lucia",
    ]


def test_the_table_has_the_same_facts_the_most_first():
    html = drawn(BOLIVIA, KENYA, PERU, SAINT_LUCIA)
    assert table(html) == [
        ("/en/countries/pe/", "Peru", "8"),
        ("/en/countries/bo/", "Bolivia", "2"),
        ("/en/countries/ke/", "Kenya", "1"),
        ("/en/countries/lc/", "Saint Lucia", "1"),
    ]
    assert {(address, f"{name}: {number}") for address, name, number in table(html)} == {
        (address, name.rsplit(" ", 1)[0]) for name, address in links(html).items()
    }


def test_the_shading_follows_the_number_and_the_legend_says_how():
    html = drawn(PERU, BOLIVIA, KENYA)
    for href, shade in (("pe", 3), ("bo", 2), ("ke", 1)):
        assert f'<a class="map-{shade}" href="/en/countries/{href}/">' in html
    legend = re.sub(r"<[^>]+>", " ", html[html.index('class="map-legend"') : html.index("<details")])
    assert "1 2–4 5–8" in " ".join(legend.split())


def test_a_small_state_has_a_dot_with_room_to_point_at():
    x, y = world().shapes["LC"].dot
    html = drawn(SAINT_LUCIA)
    assert f'<path class="dot" d="M{x} {y}h0"/>' in html
    assert f'<path class="hit" d="M{x} {y}h0"/>' in html


def test_a_country_that_is_not_drawn_is_in_the_table_and_named():
    html = drawn(PERU, ANTARCTICA)
    assert list(links(html)) == ["Peru: 8 engagements"]
    assert ("/en/countries/aq/", "Antarctica", "1") in table(html)
    assert "Not on the map: Antarctica" in " ".join(re.sub(r"<[^>]+>", "", html).split())


def test_nothing_is_drawn_where_there_is_no_country():
    assert drawn() == ""


def test_links_to_a_list_keep_its_filters_and_add_the_country():
    html = drawn(PERU, BOLIVIA, options='to="/en/engagements/" query="topic=youth&q=a%26b&country=PE&page=3"')
    for name, countries in (("Bolivia: 2 engagements", ["PE", "BO"]), ("Peru: 8 engagements", ["PE"])):
        parts = urlsplit(links(html)[name])
        assert parts.path == "/en/engagements/"
        assert parse_qs(parts.query) == {"topic": ["youth"], "q": ["a&b"], "country": countries}


def test_names_and_addresses_are_escaped():
    html = drawn(Country("PE", "<b>Peru</b>", 1), options="""to="/x/" query='q="><script>'""")
    assert "<b>" not in html
    assert "<script>" not in html
    assert "&lt;b&gt;Peru&lt;/b&gt;: 1 engagement" in html


def test_large_numbers_are_written_as_people_write_them():
    html = drawn(Country("PE", "Peru", 12345))
    assert "Peru: 12,345 engagements" in links(html)
    assert "<td>12,345</td>" in html


def test_coordinates_are_numbers_for_machines_in_every_language():
    with translation.override("fr"):
        html = drawn(PERU, SAINT_LUCIA)
    view = world().view
    assert f'viewBox="{view.as_view()}" width="{view.width}" height="{view.height}"' in html


def test_zoomed_in_the_map_shows_the_part_with_the_countries():
    whole, part = drawn(PERU, BOLIVIA), drawn(PERU, BOLIVIA, options="zoom=True")
    assert f'viewBox="{world().view.as_view()}"' in whole
    assert f'viewBox="{world().view.as_view()}"' not in part
    assert links(whole) == links(part)


def test_the_map_can_be_skipped():
    html = drawn(PERU)
    assert html.index('href="#map-table"') < html.index("<svg")
    assert 'id="map-table"' in html


def test_the_source_is_named_and_boundaries_imply_no_opinion():
    html = drawn(PERU)
    assert "Made with Natural Earth." in html
    assert "do not imply any opinion" in html


def test_a_map_is_drawn_once_for_the_same_facts(monkeypatch):
    first = drawn(PERU, KENYA)
    monkeypatch.setattr(charts, "render_to_string", None)
    assert drawn(PERU, KENYA) == first
    assert drawn(KENYA, PERU) == first


@pytest.mark.parametrize(
    ("countries", "options"),
    [
        ([PERU], ""),
        ([PERU, Country("KE", "Kenya", 2)], ""),
        ([PERU, Country("KE", "Republic of Kenya", 1)], ""),
        ([PERU, KENYA], "zoom=True"),
        ([PERU, KENYA], 'to="/en/engagements/"'),
        ([PERU, KENYA], 'to="/en/engagements/" query="topic=youth"'),
    ],
)
def test_other_facts_are_drawn_anew(countries, options):
    first = drawn(PERU, KENYA)
    second = drawn(*countries, options=options)
    assert second != first
    cache.clear()
    assert drawn(*countries, options=options) == second


def test_another_language_is_drawn_anew(monkeypatch):
    drawn(PERU)
    languages = []
    monkeypatch.setattr(charts, "render_to_string", lambda *args: languages.append(translation.get_language()) or "")
    for language in ("es", "fr", "en"):
        with translation.override(language):
            drawn(PERU)
    assert languages == ["es", "fr"]


def test_a_map_of_every_country_there_is_stays_under_sixty_kilobytes():
    countries = [Country(code, f"The Republic of {code}", 3) for code in world().shapes]
    with open(finders.find("map/land.svg"), "rb") as land:
        weight = len(gzip.compress(drawn(*countries).encode())) + len(gzip.compress(land.read()))
    assert weight < 60_000
