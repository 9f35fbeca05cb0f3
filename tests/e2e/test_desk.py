"""An editor begins the day at the desk: follows a number to its list, and merges two records by keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from desk.duplicates import find_again
from organisations.models import Organisation
from tests.factories import EngagementFactory, OrganisationFactory


@pytest.fixture
def records(site):
    """Two organisations that are one, each with an engagement, and something to review."""
    for name in ("Union Rural", "Unión rural"):
        EngagementFactory(in_review=True).partners.add(OrganisationFactory(name_en=name))
    EngagementFactory(source_url="https://example.org/")
    find_again()


@pytest.fixture
def desk(records, sign_in) -> Page:
    return sign_in()


def test_numbers_lead_to_lists_with_as_many_rows(desk, complaints):
    page = desk
    links = page.locator("section", has=page.get_by_role("heading", name="Needs attention")).get_by_role("link")
    addresses = {link.get_attribute("href"): int(link.locator("strong").inner_text()) for link in links.all()}
    assert len(addresses) >= 4
    for address, number in addresses.items():
        page.goto(page.url.split("/admin/")[0] + address)
        assert page.locator("#result_list tbody tr, .desk-pair").count() == number, address
    assert complaints == []


def test_what_waits_for_a_review_is_one_click_away(desk):
    page = desk
    waiting = page.locator("section", has=page.get_by_role("heading", name="Waiting for my review"))
    waiting.get_by_role("link", name="Workshop").first.click()
    expect(page.get_by_role("heading", name="Change engagement")).to_be_visible()


def press_until(page: Page, name: str) -> None:
    """Tab to the link or button of this name."""
    page.wait_for_load_state()
    for _step in range(200):
        page.keyboard.press("Tab")
        focused = page.evaluate("(document.activeElement.value || document.activeElement.innerText || '').trim()")
        if focused.startswith(name):
            return
    raise AssertionError(f"{name} cannot be reached")


def test_two_records_are_merged_by_keyboard_alone(desk, site, complaints):
    page = desk
    press_until(page, "1 Possible duplicates")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The same name")).to_be_visible()
    press_until(page, "Merge…")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Merge two records")).to_be_visible()
    press_until(page, "kept")
    page.keyboard.press("ArrowRight")
    press_until(page, "Merge into")
    page.keyboard.press("Enter")
    expect(page.get_by_text("is part of “Union Rural” now")).to_be_visible()
    merged = Organisation.objects.get()
    assert merged.name_en == "Unión rural"
    assert merged.engagements.count() == 2
    page.goto(f"{site}/admin/duplicates/")
    expect(page.get_by_text("0 possible duplicates")).to_be_visible()
    assert complaints == []
