"""The privacy page: what it says is what the settings say."""

import pytest

from privacy.retention import RULES
from tests.pages import addresses, text

pytestmark = pytest.mark.django_db


def said(client) -> str:
    return text(client.get("/en/privacy/"))


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_every_page_leads_to_it(client, language):
    assert f"/{language}/privacy/" in addresses(client.get(f"/{language}/"))
    assert client.get(f"/{language}/privacy/").status_code == 200


def test_it_is_about_visitors_people_and_staff(client):
    words = said(client)
    for part in ("without cookies", "agreed to it", "withdraw your consent", "erased", "second factor", "Whom to ask"):
        assert part in words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (14, "deleted after 14 days"),
        (1, "deleted after 1 day."),
        (0, "no log of visits"),
        (None, "Ask us for how long"),
    ],
)
def test_the_log_of_the_server_in_front_is_kept_as_long_as_the_operator_says(client, settings, days, words):
    settings.ACCESS_LOG_DAYS = days
    assert words in said(client)


@pytest.mark.parametrize(("are_logged", "words"), [(True, "for each page that is asked for"), (False, "only where")])
def test_it_says_whether_requests_are_logged(client, settings, are_logged, words):
    settings.LOG_REQUESTS = are_logged
    assert f"log has a line {words}" in said(client)


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [("API_RATE", "300/min", "counts how many requests"), ("SENTRY_DSN", "https://a@errors.example/1", "service that")],
)
def test_what_is_not_in_use_is_not_said(client, settings, setting, value, words):
    setattr(settings, setting, "")
    assert words not in said(client)
    setattr(settings, setting, value)
    assert words in said(client)


def test_periods_of_staff_are_those_that_are_applied(client, settings):
    days = {rule.option: rule.days for rule in RULES}
    settings.SESSION_COOKIE_AGE = 9 * 3600
    words = said(client)
    assert "signed in for 9 hours" in words
    assert f"Each sign-in is kept for {days['sign-ins']} days" in words
    assert f"Failed ones are kept for {days['failed-sign-ins']} days" in words


def test_it_names_whom_to_ask(client, settings):
    settings.CONTACT_EMAIL = "coop@example.org"
    assert "mailto:coop@example.org" in addresses(client.get("/en/privacy/"))
    settings.CONTACT_EMAIL = ""
    assert "Turn to the cooperatives unit" in said(client)
