"""Which addresses are in a snapshot, in which files, and that the proxies know the same rules."""

import re
from pathlib import Path

import pytest
from django.urls import get_resolver

from listing.facet_filters import FacetFilter
from listing.views import FilteredListView
from snapshot.addresses import PARAMETERS, Scope, address_of, within

ROOT = Path(__file__).resolve().parents[2]
SCOPE = Scope(("en", "es", "fr"))


@pytest.mark.parametrize(
    ("address", "file", "link"),
    [
        ("/en/", "en/index.html", "/en/"),
        ("/en/programmes/", "en/programmes/index.html", "/en/programmes/"),
        ("/es/programmes/?country=PE", "es/programmes/~country=PE/index.html", "/es/programmes/~country=PE/"),
        ("/en/engagements/?page=2", "en/engagements/~page=2/index.html", "/en/engagements/~page=2/"),
        ("/en/engagements/?page=1", "en/engagements/index.html", "/en/engagements/"),
        ("/fr/feed/", "fr/feed/index.xml", "/fr/feed/index.xml"),
        ("/en/countries/pe/feed/", "en/countries/pe/feed/index.xml", "/en/countries/pe/feed/index.xml"),
        ("/en/programmes/feed/", "en/programmes/feed/index.html", "/en/programmes/feed/"),
        ("/en/programmes/feed/feed/", "en/programmes/feed/feed/index.xml", "/en/programmes/feed/feed/index.xml"),
        ("/en/planned.ics", "en/planned.ics", "/en/planned.ics"),
        ("/media/photos/a.webp.96.avif", "media/photos/a.webp.96.avif", "/media/photos/a.webp.96.avif"),
        ("/static/css/base.css", "static/css/base.css", "/static/css/base.css"),
        ("/robots.txt", "robots.txt", "/robots.txt"),
        ("/sitemap-engagements.xml", "sitemap-engagements.xml", "/sitemap-engagements.xml"),
        ("/sitemap-engagements.xml?p=1", "sitemap-engagements.xml", "/sitemap-engagements.xml"),
        ("/sitemap-engagements.xml?p=2", "sitemap-engagements.xml~p=2.xml", "/sitemap-engagements.xml~p=2.xml"),
    ],
)
def test_an_address_has_a_file_and_a_link_to_it(address, file, link):
    assert (SCOPE.file_of(address), SCOPE.link_to(address)) == (file, link)
    assert SCOPE.file_of(address_of(link)) == file


@pytest.mark.parametrize(
    "address",
    [
        "/",  # the page of languages is made without being asked for
        "/de/",
        "/admin/",
        "/api/v1/programmes/",
        "/healthz",
        "/en/search/?q=a",
        "/en/search/",
        "/en/programmes/?country=PE&country=BO",
        "/en/programmes/?country=PE&page=2",
        "/en/programmes/?q=dairy",
        "/en/programmes/?sort=newest",
        "/en/profiles/x/?preview=token",
        "/en/programmes/?country=../../etc",
        "/en/../admin/",
        "/static/../db.sqlite3",
        "/static/%2e%2e/db.sqlite3",
        "/en/programmes/~country=PE/",
        "/en/programmes.csv",
        "/data/bundle.zip",
        "/media/",
    ],
)
def test_what_is_in_no_snapshot(address):
    assert SCOPE.file_of(address) is None


def test_data_is_there_where_it_is_asked_for_but_under_no_filter():
    scope = Scope(("en",), data=True)
    assert scope.file_of("/data/bundle.zip") == "data/bundle.zip"
    assert scope.file_of("/en/programmes.xlsx") == "en/programmes.xlsx"
    assert scope.file_of("/en/programmes.xlsx?country=PE") is None
    assert scope.file_of("/es/programmes.xlsx") is None


@pytest.mark.parametrize(
    ("link", "place"),
    [
        ("?page=2", "/en/programmes/?page=2"),
        ("#results", "/en/programmes/"),
        ("../", "/en/"),
        ("/es/?a=b#c", "/es/?a=b"),
        ("https://portal.example.org/en/", None),
        ("//other.example/", None),
        ("mailto:a@example.org", None),
    ],
)
def test_where_a_link_on_a_page_leads(link, place):
    assert within(link, "/en/programmes/") == place


def test_every_facet_of_every_list_is_known():
    def views(patterns):
        for pattern in patterns:
            yield from views(pattern.url_patterns) if hasattr(pattern, "url_patterns") else [pattern.callback]

    lists = {
        view.view_class
        for view in views(get_resolver().url_patterns)
        if issubclass(getattr(view, "view_class", object), FilteredListView)
    }
    facets = {
        name
        for view in lists
        for name, each in view.filterset_class.base_filters.items()
        if isinstance(each, FacetFilter)
    }
    assert len(lists) == 3
    assert facets <= set(PARAMETERS)


@pytest.mark.parametrize("file", ["deploy/nginx.conf", "deploy/container/Caddyfile"])
def test_the_proxies_know_the_same_parameters(file):
    (known,) = re.findall(r"\(\??:?(country\|[a-z|]+)\)", (ROOT / file).read_text())
    assert set(known.split("|")) == set(PARAMETERS)
