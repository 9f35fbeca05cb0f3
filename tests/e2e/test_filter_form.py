"""The form of the filters: countries found by typing, on a phone, without JavaScript, with every aid."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.test_filters import MANY_COUNTRIES, count, facet, is_marked, mark
from tests.factories import EngagementFactory, ProgrammeFactory


class TestTypeToFind:
    @pytest.fixture
    def page(self, site, open_page) -> Page:
        for country in MANY_COUNTRIES:
            EngagementFactory(country_id=country)
        page = open_page()
        page.goto(f"{site}/en/engagements/")
        mark(page)
        facet(page, "Country").click()
        return page

    @staticmethod
    def countries(page: Page) -> Locator:
        return page.locator("#facet-country .options label:visible span:not(.count)")

    def test_the_country_is_found_by_typing_whatever_the_accents(self, page):
        field = page.get_by_role("group", name="Country").get_by_label("Type to find")
        field.press_sequentially("COTE D’I")
        expect(self.countries(page)).to_have_text(["Côte d'Ivoire"])
        expect(page.get_by_text("Matches: 1")).to_have_role("status")
        field.press("Enter")
        expect(count(page)).to_have_text("1 result")
        expect(page).to_have_url(re.compile(r"\?country=CI$"))
        expect(field).to_be_focused()
        assert is_marked(page)

    def test_chosen_ones_stay_in_sight_and_escape_brings_all_back(self, page):
        page.get_by_label("Peru").check()
        expect(count(page)).to_have_text("1 result")
        field = page.get_by_role("group", name="Country").get_by_label("Type to find")
        field.press_sequentially("chil")
        expect(self.countries(page)).to_have_text(["Chile", "Peru"])
        expect(page.get_by_text("Matches: 1")).to_be_visible()
        field.press("Escape")
        expect(field).to_have_value("")
        expect(self.countries(page)).to_have_count(len(MANY_COUNTRIES))
        expect(page.get_by_text("Matches")).to_have_count(0)

    def test_what_was_typed_still_holds_after_the_results_have_come(self, page):
        field = page.get_by_role("group", name="Country").get_by_label("Type to find")
        field.press_sequentially("bo")
        page.get_by_label("Bolivia").check()
        expect(count(page)).to_have_text("1 result")
        expect(field).to_have_value("bo")
        expect(self.countries(page)).to_have_text(["Bolivia"])

    def test_it_changes_nothing_by_itself_and_is_not_sent(self, page):
        asked = []
        page.on("request", lambda request: "/engagements/" in request.url and asked.append(request.url))
        field = page.get_by_role("group", name="Country").get_by_label("Type to find")
        field.press_sequentially("a")
        field.press("Enter")
        field.press("Tab")
        page.wait_for_timeout(800)
        assert asked == []

    def test_short_lists_have_no_such_field(self, page):
        facet(page, "Region").click()
        expect(page.get_by_role("group", name="Region").get_by_label("Type to find")).to_have_count(0)


class TestOnAPhone:
    def test_filters_are_folded_away_and_stay_open_while_used(self, lists, open_page):
        page = open_page(viewport=PHONE)
        page.goto(f"{lists}/en/engagements/")
        fold = page.locator(".filters-fold > summary")
        show = page.get_by_role("button", name="Show")
        expect(facet(page, "Country")).to_be_hidden()
        expect(show).to_be_hidden()
        fold.click()
        facet(page, "Country").click()
        page.get_by_label("Kenya").check()
        expect(show).to_have_text("Show 15 results")
        expect(show).to_be_in_viewport()
        expect(page.get_by_label("Kenya")).to_be_visible()
        expect(fold).to_contain_text("(1")
        show.click()
        expect(facet(page, "Country")).to_be_hidden()
        expect(count(page)).to_be_focused()
        expect(count(page)).to_be_in_viewport()

    def test_targets_are_large_enough_for_thumbs(self, lists, open_page):
        page = open_page(viewport=PHONE)
        page.goto(f"{lists}/en/engagements/?country=KE&page=1")
        page.locator(".filters-fold > summary").click()
        targets = page.locator(".filters :is(summary, button, .options label):visible, .active-filters a")
        expect(targets.nth(10)).to_be_visible()
        for target in targets.all():
            assert target.bounding_box()["height"] >= 44, target.text_content()

    def test_on_a_desktop_they_stand_open_beside_the_list(self, lists, open_page):
        page = open_page()
        page.goto(f"{lists}/en/engagements/")
        expect(facet(page, "Country")).to_be_visible()
        expect(page.locator(".filters-fold > summary")).to_be_hidden()
        expect(page.get_by_role("button", name="Show")).to_be_hidden()
        expect(page.get_by_role("button", name="Apply filters")).to_be_hidden()


class TestWithoutJavaScript:
    @pytest.mark.parametrize("viewport", [PHONE, DESKTOP])
    def test_the_same_form_works_with_a_button(self, site, open_page, viewport):
        for name, country in (("My.Coop", "PE"), ("Think.Coop", "KE")):
            EngagementFactory(programme=ProgrammeFactory(name_en=name), country_id=country)
        page = open_page(java_script_enabled=False, viewport=viewport)
        page.goto(f"{site}/en/programmes/")
        if viewport == PHONE:
            page.locator(".filters-fold > summary").click()
        facet(page, "Country").click()
        page.get_by_label("Peru").check()
        expect(page.get_by_role("button", name="Show")).to_be_hidden()
        page.get_by_role("button", name="Apply filters").click()
        expect(page).to_have_url(re.compile("country=PE"))
        expect(page.get_by_role("heading", name="My.Coop")).to_be_visible()
        expect(page.get_by_role("heading", name="Think.Coop")).to_have_count(0)
        page.get_by_role("link", name="Remove the filter Country: Peru").click()
        expect(page.get_by_role("heading", name="Think.Coop")).to_be_visible()


@pytest.mark.parametrize(
    "options",
    [
        {"viewport": viewport, "color_scheme": scheme}
        for viewport, scheme in ((DESKTOP, "light"), (DESKTOP, "dark"), (PHONE, "light"), (PHONE, "dark"))
    ],
)
def test_axe_finds_nothing_with_the_filters_open(lists, open_page, complaints, options):
    for country in MANY_COUNTRIES:
        EngagementFactory(country_id=country)
    page, axe = open_page(**options), Axe()
    for query in ("", "country=PE&kind=research", "country=KE&kind=research", "year_from=abc&country=ZZ&sort=x"):
        page.goto(f"{lists}/en/engagements/?{query}")
        page.locator(".filters details, details.filters-fold").evaluate_all(
            "all => all.forEach(one => { one.open = true })"
        )
        page.locator("#facet-country input[type=search], #id_q").last.fill("o")
        found = axe.run(page)
        assert found.violations_count == 0, f"{query} {options}\n{found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= options["viewport"]["width"]
    assert complaints == []
