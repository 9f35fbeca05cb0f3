"""What must hold on every type of page of the admin, in a real browser.

The table of pages is `tests.e2e.admin_pages`; what one page alone does is in the other modules here.
"""

import pytest
from playwright.sync_api import Page

from tests.e2e.admin_pages import PAGES, WAYS, World, make_world
from tests.e2e.conftest import DESKTOP, PHONE, served
from tests.e2e.test_every_page import barriers, too_wide

pytestmark = pytest.mark.django_db

AXE = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture(scope="module")
def world(browser, django_db_setup, django_db_blocker) -> World:
    made = []
    with served(django_db_blocker, lambda: made.append(make_world())) as address:
        made[0].site = address
        yield made[0]


@pytest.fixture
def visit(open_page, world):
    """Goes to a page of the table, in a window with the given options, in which the editor has signed in."""

    def visit(name: str, language: str = "en", **options) -> Page:
        page = open_page(**options)
        cookies = {"sessionid": world.session, "django_language": language}
        page.context.add_cookies([{"name": key, "value": cookies[key], "url": world.site} for key in cookies])
        if name in WAYS:
            PAGES[name](page, world)
        else:
            answer = page.goto(world.site + PAGES[name](world))
            assert answer.ok, answer.status
        return page

    return visit


@pytest.mark.parametrize("name", PAGES)
def test_no_barrier(visit, complaints, name):
    page = visit(name)
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("h1").count() == 1
    found = {"desktop, light": barriers(page, AXE)}
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)
    found["phone, dark"] = barriers(page, AXE)
    for width in (360, 320):
        found[f"{width} px"] = too_wide(page, width)
    report = "\n".join(f"== {state}\n" + "\n".join(lines) for state, lines in found.items() if lines)
    assert not report, report
    assert complaints == []
