"""The public pages as people meet them: by eye, by keyboard, by screen reader, on a phone, without JavaScript."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import expect

from engagements.models import Engagement
from tests.e2e.conftest import DESKTOP, PHONE
from tests.factories import EngagementFactory, ProgrammeFactory

PAGES = [
    "/en/",
    "/en/profiles/",
    "/en/profiles/john-bliek/",
    "/en/profiles/amara-okello/",
    "/en/programmes/?country=PE&country=ZZ",
    "/en/programmes/my-coop/",
    "/en/engagements/?year_from=abc&page=99",
    "/en/engagements/?country=IS",
    "/en/countries/",
    "/en/countries/bo/",
    "/en/regions/africa/",
    "/en/topics/rural-economy/",
    "/en/organisations/swisscontact/",
    "/es/programmes/my-coop/",
    "/fr/countries/pe/",
]


@pytest.fixture
def sample_site(site):
    call_command("load_sample", verbosity=0)
    return site


def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(sample_site, open_page, complaints):
    engagement = Engagement.objects.published().filter(partners__isnull=False).first()
    axe = Axe()
    for options in (
        {"viewport": DESKTOP, "color_scheme": "light"},
        {"viewport": PHONE, "color_scheme": "dark"},
    ):
        page = open_page(**options)
        for address in [*PAGES, engagement.get_absolute_url()]:
            page.goto(sample_site + address)
            found = axe.run(page)
            assert found.violations_count == 0, f"{address} {options}\n{found.generate_report()}"
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= options["viewport"]["width"], address
    assert complaints == []


def test_pages_can_be_read_at_four_hundred_percent(sample_site, open_page):
    # WCAG 2.2, success criterion 1.4.10: 1280 pixels at 400 % are 320.
    page = open_page(viewport={"width": 320, "height": 256})
    for address in PAGES:
        page.goto(sample_site + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address


def test_filters_work_without_javascript(site, open_page):
    for name, country in (("My.Coop", "PE"), ("Think.Coop", "KE")):
        EngagementFactory(programme=ProgrammeFactory(name_en=name), country_id=country)
    page = open_page(java_script_enabled=False)
    page.goto(f"{site}/en/programmes/")
    page.locator("summary", has_text="Country").click()
    page.get_by_label("Peru").check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page).to_have_url(re.compile("country=PE"))
    expect(page.get_by_role("heading", name="My.Coop")).to_be_visible()
    expect(page.get_by_role("heading", name="Think.Coop")).to_have_count(0)
    page.get_by_role("link", name="Remove the filter Country: Peru").click()
    expect(page.get_by_role("heading", name="Think.Coop")).to_be_visible()


def test_filters_are_folded_on_a_phone_and_open_beside_the_list_on_a_desktop(site, open_page):
    EngagementFactory()
    for viewport, is_open in ((PHONE, False), (DESKTOP, True)):
        page = open_page(viewport=viewport)
        page.goto(f"{site}/en/engagements/")
        expect(page.get_by_role("button", name="Apply filters")).to_be_visible(visible=is_open)
    phone = open_page(viewport=PHONE)
    phone.goto(f"{site}/en/engagements/")
    phone.locator("summary", has_text="Filters").click()
    expect(phone.get_by_role("button", name="Apply filters")).to_be_visible()


def test_the_keyboard_reaches_the_content_at_once(site, open_page):
    page = open_page()
    page.goto(f"{site}/en/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_country_finder_leads_to_what_happened_there(site, open_page):
    EngagementFactory(title_en="Course in La Paz", country_id="BO")
    EngagementFactory(title_en="Course in Lima", country_id="PE")
    page = open_page(viewport=PHONE)
    page.goto(f"{site}/en/")
    page.get_by_label("What happened in").select_option("Bolivia")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="Course in La Paz")).to_be_visible()
    expect(page.get_by_role("heading", name="Course in Lima")).to_have_count(0)


def test_the_language_is_changed_where_one_is(site, open_page):
    EngagementFactory()
    page = open_page()
    page.goto(f"{site}/en/engagements/?country=PE")
    page.get_by_role("link", name="Français").click()
    expect(page).to_have_url(f"{site}/fr/engagements/?country=PE")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
