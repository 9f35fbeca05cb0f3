"""On paper: a country's brief is one A4 page, however much has happened there; a person's interview is all there."""

import re
from datetime import date

from django.core.management import call_command
from django.db.models import Count
from playwright.sync_api import Page, expect

from engagements.models import Engagement
from profiles.models import Exchange
from richtext.plain import plain_text
from tests.factories import EngagementFactory, EngagementStaffFactory, OrganisationFactory, ProfileFactory

NOT_ON_PAPER = "nav, form, .skip-link, .map-skip, button, summary"


def pages(page: Page) -> int:
    """How many sheets the page takes, in its own paper format."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True)))


def visible(page: Page, selector: str) -> list[str]:
    return page.locator(selector).evaluate_all(
        "all => all.filter((each) => each.checkVisibility()).map((each) => each.outerHTML.slice(0, 80))"
    )


def test_the_brief_of_the_country_with_most_engagements_is_one_page(site, open_page):
    call_command("load_sample", verbosity=0)
    busiest = Engagement.objects.published().values_list("country").annotate(n=Count("pk")).order_by("-n")[0][0]
    page = open_page()
    for language in ("en", "es", "fr"):
        page.goto(f"{site}/{language}/countries/{busiest.lower()}/")
        assert pages(page) == 1, language


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


def test_a_profile_prints_its_whole_interview_and_no_navigation(site, open_page):
    call_command("load_sample", verbosity=0)
    page = open_page()
    page.goto(f"{site}/en/profiles/john-bliek/")
    page.emulate_media(media="print")
    assert visible(page, NOT_ON_PAPER) == []
    exchanges = Exchange.objects.filter(interview__profile__slug="john-bliek")
    assert exchanges
    for exchange in exchanges:
        expect(page.get_by_role("heading", name=exchange.question)).to_be_visible()
    words = " ".join(page.locator("main").inner_text().split())
    for exchange in exchanges:
        assert " ".join(plain_text(exchange.answer).split()) in words
    assert pages(page) > 1
    widths = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert widths[0] <= widths[1]
