"""What htmx is given when it asks for a list: the changing parts and nothing else, never kept by a cache."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import EngagementFactory
from tests.pages import names, text

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true", "HX-Target": "results"}


@pytest.fixture(autouse=True)
def engagements():
    EngagementFactory(title_en="Course in Lima", country_id="PE")
    EngagementFactory(title_en="Course in Nairobi", country_id="KE")


def title(content: str) -> str:
    return " ".join(content[content.index("<title>") : content.index("</title>")].split())


def is_page(response) -> bool:
    return "<html" in response.content.decode()


def test_it_gets_title_filters_and_results_without_the_page_around_them(client):
    response = client.get("/en/engagements/?country=PE", headers=HTMX)
    content = response.content.decode()
    assert not is_page(response)
    assert names(response) == ["Course in Lima"]
    assert "<title>Engagements – COOP Portal</title>" in content
    assert content.count('id="results"') == content.count('id="filters"') == 1
    assert "<h1" not in content
    assert len(content) < len(client.get("/en/engagements/?country=PE").content)


def test_its_title_is_that_of_the_page(client):
    EngagementFactory.create_batch(20, country_id="PE")
    for address in ("/en/engagements/", "/es/engagements/?page=2"):
        page, fragment = (client.get(address, headers=headers).content.decode() for headers in ({}, HTMX))
        assert title(fragment) == title(page)
    assert "página 2" in title(page)


@pytest.mark.parametrize("path", ["engagements", "programmes", "profiles"])
def test_every_list_has_the_same_results_either_way(client, path):
    page = client.get(f"/en/{path}/?q=course").content.decode()
    fragment = client.get(f"/en/{path}/?q=course", headers=HTMX).content.decode()
    results = page[page.index('<section id="results"') :].split("</main>")[0]
    assert fragment.split()[-1] == "</div>"
    assert fragment[fragment.index('<section id="results"') :].split() == results.split()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HX-Request": "false"},
        {"HX-Request": "true"},
        {"HX-Request": "true", "HX-Target": "main"},
        {"HX-Target": "results"},
        HTMX | {"HX-History-Restore-Request": "true"},
    ],
)
def test_everybody_else_gets_the_page(client, headers):
    assert is_page(client.get("/en/engagements/", headers=headers))


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_caches_are_told_that_page_and_fragment_differ(client, headers):
    vary = client.get("/en/engagements/", headers=headers)["Vary"]
    assert {"HX-Request", "HX-Target"} <= {name.strip() for name in vary.split(",")}


def test_a_fragment_is_kept_by_no_browser(client):
    assert "no-store" in client.get("/en/engagements/", headers=HTMX)["Cache-Control"]
    assert "no-store" not in client.get("/en/engagements/").get("Cache-Control", "")


@pytest.mark.parametrize(
    "headers",
    [
        {"HX-Current-URL": "http://[broken"},
        {"HX-Current-URL": "javascript:alert(1)", "HX-Current-URL-URI-AutoEncoded": "true"},
        {"HX-Target": "results\x00"},
        {"HX-Target": "<script>alert(1)</script>"},
        {"HX-Trigger": "%FF%FE", "HX-Trigger-URI-AutoEncoded": "true"},
        {"HX-Prompt": "x" * 5000},
    ],
)
def test_hostile_headers_break_nothing_and_are_not_repeated(client, headers):
    response = client.get("/en/engagements/?country=ZZ&year_from=abc", headers=HTMX | headers)
    assert response.status_code == 200
    assert "alert(1)" not in response.content.decode()
    assert "Please check 2 filters" in text(response)


def test_a_hostile_value_is_shown_as_text(client):
    response = client.get("/en/engagements/?country=<script>alert(1)</script>", headers=HTMX)
    assert "<script>alert" not in response.content.decode()
    assert "“<script>alert(1)</script>”" in text(response)


def test_it_asks_no_more_queries_than_the_page(client):
    def queries(**headers) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/en/engagements/?country=PE", headers=headers)
        return len(captured)

    queries()
    assert queries(**HTMX) <= queries()
