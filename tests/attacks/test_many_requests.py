"""Thousands of requests that nobody would send by mistake: none fails in the portal, none shows what is hidden.

`MANY_REQUESTS=10000` sends as many, in some minutes; without it a share is sent. The world is that of
tests/test_leaks.py. The API is asked by its own document, too: tests/api/test_schemathesis.py.
"""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engagements.models import Engagement
from profiles.models import Profile
from tests.attacks import addresses, requests
from tests.attacks.answers import body
from tests.e2e.admin_pages import make_world
from tests.factories import FAR_AHEAD, LONG_AGO
from tests.test_leaks import EVERY_COUNTRY, HIDDEN_COUNTRY_NAME, HIDDEN_FIGURES, SECRET, START, both_worlds, words_in

MANY = int(os.environ.get("MANY_REQUESTS") or 300)
SLOW = list(HealthCheck)
LISTS = ["profiles", "programmes", "engagements", "search", "gaps", "countries"]


def of_all(share: int) -> Callable:
    """So many of a hundred of all requests."""
    return settings(max_examples=MANY * share // 100, deadline=None, database=None, suppress_health_check=SLOW)


@dataclass
class World:
    """Addresses that there are, those of them whose pages have forms, and words that lead to hidden records."""

    paths: list[str]
    pages: list[str]
    hidden: list[str]
    session: str = ""
    known_forms: dict[str, list[requests.Form]] = field(default_factory=dict)

    def browser(self) -> Client:
        client = Client()
        if self.session:
            client.cookies["sessionid"] = self.session
        return client

    def forms(self, path: str) -> list[requests.Form]:
        if path not in self.known_forms:
            page = requests.Request(path).sent_by(self.browser())
            is_page = page.status_code == 200 and page.headers["Content-Type"].startswith("text/html")
            self.known_forms[path] = list(requests.forms_in(path, page)) if is_page else []
        return self.known_forms[path]


@pytest.fixture(scope="module")
def visited(django_db_setup, django_db_blocker) -> Iterator[World]:
    """The public world beside the hidden one, as a visitor knows it."""
    with django_db_blocker.unblock(), translation.override("en"), transaction.atomic():
        public, hidden = both_worlds()
        known = {address.path for address in addresses.public()} | {path.partition("?")[0] for path in START}
        known |= {f"/{language}/{name}/" for language in ("en", "es", "fr") for name in LISTS}
        known |= {public[name].get_absolute_url() for name in ("organisation", "programme", "profile", "engagement")}
        keys = [str(key) for model in (Engagement, Profile) for key in model.objects.values_list("pk", flat=True)]
        words = [part for path in hidden for part in path.split("/") if SECRET in part]
        # Mostly what there is: of what is hidden there are many more addresses.
        pages = [f"/{language}/{name}/" for language in ("en", "es", "fr") for name in LISTS]
        yield World([*sorted(known) * 4, *hidden], pages, [*words, *keys])
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def desk(django_db_setup, django_db_blocker) -> Iterator[World]:
    """Every page of the admin, as an editor who may do everything knows it."""
    with django_db_blocker.unblock(), translation.override("en"), transaction.atomic():
        session = make_world().session
        paths = sorted({address.path for address in addresses.every() if address.is_admin})
        without_forms = ("logout/", "jsi18n/", "autocomplete/", "csv/", "xlsx/", "open/", "history/")
        pages = [path for path in paths if not path.endswith(without_forms)]
        assert len(pages) > 100
        yield World(paths, pages, [str(key) for key in User.objects.values_list("pk", flat=True)], session)
        transaction.set_rollback(True)


def answered(request: requests.Request, world: World) -> tuple[int, str, str]:
    """Status, head and words of the answer; nothing that the request changed stays."""
    with transaction.atomic(), translation.override("en"):
        response = request.sent_by(world.browser())
        content = words_in(body(response))
        transaction.set_rollback(True)
    return response.status_code, "\n".join(f"{name}: {value}" for name, value in response.headers.items()), content


def shows_nothing_hidden(request: requests.Request, world: World) -> None:
    status, head, content = answered(request, world)
    sent = request.words()
    content = requests.without(f"{head}\n{content}", [word for word in world.hidden if SECRET in word])
    assert status < 500
    assert SECRET not in content.casefold()
    # What was asked for may be said again: a year, a country.
    if not HIDDEN_FIGURES.search(sent):
        assert not HIDDEN_FIGURES.search(content)
    if not EVERY_COUNTRY.match(request.path) and not re.search(r"\bis\b|iceland", sent):
        assert HIDDEN_COUNTRY_NAME not in content


@of_all(50)
@given(data=st.data())
def test_whatever_a_visitor_asks_nothing_fails_and_nothing_hidden_appears(visited, data):
    shows_nothing_hidden(data.draw(requests.reading(visited.paths, visited.hidden)), visited)


@of_all(10)
@given(data=st.data())
def test_whatever_a_visitor_sends_nothing_fails_and_nothing_hidden_appears(visited, data):
    shows_nothing_hidden(data.draw(requests.writing(visited.paths, visited.hidden)), visited)


@of_all(10)
@given(data=st.data())
def test_however_a_visitor_fills_in_a_form_nothing_fails_and_nothing_hidden_appears(visited, data):
    shows_nothing_hidden(data.draw(requests.filled_in(visited.pages, visited.forms, visited.hidden)), visited)


@of_all(10)
@given(data=st.data())
def test_whatever_an_editor_asks_nothing_fails(desk, data):
    status, *_answer = answered(data.draw(requests.reading(desk.paths, desk.hidden)), desk)
    assert status < 500


@of_all(20)
@given(data=st.data())
def test_however_an_editor_fills_in_a_form_nothing_fails(desk, data):
    status, *_answer = answered(data.draw(requests.filled_in(desk.pages, desk.forms, desk.hidden)), desk)
    assert status < 500


def test_what_is_shown_would_be_seen(visited):
    with transaction.atomic():
        Engagement.objects.filter(publish_at=FAR_AHEAD).update(publish_at=LONG_AGO)
        for path in ("/en/engagements/", "/en/engagements.xlsx", "/api/v1/engagements/"):
            with pytest.raises(AssertionError):
                shows_nothing_hidden(requests.Request(path), visited)
        transaction.set_rollback(True)


def test_what_is_said_again_is_nothing_that_was_shown(visited):
    (word,) = [word for word in visited.hidden if word == f"{SECRET}draft-slug"][:1]
    request = requests.Request("/en/search/", f"q={word}")
    assert word in answered(request, visited)[2]
    shows_nothing_hidden(request, visited)


def test_what_fails_would_be_seen(visited, monkeypatch):
    monkeypatch.setattr("coopportal.views.HomeView.get", lambda *asked, **taken: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        answered(requests.Request("/en/"), visited)
