"""Rich texts written in the admin as editors do: by keyboard, pasted from Word, on a phone, in rows just added."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from engagements.models import Engagement
from profiles.models import Exchange, Interview
from tests.e2e.conftest import PHONE
from tests.e2e.test_every_page import AXE, barriers
from tests.e2e.waiting import follow, settle
from tests.factories import EngagementFactory, ExchangeFactory, InterviewFactory, ModuleFactory
from tests.richtext.test_sanitising import CLIPBOARD

PASTE = """([selector, html]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  document.querySelector(selector).dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
  );
}"""
VIOLATIONS = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`refused: ${event.violatedDirective} ${event.blockedURI}`));"""


@pytest.fixture
def sign_in(sign_in):
    """What the Content-Security-Policy refuses becomes a complaint of the browser, too."""

    def sign_in_and_listen(**options):
        page = sign_in(**options)
        page.add_init_script(VIOLATIONS)
        return page

    return sign_in_and_listen


def text_box(page, name: str):
    """The editor that stands in the place of the text area `name`, once it is there."""
    page.locator(f"#id_{name}").locator("xpath=..").scroll_into_view_if_needed()
    box = page.locator(f"div.rich-text:has(+ #id_{name}) [role=textbox]")
    expect(box).to_be_visible()
    return box


def enter(page, name: str) -> None:
    """Set the cursor into an editor, which takes a moment to see where it stands."""
    text_box(page, name).focus()
    settle(page)


def press(page, button: str, *then: str) -> None:
    """Go to the toolbar, to the `button` by arrows, press it; and then the other keys."""
    page.keyboard.press("Alt+F10")
    page.keyboard.press("Home")
    for _step in range(10):
        if page.evaluate("document.activeElement.getAttribute('aria-label')") == button:
            break
        page.keyboard.press("ArrowRight")
    else:
        raise AssertionError(f"no button {button}")
    page.keyboard.press("Enter")
    # The editor takes the focus back with the next frame, unless a dialogue has opened.
    expect(page.locator("[role=textbox]:focus, dialog input:focus")).to_have_count(1)
    settle(page)
    for key in then:
        page.keyboard.press(key)


@contextmanager
def seconds_of_processor(page) -> Iterator[list[float]]:
    """What scripts and layout of the page take within this, whatever else the machine is busy with."""
    spent = []
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    yield spent
    measured = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    spent.append(measured["TaskDuration"])
    session.detach()


def save(page) -> None:
    follow(page.locator("[name=_continue]").first)
    expect(page.locator("ul.messagelist .success")).to_be_visible()


def test_a_text_is_written_by_keyboard_alone_and_read_by_the_public(site, sign_in, complaints):
    engagement = EngagementFactory(draft=True, results_en="")
    page = sign_in()
    page.goto(f"{site}/admin/engagements/engagement/{engagement.pk}/change/")
    box = text_box(page, "results_en")
    expect(box).to_have_attribute("lang", "en")
    expect(box).to_have_accessible_name("Results (English):")
    enter(page, "results_en")
    page.keyboard.type("What changed")
    press(page, "Heading", "End", "Enter")
    page.keyboard.type("Prices are ")
    press(page, "Bold")
    page.keyboard.type("fair")
    press(page, "Bold")
    page.keyboard.type(", see ")
    press(page, "Link")
    page.keyboard.type("www.example.org")
    page.keyboard.press("Enter")
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator("[role=textbox]:focus")).to_have_count(1)
    settle(page)
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    press(page, "List")
    page.keyboard.type("milk")
    page.keyboard.press("Enter")
    page.keyboard.type("cheese")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    press(page, "Quotation")
    page.keyboard.type("We count.")
    save(page)
    engagement.refresh_from_db()
    assert engagement.results_en == (
        "<h3>What changed</h3>\n"
        '<p>Prices are <strong>fair</strong>, see <a href="https://www.example.org" rel="noopener noreferrer">'
        "www.example.org</a></p>\n"
        "<ul><li>milk</li><li>cheese</li></ul>\n"
        "<blockquote><p>We count.</p></blockquote>"
    )
    follow(page.get_by_role("button", name="Publish now"))
    expect(page.get_by_text("Published.", exact=True).first).to_be_visible()
    page.goto(f"{site}{engagement.get_absolute_url()}")
    expect(page.get_by_role("heading", name="What changed", level=3)).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="cheese")).to_be_visible()
    expect(page.get_by_role("link", name="www.example.org")).to_have_attribute("href", "https://www.example.org")
    assert complaints == []


def test_a_link_is_refused_with_a_reason_changed_and_removed(site, sign_in, complaints):
    engagement = EngagementFactory(draft=True, results_en='<p><a href="https://example.org/old">Report</a></p>')
    page = sign_in()
    page.goto(f"{site}/admin/engagements/engagement/{engagement.pk}/change/")
    enter(page, "results_en")
    page.keyboard.press("Control+Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Control+k")
    address = page.get_by_label("Web or e-mail address")
    expect(address).to_have_value("https://example.org/old")
    address.fill("javascript:alert(1)")
    page.keyboard.press("Enter")
    assert "Write an address" in address.evaluate("input => input.validationMessage")
    address.fill("ana@example.org")
    page.keyboard.press("Enter")
    expect(page.locator("#id_results_en")).to_have_value(re.compile('href="mailto:ana@example.org"'))
    expect(page.locator("[role=textbox]:focus")).to_have_count(1)
    settle(page)
    page.keyboard.press("Control+k")
    page.get_by_role("button", name="Remove the link").click()
    save(page)
    assert Engagement.objects.get().results_en == "<p>Report</p>"
    assert complaints == []


def test_what_is_pasted_from_word_is_clean_before_it_is_saved_and_after(site, sign_in, complaints):
    exchange = ExchangeFactory(answer_en="", interview__draft=True)
    page = sign_in()
    page.goto(f"{site}/admin/profiles/interview/{exchange.interview.pk}/change/")
    box = text_box(page, "exchanges-0-answer_en")
    box.focus()
    word = (CLIPBOARD / "word.html").read_text(encoding="utf-8")
    page.evaluate(PASTE, ["div.rich-text:has(+ #id_exchanges-0-answer_en) [role=textbox]", word])
    expect(box.locator("h3")).to_have_text("How the dairy began")
    expect(box.locator("ul > li > ul > li")).to_have_text("for milk of each grade")
    expect(box.locator("ol > li")).to_have_text(["meet", "vote"])
    assert "·" not in box.inner_text()
    save(page)
    expected = (CLIPBOARD / "word.clean.html").read_text(encoding="utf-8").strip()
    assert Exchange.objects.get().answer_en == expected
    assert complaints == []


def test_a_row_just_added_has_its_editors(site, sign_in, complaints):
    interview = InterviewFactory(draft=True)
    page = sign_in()
    page.goto(f"{site}/admin/profiles/interview/{interview.pk}/change/")
    page.get_by_role("button", name="Add another Question and answer").click()
    page.locator("#id_exchanges-0-question_en").fill("Why?")
    enter(page, "exchanges-0-answer_en")
    page.keyboard.type("Because.")
    enter(page, "exchanges-0-answer_es")
    page.keyboard.press("Control+b")
    page.keyboard.type("Porque sí.")
    save(page)
    exchange = Exchange.objects.get()
    assert exchange.answer_en == "<p>Because.</p>"
    assert exchange.answer_es == "<p><strong>Porque sí.</strong></p>"
    assert exchange.answer_fr is None
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_the_whole_toolbar_and_nothing_overflows(site, sign_in, complaints, scheme):
    module = ModuleFactory(summary_en="<p>Words</p>")
    page = sign_in(viewport=PHONE, color_scheme=scheme)
    page.goto(f"{site}/admin/programmes/programme/{module.programme.pk}/change/")
    box = text_box(page, "modules-0-summary_en")
    edge = box.bounding_box()
    buttons = page.locator("div.rich-text:has(+ #id_modules-0-summary_en) [role=toolbar] button")
    expect(buttons).to_have_count(10)
    row = page.locator("#modules-0 .form-row.field-summary_en").bounding_box()
    assert edge["x"] + edge["width"] <= row["x"] + row["width"]
    for button in buttons.all():
        place = button.bounding_box()
        assert place["width"] >= 24
        assert place["x"] + place["width"] <= edge["x"] + edge["width"] + 1
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert complaints == []
    assert barriers(page, AXE, ".field-summary_en") == []  # last: axe sets styles, which the browser refuses


def test_without_a_script_plain_text_is_enough(site, sign_in):
    engagement = EngagementFactory(draft=True, results_en="")
    page = sign_in(java_script_enabled=False)
    page.goto(f"{site}/admin/engagements/engagement/{engagement.pk}/change/")
    page.locator("#id_results_en").fill("One\n\nTwo")
    save(page)
    assert Engagement.objects.get().results_en == "<p>One</p>\n<p>Two</p>"


def test_a_long_interview_opens_with_only_the_editors_in_sight(site, sign_in, complaints):
    interview = InterviewFactory(draft=True)
    texts = {f"answer_{language}": "<p>" + "Some words. " * 100 + "</p>" for language in ("en", "es", "fr")}
    Exchange.objects.bulk_create(
        Exchange(interview=interview, order=number, question_en="Why?", **texts) for number in range(1, 51)
    )
    page = sign_in()
    with seconds_of_processor(page) as spent:
        page.goto(f"{site}/admin/profiles/interview/{interview.pk}/change/")
    assert 0 < sum(spent) < 4
    text_box(page, "exchanges-0-answer_en")
    assert page.locator("[role=toolbar]").count() < 30
    enter(page, "exchanges-49-answer_fr")
    page.keyboard.press("Control+End")
    page.keyboard.type("The end.")
    save(page)
    last = Interview.objects.get().exchanges.last()
    assert last.answer_fr.endswith("Some words.The end.</p>")
    assert complaints == []
