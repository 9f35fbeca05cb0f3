"""A real browser, Debian's chromium, on the portal as it is served."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client, override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.conftest import empty_tables
from tests.e2e.door import doors_of_writing_tests, put_door
from tests.e2e.waiting import PATIENCE
from tests.factories import EngagementFactory, ProgrammeFactory

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "a-long-password"
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # What fails by chance in CI may try once more, and is named among the last lines.
            if os.environ.get("CI") == "true":
                item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """Tell of failures as Python does: pytest parses sources, which fails in CPython 3.11 while greenlets switch."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(item.config.option, "tbstyle", "native")
        return (yield)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        reason = "needs a browser: install Debian's package chromium"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    # Playwright runs an event loop in this thread, and Django would refuse to use the database beside one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def guarded_server(live_server):
    """The server of the tests that write, behind a door."""
    door = put_door(live_server.thread)
    doors_of_writing_tests.append(door)
    yield live_server
    doors_of_writing_tests.remove(door)


@pytest.fixture
def site(browser, guarded_server) -> str:
    """The address of a running portal that has the code lists, the roles and nothing else."""
    return guarded_server.url


@pytest.fixture
def site_with_media(site, monkeypatch) -> str:
    """The same, where uploaded files come by the portal's own view and not by the test server's."""
    monkeypatch.setattr("django.test.testcases._MediaFilesHandler._should_handle", lambda handler, path: False)
    return site


@pytest.fixture(scope="session")
def static_files(tmp_path_factory) -> dict:
    """Settings under which static files are served as in production: named by their content, and compressed."""
    staticfiles = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    changed = {
        "STORAGES": settings.STORAGES | {"staticfiles": staticfiles},
        "STATIC_ROOT": tmp_path_factory.mktemp("static"),
        "WHITENOISE_USE_FINDERS": False,
        "WHITENOISE_AUTOREFRESH": False,
    }
    with override_settings(**changed):
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["admin"])
    return changed


@contextmanager
def served(django_db_blocker, fill: Callable[[], object], **changed) -> Iterator[str]:
    """The address of a running portal whose content `fill` makes; for all tests of a module.

    Its tests are not marked `django_db`: they may ask the database all the same, and a transaction around each would
    keep the portal from writing. `changed` are settings.
    """
    with django_db_blocker.unblock(), override_settings(**changed):
        fill()
        # The handler given here would serve static and uploaded files by other ways than the portal does.
        server = LiveServerThread("localhost", lambda media_files: media_files.application)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        assert server.error is None
        door = put_door(server)
        yield f"http://localhost:{server.port}"
        door.shut()
        server.terminate()
        empty_tables(lambda: call_command("flush", interactive=False, verbosity=0))


@pytest.fixture(scope="module")
def sample_site(browser, static_files, fill_with_sample, django_db_blocker) -> Iterator[str]:
    """The address of a running portal with the sample content, served as in production. Its tests only read."""
    with served(django_db_blocker, fill_with_sample, **static_files) as address:
        yield address


def note_complaints(page: Page, complaints: list[str]) -> None:
    """Add what the page complains of from now on."""
    page.on("console", lambda message: message.type in ("error", "warning") and complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))


@pytest.fixture
def complaints() -> list[str]:
    """What browsers opened with `open_page` complain about: script errors, refused content, failed requests."""
    return []


@pytest.fixture
def open_page(browser, complaints):
    """Opens a new window; keyword arguments are those of a browser context, such as `viewport`."""
    contexts = []
    for door in doors_of_writing_tests:
        door.open()

    def open_page(**options) -> Page:
        context = browser.new_context(**({"viewport": DESKTOP} | options))
        context.set_default_timeout(PATIENCE * 1000)
        contexts.append(context)
        page = context.new_page()
        note_complaints(page, complaints)
        return page

    yield open_page
    for context in contexts:
        context.close()
    for door in doors_of_writing_tests:
        door.shut()


@pytest.fixture
def sign_in(site, open_page):
    """Opens a window in which somebody has signed in: who may do everything or, with `role`, what that role may.

    The form for it is in tests/e2e/test_signing_in.py. Further keyword arguments are those of `open_page`.
    """

    def sign_in(name: str = "editor", role: str = "", **options) -> Page:
        user = get_user_model().objects.create_user(name, password=PASSWORD, is_staff=True, is_superuser=not role)
        if role:
            user.groups.add(Group.objects.get(name=role))
        page, client = open_page(**options), Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": session.key, "value": session.value, "url": site}])
        page.goto(f"{site}/admin/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Your desk")
        return page

    return sign_in


@pytest.fixture
def lists(site) -> str:
    """The address of a portal with 45 engagements: 30 in Peru, ten of them research, and 15 in Kenya."""
    used = ProgrammeFactory(name_en="My.Coop", slug="my-coop")
    for number in range(45):
        EngagementFactory(
            title_en=f"Course {100 + number}",
            country_id="KE" if number % 3 == 0 else "PE",
            kind="research" if number % 3 == 1 and number < 30 else "workshop",
            programme=used if number < 5 else None,
        )
    return site
