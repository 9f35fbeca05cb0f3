"""Languages in a real browser: the switch between them, and pages from right to left in Arabic."""

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.test_every_page import AXE_IN_WORDS, barriers
from tests.factories import EngagementFactory, ProgrammeFactory

ROOT = Path(__file__).resolve().parents[2]
ARABIC_PAGES = [
    "/ar/",
    "/ar/profiles/",
    "/ar/profiles/amara-okello/",
    "/ar/programmes/my-coop/",
    "/ar/engagements/?country=BO&country=ZZ",
    "/ar/countries/bo/",
    "/ar/search/?q=cooperative",
    "/ar/feeds/",
    "/ar/accessibility/",
]
SECONDS_TO_START = 120


@pytest.fixture(scope="module")
def arabic_site(tmp_path_factory):
    """A portal with the sample content and Arabic among its languages, in a process and a database of its own.

    The languages of a portal are in its addresses, which Django reads once: a running test cannot add one.
    """
    folder = tmp_path_factory.mktemp("arabic")
    environment = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "only-for-tests-" + "0" * 40,
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "EXTRA_LANGUAGES": "ar",
        "DEBUG": "1",  # so that static files need not be collected
        "HTTPS": "0",
    }

    def manage(*arguments: str) -> list[str]:
        return [sys.executable, "manage.py", *arguments]

    for command in (["migrate", "--verbosity", "0"], ["load_sample", "--verbosity", "0"]):
        subprocess.run(manage(*command), cwd=ROOT, env=environment, check=True, capture_output=True)
    # Bound, though it does not listen, so that nobody else is given this port before the server takes it.
    reserved = socket.socket()
    reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    reserved.bind(("127.0.0.1", 0))
    port = reserved.getsockname()[1]
    with (folder / "log").open("w") as log:
        command = manage("runserver", f"127.0.0.1:{port}", "--noreload")
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/healthz", server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=SECONDS_TO_START)
        reserved.close()


def wait_for(address: str, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server stopped at once"
        try:
            with urlopen(address, timeout=5):  # noqa: S310 - our own address
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the server did not start")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_pages_run_from_right_to_left_in_arabic(arabic_site, open_page, complaints, viewport):
    page = open_page(viewport=viewport)
    for address in ARABIC_PAGES:
        response = page.goto(arabic_site + address)
        assert response.status == 200, address
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        expect(page.locator("html")).to_have_attribute("lang", "ar")
        width, right = page.evaluate(
            "[document.documentElement.scrollWidth, document.querySelector('h1').getBoundingClientRect().right]"
        )
        assert width <= viewport["width"], address
        assert right > viewport["width"] / 2, f"the heading of {address} does not begin at the right"
        assert barriers(page, AXE_IN_WORDS) == [], address
    assert complaints == []


def test_arabic_is_offered_and_the_content_is_marked_as_english(arabic_site, open_page):
    page = open_page()
    page.goto(f"{arabic_site}/en/programmes/my-coop/")
    page.locator(".languages a[hreflang=ar]").click()
    expect(page).to_have_url(f"{arabic_site}/ar/programmes/my-coop/")
    expect(page.locator("h1")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_have_attribute("dir", "ltr")
    expect(page.locator(".fallback-note")).to_be_visible()


def test_the_switch_keeps_page_and_filters_without_javascript(site, open_page):
    EngagementFactory.create_batch(21)
    page = open_page(java_script_enabled=False)
    page.goto(f"{site}/en/engagements/?country=PE&sort=oldest&page=2")
    page.locator(".languages a[hreflang=es]").click()
    expect(page).to_have_url(f"{site}/es/engagements/?country=PE&sort=oldest&page=2")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.locator(".languages a[hreflang=en]").click()
    expect(page).to_have_url(f"{site}/en/engagements/?country=PE&sort=oldest&page=2")


def test_the_switch_keeps_filters_that_changed_the_list_in_place(site, open_page):
    EngagementFactory(title_en="Course in Lima", country_id="PE", programme=ProgrammeFactory())
    EngagementFactory(title_en="Course in La Paz", country_id="BO")
    page = open_page()
    page.goto(f"{site}/en/engagements/")
    page.evaluate("window.loadedOnce = true")
    page.locator("summary", has_text="Country").click()
    page.get_by_label("Peru").check()
    expect(page).to_have_url(re.compile("country=PE"))
    expect(page.get_by_role("heading", name="Course in La Paz")).to_have_count(0)
    assert page.evaluate("window.loadedOnce"), "the list was not changed in place"
    page.locator(".languages a[hreflang=fr]").click()
    expect(page).to_have_url(re.compile("/fr/engagements/.*country=PE"))
    expect(page.get_by_label("Pérou")).to_be_checked()


def test_structured_data_and_manifest_are_accepted_under_the_content_security_policy(site, open_page, complaints):
    ProgrammeFactory(slug="training")
    page = open_page()
    page.goto(f"{site}/en/programmes/training/")
    data = page.evaluate("JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)")
    assert data["@graph"][0]["@type"] == "Course"
    manifest = page.evaluate("fetch(document.querySelector('link[rel=manifest]').href).then((answer) => answer.json())")
    assert manifest["name"] == "COOP Portal"
    assert complaints == []
