"""A visitor gets no cookie, whatever is asked for: pages, forms, files, feeds, the API, and what goes wrong.

That browsers keep nothing else, and ask nobody else, is in tests/e2e/test_every_page.py and tests/e2e/test_storage.py.
"""

from collections.abc import Iterator

import pytest
from django.test import Client

from tests import page_types
from tests.attacks import addresses
from tests.attacks.answers import body

pytestmark = pytest.mark.same_on_every_database

FORMS = [
    "profiles/?q=a&country=PE",
    "engagements/?q=&year_from=x",
    "search/?q=dairy&type=person",
    "gaps/?region=africa",
]
HTMX = {"hx-request": "true", "hx-target": "results"}


def asked() -> Iterator[tuple[str, str, dict]]:
    """Method, address and headers: pages in all languages, everything else that has an address, and odd ways to ask."""
    pages = [*page_types.paths().values(), *FORMS]
    for path in [*(f"/{language}/{path}" for language in ("en", "es", "fr") for path in pages), "/"]:
        yield "get", path, {}
    for address in addresses.public():
        for method in ("get", "post", "options"):
            yield method, address.path, {}
    for path in FORMS:
        yield "get", f"/en/{path}", HTMX


@pytest.fixture(scope="module")
def cookies(sample_content) -> dict[tuple[str, str], list[str]]:
    """The cookies that came, by method and address."""
    found = {}
    for method, address, headers in asked():
        response = getattr(Client(raise_request_exception=False), method)(address, headers=headers)
        found[method, address, *headers] = list(response.cookies)
        body(response)
    return found


def test_visitors_get_no_cookie(cookies):
    assert len(cookies) > 250
    assert {asked: came for asked, came in cookies.items() if came} == {}


def test_neither_does_who_comes_with_one_of_another_site(sample_content):
    visitor = Client()
    visitor.cookies["tracked"] = "a-number"
    for address in page_types.paths().values():
        assert not visitor.get(f"/en/{address}").cookies


def test_cookies_would_be_seen(sample_content):
    assert list(Client().get("/admin/login/").cookies) == ["csrftoken"]
