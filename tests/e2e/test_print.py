"""On paper, with the sample content: a country’s brief is one A4 page; a person’s interview is all there."""

import re

from django.db.models import Count
from playwright.sync_api import Page, expect

from engagements.models import Engagement
from profiles.models import Exchange
from richtext.plain import plain_text

NOT_ON_PAPER = "nav, form, .skip-link, .map-skip, button, summary"


def pages(page: Page) -> int:
    """How many sheets the page takes, in its own paper format."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True)))


def visible(page: Page, selector: str) -> list[str]:
    return page.locator(selector).evaluate_all(
        "all => all.filter((each) => each.checkVisibility()).map((each) => each.outerHTML.slice(0, 80))"
    )


def test_the_brief_of_the_country_with_most_engagements_is_one_page(sample_site, open_page):
    busiest = Engagement.objects.published().values_list("country").annotate(n=Count("pk")).order_by("-n")[0][0]
    page = open_page()
    for language in ("en", "es", "fr"):
        page.goto(f"{sample_site}/{language}/countries/{busiest.lower()}/")
        assert pages(page) == 1, language


def test_a_profile_prints_its_whole_interview_and_no_navigation(sample_site, open_page):
    page = open_page()
    page.goto(f"{sample_site}/en/profiles/john-bliek/")
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
