"""Links to files."""

from django import template
from django.urls import reverse

from downloads import asking
from downloads.formats import FORMATS
from downloads.tables import TABLES
from downloads.views import columns_page
from listing.filters import ListingFilterSet
from listing.paging import Total

register = template.Library()


@register.inclusion_tag("downloads/_links.html")
def list_downloads(filterset: ListingFilterSet, total: Total) -> dict:
    """Links to the list of `filterset` with its `total` of results, under the filters in force, in every format."""
    names = [name for name, table in TABLES.items() if table.filterset_class is type(filterset)]
    return {**_links(names[0], asking.query(filterset)), "total": total} if names and total.number else {}


@register.inclusion_tag("downloads/_links.html")
def downloads(name: str, query: str = "", heading: str = "") -> dict:
    """Links to the table `name` under the filters `query`, as in "country=PE", in every format, after `heading`."""
    return {**_links(name, f"?{query}" if query else ""), "heading": heading}


def _links(name: str, query: str) -> dict:
    links = [(each.label, reverse("downloads:list", args=[name, each.extension]) + query) for each in FORMATS.values()]
    return {"links": links, "columns": columns_page(name)}
