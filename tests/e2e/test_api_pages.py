"""The API as people see it in a browser: no barrier that axe finds, no overflow, no complaint, no script needed."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import DESKTOP
from tests.e2e.test_every_page import (
    AXE,
    AXE_COLOURS,
    AXE_IN_WORDS,
    WIDTHS,
    barriers,
    open_everything,
    show_the_whole_on_a_phone,
    too_wide,
)

PAGES = {
    "start": "",
    "reference": "docs/?lang=es",
    "list": "engagements/?country=PE&page_size=2&expand=country",
    "record": "countries/PE/?lang=fr",
    "facets": "programmes/facets/",
    "search": "search/?q=dairy",
    "refused": "engagements/?country=ZZ&year_from=x&nonsense=1",
    "not found": "nowhere/",
}
# The reference has a hundred times the same parts, and axe takes a quarter of a minute for all of them.
ONE_OF_MANY = {"reference": "#engagements_list"}


@pytest.fixture
def visit(open_page, sample_site, complaints):
    def visit(name: str, **options):
        page = open_page(**options)
        page.goto(f"{sample_site}/api/v1/{PAGES[name]}")
        open_everything(page)
        return page

    yield visit
    # Chromium says so of every page that answers with an error.
    assert [each for each in complaints if "status of 40" not in each] == []


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_is_too_wide(visit, name):
    page = visit(name)
    found = {"words": barriers(page, AXE_IN_WORDS), "light": barriers(page, AXE, ONE_OF_MANY.get(name))}
    page.emulate_media(color_scheme="dark")
    found["dark"] = barriers(page, AXE_COLOURS, ONE_OF_MANY.get(name))
    show_the_whole_on_a_phone(page)
    found["phone, dark"] = barriers(page, AXE, ONE_OF_MANY.get(name))
    report = "\n".join(f"== {state}\n" + "\n".join(lines) for state, lines in found.items() if lines)
    assert not report, report
    for width in WIDTHS:
        assert too_wide(page, width) == [], f"{width} px"


def test_a_person_asks_changes_the_question_and_goes_on_without_javascript(open_page, sample_site):
    page = open_page(viewport=DESKTOP, java_script_enabled=False)
    page.goto(f"{sample_site}/api/v1/docs/")
    asking = page.locator("#engagements_list")
    asking.locator("summary").click()
    asking.get_by_label("country", exact=True).fill("PE")
    asking.get_by_label("page_size").fill("1")
    asking.get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Engagements")
    expect(page.locator("pre")).to_contain_text('"name": "Peru"')
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("link", name="Previous")).to_be_visible()
    page.locator("pre").get_by_role("link", name="/api/v1/engagements/").nth(2).click()
    expect(page.locator("pre")).to_contain_text('"activity_status"')
