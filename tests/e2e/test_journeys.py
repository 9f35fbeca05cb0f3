"""Whole visits, on the sample content: on a phone, by keyboard alone, with a typing error, without JavaScript.

What other modules show is not shown again: filters, shared addresses and the way back in `test_filters`, the map by
keyboard and without JavaScript in `test_map`, the gaps without JavaScript in `test_gaps`, languages in
`test_languages`.
"""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import PHONE
from tests.e2e.test_every_page import AXE, JUMPS, barriers
from tests.e2e.waiting import settle, suggestions_for


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press Tab until the focus is on `target`, as somebody without a mouse does."""
    page.wait_for_load_state()
    for _ in range(150):
        page.keyboard.press(key)
        if target.evaluate("each => each === document.activeElement"):
            return
    pytest.fail(f"the keyboard does not reach {target}")


def link(page: Page, name: str, exact: bool = True) -> Locator:
    return page.get_by_role("link", name=name, exact=exact).first


def test_programmes_for_my_country_on_a_phone(sample_site, open_page, complaints):
    page = open_page(viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto(f"{sample_site}/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Programmes").tap()
    page.locator("summary", has_text="Filters").tap()
    page.locator(".facet > summary", has_text=re.compile("^Country")).tap()
    page.locator("#facet-country .facet-find input").fill("boliv")
    page.get_by_label("Bolivia").tap()
    expect(page).to_have_url(re.compile(r"country=BO"))
    page.get_by_role("button", name=re.compile(r"Show \d+ result")).tap()
    card = page.get_by_role("article").filter(has_text="Think.Coop").get_by_role("link")
    expect(card).to_be_in_viewport()
    card.tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Think.Coop")
    page.locator(".map").get_by_role("link", name=re.compile("^Bolivia")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile("La Paz")).first).to_be_visible()
    assert complaints == []


def test_the_country_finder_leads_to_what_happened_there(sample_site, open_page):
    page = open_page(viewport=PHONE)
    page.goto(f"{sample_site}/en/")
    page.get_by_label("What happened in").select_option("Bolivia")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_role("heading", name=re.compile("La Paz")).first).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("Campinas"))).to_have_count(0)


class TestByKeyboardAlone:
    def test_the_content_is_reached_at_once(self, sample_site, open_page):
        page = open_page()
        page.goto(f"{sample_site}/en/")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator("#main")).to_be_focused()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")

    def test_from_home_through_the_search_to_a_programme(self, sample_site, open_page, complaints):
        page = open_page()
        page.goto(f"{sample_site}/en/")
        tab_to(page, page.get_by_label("Search the site"))
        page.keyboard.type("start coop")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("start coop")
        tab_to(page, link(page, "Start.Coop"))
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Start.Coop")
        assert complaints == []

    def test_a_suggestion_is_taken(self, sample_site, open_page, complaints):
        page = open_page()
        page.goto(f"{sample_site}/en/")
        tab_to(page, page.get_by_label("Search the site"))
        with suggestions_for(page, "think.co"):
            page.keyboard.type("think.co")
        expect(page.locator("#suggestions").get_by_role("link", name="Think.Coop").first).to_be_visible()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Think.Coop")
        assert complaints == []

    def test_a_list_is_filtered_and_the_filter_removed(self, sample_site, open_page, complaints):
        page = open_page()
        page.goto(f"{sample_site}/en/programmes/")
        everything = page.locator("#results-count").inner_text()
        tab_to(page, page.locator(".facet > summary").filter(has_text=re.compile("^Country")))
        page.keyboard.press("Enter")
        tab_to(page, page.get_by_label("Bolivia"))
        page.keyboard.press("Space")
        expect(page).to_have_url(re.compile("country=BO"))
        expect(page.locator("#results-count")).not_to_have_text(everything)
        tab_to(page, link(page, "Remove the filter Country: Bolivia", exact=False))
        page.keyboard.press("Enter")
        expect(page.locator("#results-count")).to_have_text(everything)
        assert page.evaluate("document.activeElement !== document.body")
        assert complaints == []

    def test_the_language_is_changed(self, sample_site, open_page):
        page = open_page()
        page.goto(f"{sample_site}/en/programmes/my-coop/")
        tab_to(page, page.get_by_role("navigation", name="Languages").get_by_role("link", name="Español"))
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{sample_site}/es/programmes/my-coop/")
        expect(page.locator("html")).to_have_attribute("lang", "es")


def test_a_typing_error_is_forgiven_in_the_visitors_language(sample_site, open_page, complaints):
    page = open_page(viewport=PHONE)
    page.goto(f"{sample_site}/es/")
    page.get_by_role("search").get_by_role("searchbox").fill("colmbia")
    page.keyboard.press("Enter")
    country = page.get_by_role("link", name="Colombia", exact=True)
    expect(country.first).to_be_visible()
    country.first.click()
    expect(page).to_have_url(f"{sample_site}/es/countries/co/")
    assert complaints == []


def test_the_search_works_without_javascript(sample_site, open_page):
    page = open_page(java_script_enabled=False)
    page.goto(f"{sample_site}/en/countries/")
    page.get_by_label("Search the site").fill("amara okello")
    page.locator(".site-search").get_by_role("button").click()
    page.get_by_role("link", name="Amara Okello", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Amara Okello")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_axe_finds_nothing_while_suggestions_are_shown(sample_site, open_page, language, scheme):
    page = open_page(viewport=PHONE, color_scheme=scheme)
    page.goto(f"{sample_site}/{language}/")
    with suggestions_for(page, "coop"):
        page.locator("#site-search").press_sequentially("coop")
    expect(page.locator("#suggestions a").first).to_be_visible()
    # The suggestions themselves: they lie over links that are free again when they close.
    report = "\n".join(barriers(page, AXE, ".site-search"))
    assert not report, report
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_axe_would_find_a_barrier(sample_site, open_page):
    page = open_page(viewport=PHONE)
    page.goto(f"{sample_site}/en/")
    page.evaluate("document.querySelector('h1').style.color = '#405'")
    page.evaluate("document.querySelector('.site-search label').remove()")
    page.evaluate("document.querySelector('#site-search').placeholder = ''")
    found = {rule["id"] for rule in Axe().run(page, options=AXE).response["violations"]}
    assert found >= {"color-contrast", "label"}


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1280, "height": 900}], ids=["phone", "desktop"])
def test_nothing_jumps_when_a_filter_changes_the_list_on_a_slow_line(sample_site, open_page, viewport):
    page = open_page(viewport=viewport)
    page.goto(f"{sample_site}/en/engagements/")
    if viewport == PHONE:
        page.locator("summary", has_text="Filters").click()
    page.locator(".facet > summary").filter(has_text=re.compile("^Kind")).click()
    # Later than half a second a jump counts: it cannot be taken for the effect of what the visitor did.
    page.route("**/engagements/?*", lambda route: (page.wait_for_timeout(800), route.continue_()))
    page.wait_for_timeout(600)
    settle(page)
    before = len(page.evaluate(JUMPS))
    page.locator("#facet-kind").get_by_role("checkbox").first.check()
    expect(page).to_have_url(re.compile("kind="))
    settle(page)
    shifts = page.evaluate(JUMPS)[before:]
    assert sum(value for value, *_ in shifts) <= 0.01, shifts
