"""A visitor who filters, searches and goes back takes nothing along but what was read."""

from playwright.sync_api import expect

from tests.e2e.storage import NOTHING_KEPT, kept_of
from tests.e2e.waiting import follow


def test_nothing_is_left_of_a_visit_with_filters_and_searches(open_page, sample_site):
    page = open_page()
    elsewhere = []
    page.on("request", lambda request: request.url.startswith((sample_site, "data:")) or elsewhere.append(request.url))
    page.goto(f"{sample_site}/en/engagements/?country=PE")
    page.get_by_role("link", name="Remove all filters").click()
    expect(page).to_have_url(f"{sample_site}/en/engagements/")  # in place
    page.go_back()
    expect(page.get_by_role("link", name="Remove all filters")).to_be_visible()
    page.locator("#site-search").press_sequentially("start")
    expect(page.locator("#suggestions a").first).to_be_visible()
    follow(page.locator("#suggestions a").first)
    assert kept_of(page) == NOTHING_KEPT
    page.goto(f"{sample_site}/api/v1/docs/")
    assert kept_of(page) == NOTHING_KEPT
    assert elsewhere == []


def test_what_is_left_would_be_seen(open_page, sample_site):
    page = open_page()
    page.goto(f"{sample_site}/en/privacy/")
    page.evaluate("document.cookie = 'a=1'; localStorage.a = 1; sessionStorage.b = 1")
    found = kept_of(page)
    assert [cookie["name"] for cookie in found["cookies"]] == ["a"]
    assert (found["local"], found["session"]) == (["a"], ["b"])
