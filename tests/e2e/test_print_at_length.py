"""On paper: the brief of a country stays one page."""

from datetime import date

from playwright.sync_api import expect

from tests.e2e.test_print import NOT_ON_PAPER, pages, visible
from tests.factories import EngagementFactory, EngagementStaffFactory, OrganisationFactory, ProfileFactory


def test_the_brief_of_a_country_where_very_much_happened_is_one_page(site, open_page):
    people = ProfileFactory.create_batch(30)
    partners = OrganisationFactory.create_batch(50)
    for number in range(60):
        engagement = EngagementFactory(
            title_en=f"Training of trainers for the agricultural cooperatives of the province, part {number}",
            summary_en="Trainers from federations and the ministry learned to run the course. " * 6,
            start_date=date(2000 + number % 25, 5, 1),
            end_date=date(2000 + number % 25, 5, 3),
        )
        engagement.partners.set(partners)
        EngagementStaffFactory(engagement=engagement, profile=people[number % 30])
    page = open_page()
    page.goto(f"{site}/en/countries/pe/")
    assert pages(page) == 1
    page.emulate_media(media="print")
    # What it leaves out it says where to find.
    expect(page.locator(".print-only", has_text="/en/countries/pe/")).to_be_visible()
    assert visible(page, NOT_ON_PAPER) == []
