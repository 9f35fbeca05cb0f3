"""An answer as a page for people, and who gets which."""

import json

import pytest
from bs4 import BeautifulSoup

from api.rendering import pieces
from tests.api.probe import HOSTILE
from tests.api.test_problems import BROWSER

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.api.probe")]


def page(client, address="/api/v1/", **headers) -> BeautifulSoup:
    response = client.get(address, headers={"accept": BROWSER} | headers)
    assert response["Content-Type"] == "text/html; charset=utf-8"
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("*/*", "application/json"),
        ("", "application/json"),
        ("application/json", "application/json"),
        ("application/*", "application/json"),
        (BROWSER, "text/html; charset=utf-8"),
        ("text/html;q=0.5, application/json", "application/json"),
        ("application/json;q=0.2, text/html;q=0.9", "text/html; charset=utf-8"),
        ("text/html, */*;q=0.1", "text/html; charset=utf-8"),
        (";;;, application/json;q=abc", "application/json"),
    ],
)
def test_who_accepts_what_gets_it(client, accept, expected):
    assert client.get("/api/v1/", headers={"accept": accept})["Content-Type"] == expected


def test_without_the_header_it_is_json(client):
    assert client.get("/api/v1/")["Content-Type"] == "application/json"


def test_the_address_wins_over_the_header(client):
    assert client.get("/api/v1/?format=json", headers={"accept": BROWSER})["Content-Type"] == "application/json"
    html = client.get("/api/v1/?format=html", headers={"accept": "application/json"})
    assert html["Content-Type"].startswith("text/html")


def test_caches_keep_the_two_apart(client):
    assert "Accept" in client.get("/api/v1/")["Vary"]


def test_the_page_holds_the_whole_answer(client):
    shown = page(client).select_one("pre").get_text()
    assert json.loads(shown) == client.get("/api/v1/").json()


def test_addresses_are_links_and_nothing_else_is(client):
    links = {link["href"] for link in page(client).select("pre a")}
    assert links == {"http://testserver/api/v1/?cursor=abc&page_size=1", "http://testserver/api/v1/x/1/"}


def test_nothing_in_the_data_becomes_markup(client):
    soup = page(client)
    assert json.loads(soup.select_one("pre").get_text())["results"][0]["text"] == HOSTILE
    assert not soup.select("main script")


def test_the_page_leads_on(client):
    soup = page(client, "/api/v1/?page_size=1")
    assert soup.select_one("nav.pagination a[rel=next]")["href"].endswith("?cursor=abc&page_size=1")
    assert not soup.select("nav.pagination a[rel=prev]")
    addresses = [link["href"] for link in soup.select(".ways a")]
    assert "/api/v1/?page_size=1&format=json" in addresses
    assert "/api/v1/docs/" in addresses


def test_the_page_is_there_in_the_other_languages(client):
    links = page(client, "/api/v1/?page_size=1").select(".languages a")
    assert [link["href"] for link in links] == [f"/api/v1/?page_size=1&lang={code}" for code in ("en", "es", "fr")]


def test_search_engines_are_sent_away_from_answers(client):
    assert page(client).select_one("meta[name=robots]")["content"] == "noindex"


def test_the_page_needs_no_inline_script_or_style(client):
    soup = page(client)
    assert not [script for script in soup.select("script") if not script.get("src")]
    assert not soup.select("style, [style]")


def test_members_are_told_from_texts_that_look_like_them():
    data = {"a": 'b": c', 'x": "y': ["http://a.example/?q=1&r=2", "http://a b", "see http://c.example"], "n": None}
    made = list(pieces(data))
    assert json.loads("".join(piece.text for piece in made)) == data
    assert [piece.address for piece in made if piece.address] == ["http://a.example/?q=1&r=2"]
    assert [json.loads(piece.text) for piece in made if piece.is_name] == ["a", 'x": "y', "n"]
