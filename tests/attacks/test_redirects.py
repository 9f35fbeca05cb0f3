"""No address of the portal sends a visitor to another site, however it is asked; nor does any page name one.

Single forms are looked at in tests/accounts/test_language.py and tests/accounts/test_second_factor.py too.
"""

from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.attacks import addresses
from tests.attacks.answers import body

pytestmark = pytest.mark.same_on_every_database

ELSEWHERE = ["https://evil.example/", "//evil.example/", "/\\evil.example/", "///evil.example", "https:evil.example"]
ELSEWHERE += [
    "javascript:alert(1)",
    "\thttps://evil.example/",
    "/%09/evil.example",
    "http:///evil.example/",
    "@evil.example",
]
NAMES = ("next", "url", "redirect", "return", "continue", "_popup", "to", "back")
PATHS = [
    "//evil.example/",
    "//evil.example",
    "/en//evil.example",
    "///evil.example/..",
    "/\\evil.example",
    "/%2F/evil.example",
]
PATHS += [
    "/en/%0d%0aLocation:%20https://evil.example/",
    "/api//evil.example",
    "/admin//evil.example/x",
    "/.//evil.example",
]
HEADERS = {
    "x-forwarded-host": "evil.example",
    "x-host": "evil.example",
    "x-forwarded-server": "evil.example",
    "forwarded": "host=evil.example",
    "x-original-url": "//evil.example/",
    "x-rewrite-url": "//evil.example/",
    "x-forwarded-port": "evil.example",
    "referer": "https://evil.example/",
    "origin": "https://evil.example",
}


def leads_away(location: str, from_path: str) -> bool:
    """Whether a browser at the portal would go elsewhere: it takes backslashes for slashes (WHATWG URL, 4.4)."""
    as_read = urljoin(f"http://testserver{quote(from_path)}", location.replace("\\", "/").strip())
    return urlsplit(as_read).netloc != "testserver" or not as_read.startswith("http")


@pytest.fixture(scope="module")
def browsers(sample_content) -> list[Client]:
    """A visitor, and an editor, who is sent on from pages of the admin."""
    editor = Client(raise_request_exception=False)
    editor.force_login(User.objects.create_superuser("sent-on"))
    return [Client(raise_request_exception=False), editor]


@pytest.mark.parametrize("elsewhere", ELSEWHERE[:2])
def test_no_parameter_leads_to_another_site(browsers, elsewhere):
    looked_at = 0
    parameters = "&".join(f"{name}={quote(elsewhere)}" for name in NAMES)
    for browser in browsers:
        # Who signs out by mistake is none any more; what changes nothing may be asked.
        for address in addresses.every():
            if (
                address.view.split("_")[-1] in ("changelist", "add", "change", "history", "delete")
                or "logout" in address.view
            ):
                continue
            if not address.is_admin and elsewhere != ELSEWHERE[0]:
                continue
            response = browser.get(f"{address.path}?{parameters}")
            body(response)
            looked_at += 1
            if location := response.headers.get("Location"):
                assert not leads_away(location, address.path), address
    assert looked_at > 100


@pytest.mark.parametrize("view", ["/admin/login/", "/admin/language/", "/admin/logout/"])
@pytest.mark.parametrize("elsewhere", ELSEWHERE, ids=ascii)
def test_no_form_that_was_sent_leads_to_another_site(browsers, view, elsewhere):
    User.objects.create_user("signs-in", password="a-long-password", is_staff=True)
    browser = Client()
    sent = {"username": "signs-in", "password": "a-long-password", "next": elsewhere, "language": "es"}
    response = browser.post(f"{view}?next={quote(elsewhere)}", sent)
    User.objects.filter(username="signs-in").delete()
    assert response.status_code in (200, 302)
    assert not leads_away(response.headers.get("Location", "/"), view)


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_to_another_site(browsers, path):
    response = browsers[0].generic("GET", path)
    assert response.status_code in (301, 302, 404, 400)
    assert not leads_away(response.headers.get("Location", "/"), path)


def test_no_header_gets_another_site_into_an_answer(browsers):
    for address in addresses.public():
        response = browsers[0].get(address.path, headers=HEADERS)
        assert response.status_code < 500
        assert b"evil.example" not in body(response), address
        assert "evil.example" not in str(response.headers), address


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "evil.example:80", "testserver@evil.example", ""]
)
def test_no_other_host_is_answered(browsers, host):
    for address in addresses.public():
        # What a balancer asks knows no host.
        if address.view not in ("healthz", "readyz", "metrics", "media", "favicon"):
            response = browsers[0].get(address.path, headers={"host": host})
            assert response.status_code in (400, 404) or b"evil" not in body(response), address


def test_what_leads_away_would_be_seen():
    assert all(
        leads_away(each, "/en/")
        for each in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x")
    )
    assert not leads_away("/en/profiles/", "/en/")
