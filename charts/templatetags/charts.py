"""Tags that draw: the world map and the timeline of engagements, each with the same facts as a table beneath."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from urllib.parse import urlencode

from django import template
from django.core.cache import cache
from django.http import QueryDict
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import get_language, get_language_bidi

from charts.timeline import bars
from charts.world import class_of, classes, part_with, world
from multilingual.text import sort_key

register = template.Library()

SECONDS_A_MAP_IS_KEPT = 3600


def addresses(to: str, query: str, name: str, values: Iterable[str]) -> Iterator[str]:
    """The list at `to` under the filters of `query`, and under each of the `values` too; from its first page."""
    filters = QueryDict(query, mutable=True)
    filters.pop("page", None)
    chosen, before = filters.getlist(name), filters.urlencode()
    for value in values:
        more = [] if value in chosen else [urlencode({name: value})]
        yield f"{to}?{'&'.join([before, *more] if before else more)}"


@register.simple_tag
def world_map(countries, to: str = "", query: str = "", zoom: bool = False) -> str:
    """A world map on which each of the `countries` is a link, shaded by its `engagement_count`; nothing without any.

    `countries` are records with `code`, `name`, `engagement_count` and `get_absolute_url()`. A link leads to the
    country's page or, where the address `to` of a list is given, to that list under the filters of the query string
    `query` and the country. With `zoom` the map shows the part of the world in which the countries lie.

        {% world_map countries %}
        {% url "engagements:list" as list_url %}{% world_map countries to=list_url query=request.GET.urlencode %}

    The drawing is kept in Django's cache under all that it shows, so what is found there is always right.
    """
    by_name = sorted(countries, key=lambda country: sort_key(country.name))
    if not by_name:
        return ""
    if to:
        links = addresses(to, query, "country", [country.code for country in by_name])
    else:
        links = (country.get_absolute_url() for country in by_name)
    places = [
        {"code": country.code, "name": str(country.name), "number": country.engagement_count, "address": link}
        for country, link in zip(by_name, links, strict=True)
    ]
    land = static("map/land.svg")
    shown = repr((get_language(), land, zoom, [tuple(place.values()) for place in places]))
    key = f"world-map-{sha256(shown.encode()).hexdigest()}"
    drawing = cache.get(key)
    if drawing is None:
        drawing = render_to_string("charts/world_map.html", drawn(places, zoom) | {"land": land})
        cache.set(key, drawing, SECONDS_A_MAP_IS_KEPT)
    return drawing


def drawn(places: list[dict], zoom: bool) -> dict:
    """What the template of the map shows: the `places` with their shapes and classes, in the orders needed."""
    shapes = world().shapes
    legend = classes([place["number"] for place in places])
    for place in places:
        place["shape"] = shapes.get(place["code"])
        place["class"] = class_of(place["number"], legend)
    on_the_map = [place for place in places if place["shape"]]
    view = part_with(place["code"] for place in on_the_map) if zoom else world().view
    return {
        # Dots come last: no land may hide them.
        "large": [place for place in on_the_map if not place["shape"].dot],
        "small": [place for place in on_the_map if place["shape"].dot],
        "not_on_the_map": [place for place in places if not place["shape"]],
        "by_number": sorted(places, key=lambda place: -place["number"]),
        "legend": legend,
        "view": view,
        "whole": world().view,
    }


@register.inclusion_tag("charts/timeline.html")
def timeline(years, to: str = "", query: str = "") -> dict:
    """Bars for `years`, (year, number) without gaps, and the same as a table; nothing where there are none.

    With the address `to` of the engagement list, each year of the table leads to that list under the filters of the
    query string `query` and that year.

        {% url "engagements:list" as list_url %}{% timeline years to=list_url query="country=PE" %}
    """
    drawn = bars(years, mirrored=get_language_bidi())
    rows = [(bar, year_address(to, query, bar) if to and bar.number else "") for bar in drawn]
    single_years = [bar for bar in drawn if not bar.and_before]
    most = max(single_years, key=lambda bar: bar.number, default=None)
    return {"bars": drawn, "rows": rows, "has_links": bool(to), "most": most}


def year_address(to: str, query: str, bar) -> str:
    """The list at `to` under the filters of `query` and the year, or the years, of `bar`."""
    filters = QueryDict(query, mutable=True)
    filters.pop("page", None)
    filters.pop("year_from", None)
    filters["year_to"] = str(bar.year)
    if not bar.and_before:
        filters["year_from"] = str(bar.year)
    return f"{to}?{filters.urlencode()}"
