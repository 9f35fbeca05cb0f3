"""Filters as people expect them: in place, with the address, the back button and the focus where they belong."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE
from tests.e2e.waiting import eventually
from tests.factories import EngagementFactory

MANY_COUNTRIES = ["BO", "BR", "CI", "CL", "CO", "CR", "CU", "EC", "GT", "KE", "MX", "PA", "PE", "PY"]


def mark(page: Page) -> None:
    """Leaves a mark in the window that a new page would not have."""
    page.evaluate("window.marked = true")


def is_marked(page: Page) -> bool:
    return page.evaluate("window.marked === true")


def count(page: Page):
    return page.locator("#results-count")


def facet(page: Page, name: str):
    return page.locator(".facet > summary").filter(has_text=re.compile(rf"^{name}"))


def chosen(page: Page) -> list[str]:
    return page.locator(".options input:checked").evaluate_all("inputs => inputs.map(input => input.value).sort()")


class TestInPlace:
    def test_results_numbers_and_address_change_without_a_new_page(self, lists, open_page, complaints):
        page = open_page()
        page.goto(f"{lists}/en/engagements/")
        mark(page)
        facet(page, "Country").click()
        facet(page, "Kind").click()
        page.get_by_label("Kenya").check()
        expect(count(page)).to_have_text("15 results")
        expect(page).to_have_url(f"{lists}/en/engagements/?country=KE")
        expect(facet(page, "Country")).to_contain_text("(1")
        expect(page.locator("label", has_text="Workshop")).to_contain_text("15")
        expect(page.locator("label", has_text="Research")).to_have_count(0)
        expect(page.locator(".row")).to_have_count(15)
        page.get_by_label("Peru").check()
        expect(count(page)).to_contain_text("45 results")
        expect(page.locator("label", has_text="Research")).to_contain_text("10")
        assert is_marked(page)
        assert complaints == []

    def test_the_focus_the_open_facets_and_the_place_in_a_list_stay(self, lists, open_page):
        for country in MANY_COUNTRIES:
            EngagementFactory(country_id=country)
        page = open_page()
        page.goto(f"{lists}/en/engagements/")
        facet(page, "Kind").click()
        facet(page, "Country").click()
        page.get_by_label("Peru").focus()
        scrolled = page.locator("#facet-country .options").evaluate("list => list.scrollTop")
        assert scrolled > 0
        page.keyboard.press("Space")
        expect(count(page)).to_contain_text("31 results")
        assert page.evaluate("document.activeElement.id") == "id_country_PE"
        assert page.locator("#facet-country .options").evaluate("list => list.scrollTop") == scrolled
        expect(page.locator("#facet-kind")).to_have_attribute("open", "")
        page.keyboard.press("Space")
        expect(count(page)).to_contain_text("59 results")
        assert page.evaluate("document.activeElement.id") == "id_country_PE"

    def test_a_focused_option_that_gives_nothing_any_longer_keeps_the_focus(self, lists, open_page):
        page = open_page()
        page.goto(f"{lists}/en/engagements/?country=BO&kind=research")
        option = page.get_by_label("Bolivia")
        option.focus()
        page.keyboard.press("Space")
        expect(count(page)).to_have_text("10 results")
        expect(option).to_be_focused()
        expect(option).not_to_be_checked()

    def test_typing_narrows_the_list_and_keeps_what_is_being_typed(self, lists, open_page):
        page = open_page()
        page.goto(f"{lists}/en/engagements/")
        mark(page)
        field = page.get_by_label("Search in the list")
        field.press_sequentially("Course 11", delay=20)
        expect(count(page)).to_have_text("10 results")
        expect(page).to_have_url(re.compile(r"\?q=Course(\+|%20)11$"))
        field.press_sequentially("7", delay=20)
        expect(count(page)).to_have_text("1 result")
        expect(field).to_be_focused()
        expect(field).to_have_value("Course 117")
        assert is_marked(page)
        # Typing was one step.
        page.go_back()
        expect(page).to_have_url(f"{lists}/en/engagements/")
        expect(field).to_have_value("")

    def test_the_order_changes_in_place_and_the_usual_one_is_not_named(self, lists, open_page):
        page = open_page()
        page.goto(f"{lists}/en/engagements/")
        mark(page)
        page.get_by_label("Sort by").select_option("Oldest first")
        expect(page).to_have_url(f"{lists}/en/engagements/?sort=oldest")
        page.get_by_label("Sort by").select_option("Newest first")
        expect(page).to_have_url(f"{lists}/en/engagements/")
        assert is_marked(page)

    def test_pages_turn_in_place_and_lead_to_the_top_of_the_results(self, lists, open_page):
        page = open_page()
        page.goto(f"{lists}/en/engagements/?country=PE")
        mark(page)
        page.get_by_role("link", name="Next").click()
        expect(count(page)).to_contain_text("page 2 of 2")
        expect(page).to_have_url(f"{lists}/en/engagements/?country=PE&page=2")
        expect(count(page)).to_be_focused()
        expect(count(page)).to_be_in_viewport()
        assert is_marked(page)

    def test_a_removed_filter_is_removed_in_the_form_too(self, lists, open_page):
        page = open_page()
        page.goto(f"{lists}/en/engagements/?country=PE&q=Course+11&year_from=2001")
        mark(page)
        page.get_by_role("link", name="Remove the filter Country: Peru").click()
        expect(count(page)).to_be_focused()
        expect(count(page)).to_have_text("10 results")
        expect(page.get_by_label("Peru")).not_to_be_checked()
        page.get_by_role("link", name="Remove all filters").click()
        expect(page).to_have_url(f"{lists}/en/engagements/")
        expect(page.get_by_label("Search in the list")).to_have_value("")
        expect(page.get_by_label("From year")).to_have_value("")
        assert is_marked(page)

    def test_no_results_offer_the_filter_to_drop(self, lists, open_page):
        page = open_page()
        page.goto(f"{lists}/en/engagements/?country=KE")
        mark(page)
        page.get_by_label("Search in the list").fill("Course 117")
        page.get_by_role("link", name="Without Country: Kenya").click()
        expect(count(page)).to_have_text("1 result")
        expect(page.get_by_role("heading", name="Course 117")).to_be_visible()
        expect(page.get_by_label("Kenya")).to_have_count(0)
        assert is_marked(page)

    def test_the_language_switch_keeps_the_filters_of_the_moment(self, lists, open_page):
        page = open_page()
        page.goto(f"{lists}/en/engagements/")
        facet(page, "Country").click()
        page.get_by_label("Kenya").check()
        expect(page).to_have_url(f"{lists}/en/engagements/?country=KE")
        page.get_by_role("link", name="Español").click()
        expect(page).to_have_url(f"{lists}/es/engagements/?country=KE")
        expect(page.get_by_label("Kenia")).to_be_checked()


class TestHistory:
    def test_back_and_forward_restore_list_and_form(self, lists, open_page, complaints):
        page = open_page()
        page.goto(f"{lists}/en/engagements/")
        facet(page, "Country").click()
        page.get_by_label("Kenya").check()
        expect(page).to_have_url(re.compile("country=KE$"))
        facet(page, "Kind").click()
        page.get_by_label("Peru").check()
        expect(page).to_have_url(re.compile("country=KE&country=PE$"))
        page.get_by_label("Research").check()
        expect(count(page)).to_have_text("10 results")

        page.go_back()
        expect(count(page)).to_contain_text("45 results")
        eventually(page, lambda: chosen(page), ["KE", "PE"])
        page.go_back()
        expect(count(page)).to_have_text("15 results")
        eventually(page, lambda: chosen(page), ["KE"])
        page.go_back()
        expect(count(page)).to_contain_text("45 results")
        expect(page).to_have_url(f"{lists}/en/engagements/")
        eventually(page, lambda: chosen(page), [])
        page.go_forward()
        expect(count(page)).to_have_text("15 results")
        eventually(page, lambda: chosen(page), ["KE"])
        assert complaints == []

    def test_back_from_a_record_shows_the_list_as_it_was_left(self, lists, open_page):
        page = open_page()
        page.goto(f"{lists}/en/engagements/")
        facet(page, "Country").click()
        page.get_by_label("Kenya").check()
        expect(count(page)).to_have_text("15 results")
        page.locator(".row a").first.click()
        expect(page.locator("#results")).to_have_count(0)
        page.go_back()
        expect(page.locator("h1")).to_have_text("Engagements")
        expect(count(page)).to_have_text("15 results")
        eventually(page, lambda: chosen(page), ["KE"])

    def test_the_address_can_be_shared(self, lists, open_page):
        page, other = open_page(), open_page()
        page.goto(f"{lists}/en/engagements/")
        facet(page, "Country").click()
        page.get_by_label("Peru").check()
        expect(page).to_have_url(re.compile("country=PE"))
        page.get_by_label("Search in the list").fill("Course 11")
        expect(count(page)).to_have_text("7 results")
        expect(page).to_have_url(re.compile("q=Course"))
        other.goto(page.url)
        expect(other.locator("#results h3")).to_have_text(page.locator("#results h3").all_text_contents())
        eventually(other, lambda: chosen(other), ["PE"])
        expect(other.get_by_label("Search in the list")).to_have_value("Course 11")


class TestAnnouncements:
    def test_the_number_of_results_is_said_when_it_changes_and_not_at_first(self, lists, open_page):
        page = open_page()
        page.goto(f"{lists}/en/engagements/")
        status = page.locator("#results-status")
        expect(status).to_have_role("status")
        expect(status).to_have_text("")
        facet(page, "Country").click()
        page.get_by_label("Kenya").check()
        expect(status).to_have_text("15 results")

    def test_while_results_are_on_their_way_the_list_says_so_and_nothing_moves(self, lists, open_page):
        page = open_page()
        page.goto(f"{lists}/en/engagements/")
        facet(page, "Country").click()
        waiting = []
        page.route("**/engagements/?country=KE", lambda route: waiting.append(route))
        before = page.locator(".row").first.bounding_box()
        page.get_by_label("Kenya").check()
        expect(page.locator("#results")).to_have_attribute("aria-busy", "true")
        assert page.locator(".row").first.bounding_box() == before
        eventually(page, lambda: len(waiting), 1)
        waiting[0].continue_()
        expect(count(page)).to_have_text("15 results")
        expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")

    def test_a_later_choice_replaces_a_slow_earlier_one(self, lists, open_page):
        page = open_page()
        page.goto(f"{lists}/en/engagements/")
        facet(page, "Country").click()
        waiting = []
        page.route("**/engagements/?country=KE", lambda route: waiting.append(route))
        page.get_by_label("Kenya").check()
        page.get_by_label("Peru").check()
        expect(page).to_have_url(re.compile("country=KE&country=PE"))
        expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")
        eventually(page, lambda: chosen(page), ["KE", "PE"])


class TestFailures:
    @pytest.mark.parametrize(
        "answer", [None, {"status": 502, "body": "Bad gateway"}, {"body": "<h1>Log in to Wi-Fi</h1>"}]
    )
    def test_a_request_that_fails_says_so_and_can_be_tried_again(self, lists, open_page, answer):
        page = open_page()
        page.goto(f"{lists}/en/engagements/")
        mark(page)
        facet(page, "Country").click()
        failed = []

        def fail(route) -> None:
            failed.append(route)
            route.fulfill(**answer) if answer else route.abort()

        page.route("**/engagements/?*", fail)
        page.get_by_label("Kenya").check()
        problem = page.get_by_role("alert")
        expect(problem).to_contain_text("could not be updated")
        expect(count(page)).to_contain_text("45 results")
        expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")
        expect(page).to_have_url(f"{lists}/en/engagements/")
        expect(page.get_by_role("button", name="Apply filters")).to_be_visible()
        problem.get_by_role("link", name="Try again").click()
        eventually(page, lambda: len(failed), 2)
        expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")
        expect(problem).to_contain_text("could not be updated")

        page.unroute("**/engagements/?*")
        problem.get_by_role("link", name="Try again").click()
        expect(count(page)).to_have_text("15 results")
        expect(problem).to_be_empty()
        expect(page).to_have_url(re.compile("country=KE$"))
        assert is_marked(page)

    def test_without_htmx_the_button_is_there(self, lists, open_page):
        page = open_page()
        page.route("**/htmx*.js", lambda route: route.abort())
        page.goto(f"{lists}/en/engagements/")
        facet(page, "Country").click()
        page.get_by_label("Kenya").check()
        page.get_by_role("button", name="Apply filters").click()
        expect(page).to_have_url(re.compile("country=KE"))
        expect(count(page)).to_have_text("15 results")


class TestErrors:
    def test_the_summary_leads_to_the_field(self, lists, open_page):
        page = open_page(viewport=PHONE)
        page.goto(f"{lists}/en/engagements/?year_from=abc&country=ZZ")
        summary = page.get_by_role("region", name="Please check 2 filters")
        summary.get_by_role("link", name="From year").click()
        expect(page.get_by_label("From year")).to_be_focused()
        expect(page.get_by_label("From year")).to_be_in_viewport()
        summary.get_by_role("link", name="Country").click()
        expect(facet(page, "Country")).to_be_focused()

    def test_a_wrong_year_is_said_in_place_and_goes_when_mended(self, lists, open_page):
        page = open_page()
        page.goto(f"{lists}/en/engagements/")
        field = page.get_by_label("From year")
        field.fill("abc")
        field.press("Tab")
        expect(page.locator("#results-status")).to_have_text(re.compile("^Please check 1 filter. 45 results"))
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_accessible_description("Enter a whole number.")
        expect(field).to_have_value("abc")
        field.fill("2001")
        field.press("Tab")
        expect(page.locator("#problems")).to_have_count(0)
        expect(field).not_to_have_attribute("aria-invalid", "true")
        expect(page.locator("#id_year_from_error")).to_be_empty()

    def test_sending_the_form_leads_to_the_summary(self, lists, open_page):
        page = open_page()
        page.goto(f"{lists}/en/engagements/")
        page.get_by_label("From year").fill("abc")
        page.keyboard.press("Enter")
        expect(page.locator("#problems")).to_be_focused()
