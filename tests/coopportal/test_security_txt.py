"""/.well-known/security.txt: whom to tell of a weakness (RFC 9116), and what `check --deploy` asks for."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.checks import run_checks
from django.utils import timezone

from tests.coopportal.test_settings import manage

ADDRESS = "/.well-known/security.txt"


def fields(response) -> list[tuple[str, str]]:
    return [tuple(line.split(": ", 1)) for line in response.content.decode().splitlines()]


@pytest.fixture
def configured(settings):
    settings.SECURITY_CONTACT = ["security@example.org", "https://example.org/report?a=1&b=2"]
    settings.SECURITY_EXPIRES = date(2030, 6, 30)
    settings.SITE_URL = "https://portal.example.org"
    return settings


def test_it_says_whom_to_tell_and_until_when_that_is_right(client, configured):
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert fields(response) == [
        ("Contact", "mailto:security@example.org"),
        ("Contact", "https://example.org/report?a=1&b=2"),
        ("Expires", "2030-06-30T00:00:00Z"),
        ("Canonical", f"https://portal.example.org{ADDRESS}"),
    ]
    assert response.content.endswith(b"\n")
    expires = datetime.fromisoformat(dict(fields(response))["Expires"])
    assert expires == datetime(2030, 6, 30, tzinfo=UTC)


def test_without_an_address_of_the_portal_it_does_not_name_itself(client, configured):
    configured.SITE_URL = ""
    assert "Canonical" not in dict(fields(client.get(ADDRESS)))


@pytest.mark.django_db
@pytest.mark.parametrize("missing", ["SECURITY_CONTACT", "SECURITY_EXPIRES"])
def test_there_is_none_without_what_the_standard_asks_for(client, configured, missing):
    setattr(configured, missing, None)
    assert client.get(ADDRESS).status_code == 404


def warned() -> list[str]:
    return [
        each.id
        for each in run_checks(include_deployment_checks=True)
        if each.id.startswith("coopportal.") and each.hint
    ]


@pytest.mark.parametrize(
    ("contact", "days", "expected"),
    [
        ([], 90, ["coopportal.W001"]),
        (["security desk"], 90, ["coopportal.W002"]),
        (["http://example.org/"], 90, ["coopportal.W002"]),
        (["a@example.org"], None, ["coopportal.W003"]),
        (["a@example.org"], 0, ["coopportal.W004"]),
        (["a@example.org"], 400, ["coopportal.W005"]),
        (["https://example.org/report", "tel:+1-201-555-0123"], 90, []),
    ],
)
def test_the_check_before_going_public_asks_for_it(settings, contact, days, expected):
    settings.SECURITY_CONTACT = contact
    settings.SECURITY_EXPIRES = None if days is None else timezone.localdate() + timedelta(days=days)
    assert warned() == expected


def test_what_is_no_day_is_refused_by_name():
    answer = manage("check", SECRET_KEY="x" * 50, SECURITY_EXPIRES="next summer")
    assert answer.returncode != 0
    assert "SECURITY_EXPIRES is 'next summer'. Write a day: 2027-06-30." in answer.stderr
