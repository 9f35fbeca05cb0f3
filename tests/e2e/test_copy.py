"""A copy of the site as people see it in a browser: no barrier that axe finds, no overflow, no complaint."""

import pytest
from django.template.loader import render_to_string
from django.test import Client

from codelists.models import Topic
from snapshot.addresses import Scope
from snapshot.making import make
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.test_every_page import (
    AXE,
    AXE_COLOURS,
    WIDTHS,
    barriers,
    open_everything,
    show_the_whole_on_a_phone,
    too_wide,
)
from tests.factories import EngagementFactory, EngagementStaffFactory, ProfileFactory, ProgrammeFactory
from tests.snapshot.reading import served

PAGES = ["", "en/", "en/about-this-copy/", "en/engagements/", "en/engagements/~country=PE/", "en/gaps/"]
PAGES += ["en/countries/pe/", "en/programmes/my-coop/", "en/data/"]


@pytest.fixture
def copy(db, tmp_path):
    """The address of a copy of a few records, one list of which has two pages under a filter."""
    Topic.objects.all().delete()
    profile, programme = ProfileFactory(featured=True), ProgrammeFactory(slug="my-coop", featured=True)
    for _number in range(21):
        EngagementFactory(country_id="PE", programme=programme)
    EngagementStaffFactory(engagement=EngagementFactory(country_id="BO", programme=programme), profile=profile)
    make(tmp_path, "http://testserver", Scope(("en",)))
    with served(tmp_path) as address:
        yield address


def test_axe_finds_nothing_and_nothing_is_too_wide(copy, open_page, complaints):
    page, found = open_page(viewport=DESKTOP), {}
    for path in PAGES:
        page.set_viewport_size(DESKTOP)
        page.goto(f"{copy}/{path}")
        open_everything(page)
        found[path, "light"] = barriers(page, AXE)
        page.emulate_media(color_scheme="dark")
        found[path, "dark"] = barriers(page, AXE_COLOURS)
        page.emulate_media(color_scheme="light")
        show_the_whole_on_a_phone(page)
        found[path, "phone"] = barriers(page, AXE)
        found |= {(path, width): too_wide(page, width) for width in WIDTHS}
    assert {state: lines for state, lines in found.items() if lines} == {}
    assert complaints == []


def test_a_reader_finds_the_way_by_links_alone(copy, open_page):
    page = open_page(viewport=PHONE)
    page.goto(copy)
    page.get_by_role("link", name="English").click()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Engagements").click()
    page.get_by_text("Filters", exact=True).click()
    page.locator("#facet-country summary").click()
    page.get_by_role("link", name="Peru").first.click()
    page.wait_for_url(f"{copy}/en/engagements/~country=PE/")
    # Its second page is on the portal itself.
    more = page.get_by_role("link", name="To the second page, on the portal itself")
    assert more.get_attribute("href") == "http://testserver/en/engagements/?country=PE&page=2"
    page.get_by_role("link", name="Remove all filters").click()
    page.get_by_role("link", name="Next").click()
    page.wait_for_url(f"{copy}/en/engagements/~page=2/")
    page.get_by_role("link", name="About this copy").click()
    page.get_by_role("heading", name="About this copy").wait_for()


@pytest.mark.django_db
def test_the_page_for_a_database_that_is_gone(open_page, tmp_path):
    """It stands alone, with its styles."""
    (tmp_path / "index.html").write_text(render_to_string("503.html"))
    for name in ("base", "site"):
        file = tmp_path / "static" / "css" / f"{name}.css"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"".join(Client().get(f"/static/css/{name}.css").streaming_content))
    with served(tmp_path) as address:
        page = open_page(viewport=PHONE)
        page.goto(address)
        assert barriers(page, AXE) == []
        assert too_wide(page, 320) == []
