"""The headers by which a browser protects visitors are on every answer: pages, files, the API, redirects, errors.

Together they are what Mozilla's Observatory asks for its best mark; what HTTPS adds, and a real server sends, is in
tests/deploy/test_without_containers.py too.
"""

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.conf import settings as present
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, override_settings

from privacy.models import GoneAddress
from profiles.models import Profile
from tests import page_types
from tests.attacks import addresses
from tests.attacks.answers import body
from tests.coopportal.test_settings import manage

pytestmark = pytest.mark.same_on_every_database

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
}
HEADERS = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# They fetch no page of another site, and tell none from where a visitor comes.
REFERRER_POLICIES = {"same-origin", "no-referrer"}
REFUSED_FEATURES = {"camera", "microphone", "geolocation", "payment", "usb", "browsing-topics"}
AS_WITH_HTTPS = {
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_HSTS_PRELOAD": True,
    "SECURE_SSL_REDIRECT": True,
}
STATIC = "/static/css/base.css"
# What pages of other sites show: styles and icons, and pictures that feeds and the API name.
FOR_OTHERS = {STATIC, "/static/icons/card.png"}


def faults() -> Iterator[tuple[str, HttpResponse]]:
    """An answer for each way in which something goes wrong, with its status."""
    browser = Client(raise_request_exception=False)
    for status, fault in {400: SuspiciousOperation, 403: PermissionDenied, 500: RuntimeError}.items():
        with patch("coopportal.views.HomeView.get", side_effect=fault):
            yield f"{status}", browser.get("/en/", secure=True)
    yield "400", browser.get("/en/", secure=True, headers={"host": "evil.example"})
    # From outside of all pages: it is on the way to HTTPS that the host is looked at.
    yield "400", browser.get("/en/", headers={"host": "evil.example"})
    for path in ("/en/nowhere/", "/nowhere", "/api/v1/nowhere/", "/static/none.css", "/media/none", "/admin/nowhere/"):
        yield "302" if "admin" in path else "404", browser.get(path, secure=True)
    for path in ("/en/accessibility/", "/api/v1/", "/healthz", "/site.webmanifest", "/media/none"):
        yield "405", browser.post(path, secure=True)
    GoneAddress.objects.add("/en/taken-down/")
    yield "410", browser.get("/en/taken-down/", secure=True)
    with patch("coopportal.views.MigrationRecorder.applied_migrations", side_effect=OperationalError):
        yield "503", browser.get("/readyz", secure=True)
    yield "403", Client(enforce_csrf_checks=True).post("/admin/login/", secure=True)
    yield "301", browser.get("/en/")
    yield "302", browser.get("/", secure=True)
    yield "301", browser.get("/en/profiles", secure=True)
    yield "301", browser.get("/api/v1/profiles", secure=True)


@pytest.fixture(scope="module")
def answers(sample_content) -> dict[str, HttpResponse]:
    """By address, and by status where something goes wrong."""
    with override_settings(**AS_WITH_HTTPS):
        browser = Client(raise_request_exception=False)
        paths = [f"/en/{path}" for path in page_types.paths().values()]
        paths += [address.path for address in addresses.public() if address.view != "metrics"]
        paths += [STATIC, "/static/icons/card.png", "/admin/login/"]
        found = {path: browser.get(path, secure=True) for path in paths}
        for number, (status, answer) in enumerate(faults()):
            assert answer.status_code == int(status), answer.request["PATH_INFO"]
            found[f"{status} {number}"] = answer
        staff = Client()
        staff.force_login(User.objects.create_superuser("headers"))
        Profile.objects.filter(slug="john-bliek").update(status="draft")
        for path in ("/admin/", "/admin/profiles/profile/", "/en/profiles/john-bliek/"):
            found[f"staff {path}"] = staff.get(path, secure=True)
    for answer in found.values():
        body(answer)
    return found


def directives(policy: str) -> dict[str, str]:
    return dict(directive.strip().split(" ", 1) for directive in policy.split(";"))


def test_a_browser_runs_nothing_but_our_own_files(answers):
    for asked, answer in answers.items():
        assert directives(answer.headers["Content-Security-Policy"]) == POLICY, asked
    assert "unsafe" not in str(POLICY)
    assert {answer.status_code for answer in answers.values()} >= {200, 301, 302, 400, 403, 404, 405, 410, 500, 503}


@pytest.mark.parametrize("name", HEADERS)
def test_it_is_on_every_answer(answers, name):
    # Browsers do not believe a page that came without TLS what it says of TLS (RFC 6797, 8.1).
    came = {
        asked: answer for asked, answer in answers.items() if answer.wsgi_request.is_secure() or "Strict" not in name
    }
    assert {
        asked: answer.headers.get(name) for asked, answer in came.items() if answer.headers.get(name) != HEADERS[name]
    } == {}


def test_other_sites_do_not_hear_from_where_a_visitor_comes(answers):
    for asked, answer in answers.items():
        assert answer.headers["Referrer-Policy"] in REFERRER_POLICIES, asked


def test_what_no_page_uses_no_script_may_use(answers):
    for asked, answer in answers.items():
        features = answer.headers["Permissions-Policy"].split(", ")
        assert all(feature.endswith("=()") for feature in features), asked
        assert {feature.removesuffix("=()") for feature in features} >= REFUSED_FEATURES, asked


def test_pages_of_other_sites_show_nothing_but_pictures_and_static_files(answers):
    for asked, answer in answers.items():
        is_for_others = (
            asked.startswith("/media/") or asked in FOR_OTHERS or answer.wsgi_request.path.startswith("/static/")
        )
        assert answer.headers["Cross-Origin-Resource-Policy"] == ("cross-origin" if is_for_others else "same-origin"), (
            asked
        )
    assert any(asked.startswith("/media/") and answer.status_code == 200 for asked, answer in answers.items())


def test_no_header_tells_with_what_the_portal_is_made(answers):
    for asked, answer in answers.items():
        assert {"Server", "X-Powered-By", "Via"}.isdisjoint(answer.headers), asked


def test_cookies_of_staff_go_to_the_portal_alone(answers):
    """With HTTPS=1; in tests there is none."""
    assert present.SESSION_COOKIE_HTTPONLY
    assert {present.SESSION_COOKIE_SAMESITE, present.CSRF_COOKIE_SAMESITE, present.LANGUAGE_COOKIE_SAMESITE} == {"Lax"}
    names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE", *AS_WITH_HTTPS]
    wanted = str([True, True, True, *AS_WITH_HTTPS.values()])
    values = ", settings.".join(names)
    code = f"from django.conf import settings; print([settings.{values}])"
    assert manage("shell", "--no-imports", "-c", code, SECRET_KEY="x" * 50).stdout.strip() == wanted


@pytest.mark.parametrize(("https", "prefix"), [("1", "__Host-"), ("0", "")])
def test_a_host_beside_the_portal_can_set_none_of_its_cookies(https, prefix):
    """Without TLS browsers would refuse cookies of such names, and nobody could sign in."""
    code = "from django.conf import settings; print(*[getattr(settings, name) for name in dir(settings)"
    code += " if name.endswith('COOKIE_NAME')], settings.MESSAGE_STORAGE)"
    *names, storage = manage("shell", "--no-imports", "-c", code, SECRET_KEY="x" * 50, HTTPS=https).stdout.split()
    assert set(names) == {f"{prefix}{name}" for name in ("csrftoken", "language", "sessionid")}
    assert storage.endswith("SessionStorage")
