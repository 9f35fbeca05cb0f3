"""The editors' pages by keyboard alone: where the keyboard is, is seen, and leads where it should."""

import re

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect

from richtext.forms import MOST
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.test_every_page import FOCUS
from tests.factories import ExchangeFactory, InterviewFactory, ModuleFactory, ProgrammeFactory


@pytest.fixture
def open_admin(site, open_page):
    """Opens the desk in a window with the given options."""
    get_user_model().objects.create_superuser("editor", "editor@example.org", "a-long-password")

    def open_admin(**options) -> Page:
        page = open_page(**options)
        page.goto(f"{site}/admin/")
        expect(page.get_by_label("Username")).to_be_focused()
        page.keyboard.type("editor")
        page.keyboard.press("Tab")
        page.keyboard.type("a-long-password")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Your desk")
        return page

    return open_admin


def tab_to(page: Page, wanted: str) -> None:
    """Tab until the control with this text, value or id has the focus; on the way it must always be seen."""
    page.wait_for_load_state()
    said = "each => [each.id, each.value, each.innerText?.trim()]"
    for _step in range(250):
        page.keyboard.press("Tab")
        assert (found := page.evaluate(FOCUS)) in ("", "end"), found
        if wanted in page.evaluate(f"({said})(document.activeElement)"):
            return
    raise AssertionError(f"the keyboard does not come to “{wanted}”")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_from_the_desk_to_a_published_interview(open_admin, viewport, complaints):
    interview = ExchangeFactory(interview=InterviewFactory(title_en="Coming home", in_review=True)).interview
    page = open_admin(viewport=viewport, reduced_motion="reduce")
    tab_to(page, "All interviews in review (1)")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Select interview to change")
    tab_to(page, "Coming home")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Change interview")
    tab_to(page, "To the next step")
    page.keyboard.press("Enter")
    tab_to(page, "id_step_comment")
    page.keyboard.type("Well written")
    tab_to(page, "publish")
    page.keyboard.press("Enter")
    expect(page.locator("ul.messagelist")).to_contain_text("Published.")
    expect(page.locator("ul.messagelist")).to_be_in_viewport()
    interview.refresh_from_db()
    assert interview.is_public
    assert complaints == []


@pytest.mark.parametrize(
    ("path", "first"),
    [("programmes/programme", "input[name=name_en]"), ("profiles/interview", "[role=combobox]")],
)
def test_a_new_record_begins_in_its_first_field(site, open_admin, path, first):
    page = open_admin()
    page.goto(f"{site}/admin/{path}/add/")
    expect(page.locator(f"fieldset {first}").first).to_be_focused()
    assert page.evaluate(FOCUS) == ""


def test_the_first_link_skips_to_the_content(open_admin):
    page = open_admin()
    page.reload()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-to-content-link"
    page.keyboard.press("Enter")
    expect(page.locator("#content-start")).to_be_focused()


@pytest.mark.parametrize("options", [{}, {"viewport": PHONE, "java_script_enabled": False}], ids=["desk", "phone"])
def test_a_refused_form_leads_to_each_fault(site, open_admin, options, complaints):
    programme = ProgrammeFactory(draft=True, aim_en="Aim")
    ModuleFactory(programme=programme)
    page = open_admin(**options)
    page.goto(f"{site}/admin/programmes/programme/{programme.pk}/change/")
    page.locator("#id_name_en").fill("")
    page.locator("#id_modules-0-title_en").fill("")
    page.get_by_role("button", name="Schedule").press("Enter")
    faults = page.get_by_role("navigation", name="What is wrong")
    expect(faults).to_be_in_viewport()
    expect(page).to_have_title(re.compile("^Error:"))
    links = faults.get_by_role("link")
    expect(links).to_have_count(3)
    addresses = [link.get_attribute("href") for link in links.all()]
    assert addresses == ["#id_name_en", "#id_modules-0-title_en", "#id_step_at"]
    for address in addresses:
        faults.locator(f"a[href='{address}']").press("Enter")
        expect(page.locator(address)).to_be_focused()
        expect(page.locator(address)).to_be_in_viewport()
    assert complaints == []


def test_a_fault_in_a_rich_text_is_reached_with_and_without_its_editor(site, open_admin):
    page = open_admin()
    programme = ModuleFactory(programme=ProgrammeFactory(draft=True)).programme
    page.goto(f"{site}/admin/programmes/programme/{programme.pk}/change/")
    page.locator("#id_modules-0-summary_en").evaluate(
        "(field, length) => { field.value = 'a'.repeat(length) }", MOST + 1
    )
    page.get_by_role("button", name="Save and continue editing").first.press("Enter")
    link = page.get_by_role("navigation", name="What is wrong").get_by_role("link")
    editor = page.locator("div.rich-text:has(+ #id_modules-0-summary_en) [role=textbox]")
    for _time in range(2):
        link.press("Enter")
        expect(editor).to_be_focused()
        expect(editor).to_be_in_viewport()
        page.evaluate("scrollTo(0, 0)")


def test_choosers_say_what_they_are_for(site, open_admin):
    page = open_admin()
    page.goto(f"{site}/admin/engagements/engagement/add/")
    expect(page.get_by_role("combobox", name="Programme")).to_be_visible()
    page.get_by_role("button", name="Add another Member of staff").press("Enter")
    row = page.locator("#engagement_staff-0")
    expect(row.get_by_role("combobox", name="Profile")).to_be_visible()
    expect(row.get_by_role("combobox", name="Role")).to_be_visible()
    page.get_by_role("combobox", name="Country").first.press("Enter")
    expect(page.get_by_role("searchbox", name="Country")).to_be_focused()
