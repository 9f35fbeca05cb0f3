"""Searching as people do it: with a slip of the finger on a phone, by keyboard, without JavaScript."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.waiting import suggestions_for
from tests.factories import EngagementFactory, ProfileFactory, ProgrammeFactory


@pytest.fixture
def records(site):
    ProfileFactory(given_name="Ana", family_name="Berber-Ağtaş", slug="ana")
    programme = ProgrammeFactory(name_en="My.Coop")
    EngagementFactory(title_en="Coffee growers in Colombia", country_id="CO", programme=programme)
    EngagementFactory(title_en="Dairy in Peru", country_id="PE")
    return site


def test_a_slip_of_the_finger_on_a_phone_is_forgiven(records, open_page, complaints):
    page = open_page(viewport=PHONE)
    page.goto(f"{records}/en/")
    page.get_by_label("Search the site").fill("colmbia")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("Showing results for “colombia”")).to_be_visible()
    expect(page.get_by_role("heading", name="Countries")).to_be_visible()
    page.get_by_role("link", name="Coffee growers in Colombia").click()
    expect(page.get_by_role("heading", name="Coffee growers in Colombia", level=1)).to_be_visible()
    assert complaints == []


def test_suggestions_are_reached_and_left_by_keyboard(records, open_page, complaints):
    page = open_page()
    page.goto(f"{records}/en/programmes/")
    box = page.get_by_label("Search the site")
    with suggestions_for(page, "berber ag"):
        box.press_sequentially("berber ag")
    suggestion = page.get_by_role("list", name="Suggestions").get_by_role("link")
    expect(suggestion).to_have_count(1)
    expect(page.locator("#suggestions-status")).to_have_text("1 suggestion. Use the arrow keys.")
    page.keyboard.press("Escape")
    expect(suggestion).to_have_count(0)
    expect(box).to_be_focused()
    with suggestions_for(page, "berber agt"):
        box.press_sequentially("t")
    expect(suggestion).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(suggestion).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{records}/en/profiles/ana/")
    # htmx itself logs each question that a newer one replaces.
    assert [complaint for complaint in complaints if not complaint.startswith("htmx:")] == []


def test_suggestions_go_when_one_turns_elsewhere(records, open_page):
    page = open_page()
    page.goto(f"{records}/en/programmes/")
    suggestions = page.get_by_role("list", name="Suggestions")
    for leave in (lambda: page.locator("h1").click(), lambda: page.get_by_role("link", name="Français").focus()):
        page.get_by_label("Search the site").fill("")
        with suggestions_for(page, "coff"):
            page.get_by_label("Search the site").press_sequentially("coff")
        expect(suggestions).to_be_visible()
        leave()
        expect(suggestions).to_have_count(0)


def test_it_works_without_javascript(records, open_page):
    page = open_page(java_script_enabled=False)
    page.goto(f"{records}/en/")
    page.get_by_label("Search the site").fill("cooperative")
    page.get_by_label("Search the site").press("Enter")
    expect(page.get_by_role("heading", name="Search results for “cooperative”")).to_be_visible()
    page.get_by_label("Words or a name").fill("in")
    page.get_by_label("Country").select_option("Peru")
    page.locator(".search-form").get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile("country=PE"))
    expect(page.get_by_role("link", name="Dairy in Peru")).to_be_visible()
    expect(page.get_by_role("link", name="Coffee growers in Colombia")).to_have_count(0)
    page.get_by_role("navigation", name="Kind of result").get_by_role("link", name="Engagements").click()
    expect(page).to_have_url(re.compile("type=engagement"))


def test_the_language_is_changed_with_the_search_kept(records, open_page):
    page = open_page()
    page.goto(f"{records}/en/search/?q=peru&type=country")
    page.get_by_role("link", name="Français").click()
    expect(page).to_have_url(f"{records}/fr/search/?q=peru&type=country")
    expect(page.get_by_role("link", name="Pérou")).to_be_visible()


def test_axe_finds_nothing_on_the_page_and_in_the_open_list(records, open_page, complaints):
    axe = Axe()
    for options in (
        {"viewport": DESKTOP, "color_scheme": "light"},
        {"viewport": DESKTOP, "color_scheme": "dark"},
        {"viewport": PHONE, "color_scheme": "light"},
        {"viewport": PHONE, "color_scheme": "dark"},
        {"viewport": {"width": 320, "height": 256}},
    ):
        page = open_page(**options)
        for address in ("?q=colmbia", "?q=coffee+zzzzzz", "?q=zzzzzz", "", "?q=in&type=engagement&country=ZZ&page=7"):
            page.goto(f"{records}/en/search/{address}")
            found = axe.run(page)
            assert found.violations_count == 0, f"{address} {options}\n{found.generate_report()}"
            assert page.evaluate("document.documentElement.scrollWidth") <= options["viewport"]["width"], address
        page.get_by_label("Search the site").fill("")
        with suggestions_for(page, "co"):
            page.get_by_label("Search the site").press_sequentially("co")
        expect(page.get_by_role("list", name="Suggestions")).to_be_visible()
        found = axe.run(page)
        assert found.violations_count == 0, f"suggestions {options}\n{found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= options["viewport"]["width"]
    assert complaints == []
