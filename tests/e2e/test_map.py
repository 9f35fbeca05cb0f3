"""The world map and the timeline in a real browser: by keyboard, by mouse, in the dark, on a phone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from playwright.sync_api import expect

from tests.e2e.conftest import DESKTOP, PHONE
from tests.factories import EngagementFactory

COUNTRIES = ["BO", "KE", "PE", "FR", "ES", "AD", "LC"]


@pytest.fixture
def map_site(site):
    cache.clear()
    for code in COUNTRIES:
        EngagementFactory(country_id=code)
    EngagementFactory(country_id="PE")
    return site


def focused(page) -> str:
    return page.evaluate("document.activeElement.textContent.trim()")


def test_the_map_is_used_by_keyboard(map_site, open_page, complaints):
    page = open_page()
    page.goto(f"{map_site}/en/")
    page.locator(".map-skip").focus()
    seen = []
    for _ in range(len(COUNTRIES)):
        page.keyboard.press("Tab")
        seen.append(focused(page).split(":")[0])
        width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert width >= 2, seen[-1]
    assert seen == ["Bolivia", "France", "Kenya", "Peru", "Spain", "Andorra", "Saint Lucia"]
    for _ in range(3):
        page.keyboard.press("Shift+Tab")
    assert focused(page) == "Peru: 2 engagements"
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{map_site}/en/countries/pe/")
    assert complaints == []


def test_the_map_is_skipped_by_keyboard(map_site, open_page):
    page = open_page()
    page.goto(f"{map_site}/en/")
    skip = page.get_by_role("link", name="Skip the map")
    skip.focus()
    expect(skip).to_be_in_viewport()
    assert skip.bounding_box()["height"] >= 24
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#"))
    page.keyboard.press("Tab")
    assert focused(page) == "The same as a table"
    page.keyboard.press("Enter")
    expect(page.get_by_role("table", name="Engagements by country")).to_be_visible()
    page.get_by_role("table").get_by_role("link", name="Andorra").click()
    expect(page).to_have_url(f"{map_site}/en/countries/ad/")


def test_a_small_state_between_large_ones_is_reached_by_mouse(map_site, open_page):
    page = open_page()
    page.goto(f"{map_site}/en/")
    dot = page.get_by_role("link", name="Andorra: 1 engagement").locator(".dot")
    dot.scroll_into_view_if_needed()
    box = dot.bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.click(middle[0] + 9, middle[1])  # beside the dot: there is room to miss it
    expect(page).to_have_url(f"{map_site}/en/countries/ad/")


def test_shapes_have_one_name_each_for_screen_readers(map_site, open_page):
    page = open_page()
    page.goto(f"{map_site}/en/")
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    named = [node for node in tree if node.get("name", {}).get("value") == "Peru: 2 engagements"]
    assert [node["role"]["value"] for node in named if not node["ignored"]] == ["link"]
    assert "description" not in named[0]


@pytest.mark.parametrize(("viewport", "scheme"), [(PHONE, "dark"), (DESKTOP, "light")], ids=["phone", "desktop"])
def test_axe_finds_nothing_with_the_tables_open(map_site, open_page, complaints, scheme, viewport):
    page = open_page(viewport=viewport, color_scheme=scheme)
    for address in ("/en/", "/en/regions/americas/", "/en/engagements/", "/en/countries/pe/"):
        page.goto(map_site + address)
        for summary in page.locator(".same-as-table > summary").all():
            summary.click()
        found = Axe().run(page)
        assert found.violations_count == 0, f"{address} {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], address
    assert complaints == []


def test_the_land_is_drawn_and_takes_its_place_before_it_comes(map_site, open_page):
    page = open_page(viewport=PHONE)
    page.route("**/land.svg", lambda route: route.abort())
    page.goto(f"{map_site}/en/")
    without = page.locator(".map").bounding_box()
    page.unroute_all()
    with page.expect_response(re.compile("land.*svg")) as land:
        page.reload()
    assert land.value.ok
    assert page.locator(".map").bounding_box()["height"] == without["height"]


def test_the_map_and_the_timeline_work_without_javascript(map_site, open_page):
    page = open_page(java_script_enabled=False)
    page.goto(f"{map_site}/en/countries/pe/")
    page.locator(".timeline summary").click()
    page.get_by_role("link", name="2019").click()
    expect(page).to_have_url(f"{map_site}/en/engagements/?country=PE&year_to=2019&year_from=2019")
    page.goto(f"{map_site}/en/engagements/")
    page.get_by_role("link", name="Peru: 2 engagements").click()
    expect(page).to_have_url(re.compile("country=PE"))


def test_a_map_stays_as_somebody_folded_it_and_no_filter_folds_it_for_good(map_site, open_page, complaints):
    page = open_page()
    page.goto(f"{map_site}/en/engagements/")
    fold, drawing = page.locator("#map > summary"), page.locator("#map .map")
    peru = page.get_by_role("checkbox", name=re.compile("^Peru"))
    page.locator("#id_country").click()

    peru.check()
    expect(page.locator("#results-count")).to_contain_text("2 results")
    expect(drawing).to_be_hidden()  # one country needs no map
    peru.uncheck()
    expect(drawing).to_be_visible()

    fold.press("Enter")
    expect(drawing).to_be_hidden()
    page.get_by_role("checkbox", name=re.compile("^Bolivia")).check()
    expect(page.locator("#results-count")).to_contain_text("1 result")
    peru.check()
    expect(page.locator("#results-count")).to_contain_text("3 results")
    expect(drawing).to_be_hidden()
    assert complaints == []
