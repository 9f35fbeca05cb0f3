"""The gaps and the matches of the directory in a real browser: by keyboard, on a phone, without JavaScript."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e.conftest import DESKTOP, PHONE

PAGES = [
    "/en/gaps/",
    "/en/gaps/?programme=my-coop&region=africa",
    "/fr/gaps/?region=arab-states&programme=none",
    "/en/profiles/?region=africa&language=en",
]


def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(sample_site, open_page, complaints):
    axe = Axe()
    for options in (
        {"viewport": DESKTOP, "color_scheme": "light"},
        {"viewport": PHONE, "color_scheme": "dark"},
        {"viewport": {"width": 320, "height": 256}, "color_scheme": "light"},
    ):
        page = open_page(**options)
        for address in PAGES:
            page.goto(sample_site + address)
            found = axe.run(page)
            assert found.violations_count == 0, f"{address} {options}\n{found.generate_report()}"
            assert page.evaluate("document.documentElement.scrollWidth") <= options["viewport"]["width"], address
    assert complaints == []


def test_on_a_phone_the_table_scrolls_by_keyboard_and_keeps_the_programme_in_sight(sample_site, open_page):
    page = open_page(viewport=PHONE)
    page.goto(f"{sample_site}/en/gaps/")
    table = page.get_by_role("region", name="Countries that have used each programme, of all countries of the region")
    table.focus()
    for _press in range(20):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("columnheader", name="All regions")).to_be_in_viewport()
    programme = page.get_by_role("rowheader").first
    assert programme.bounding_box()["x"] >= table.bounding_box()["x"]


def test_without_javascript_the_form_leads_to_the_countries(sample_site, open_page):
    page = open_page(viewport=PHONE, java_script_enabled=False)
    page.goto(f"{sample_site}/en/gaps/")
    page.locator(".filters-fold > summary").click()
    page.get_by_role("checkbox", name="My.Coop", exact=True).check()
    page.get_by_role("checkbox", name="Arab States").check()
    page.get_by_role("button", name="Show the countries").click()
    expect(page).to_have_url(f"{sample_site}/en/gaps/?programme=my-coop&region=arab-states")
    expect(page.get_by_role("heading", name="Arab States: not yet used in")).to_be_visible()
    page.get_by_role("link", name="Qatar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Qatar")


def test_from_a_person_found_to_the_engagement_that_says_why(sample_site, open_page):
    page = open_page()
    page.goto(f"{sample_site}/en/profiles/?country=KE&language=en")
    reasons = page.get_by_role("list", name="Matching engagements of Amara Okello")
    reasons.get_by_role("link").first.click()
    expect(page.get_by_role("main")).to_contain_text("Kenya")
    expect(page.get_by_role("main")).to_contain_text("Amara Okello")
