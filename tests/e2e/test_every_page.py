"""What must hold on every type of page, in a real browser: no barrier that axe finds, no overflow, nothing that jumps.

The table of pages is `tests.page_types`; what one page alone does is in the other modules here.
"""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.storage import NOTHING_KEPT, kept_of
from tests.e2e.waiting import eventually, settle
from tests.e2e.windows import Window, one_window
from tests.page_types import LANGUAGES, PAGES, paths
from tests.test_weight import WHOLE

WIDTHS = [320, 360, 768, 1280, 3840]
# In pixels; to paint what is taller takes Chromium ten seconds and more.
TALLEST = 20_000
# WCAG 2.2, 1.4.10: 1280 by 1024 pixels at 400 %.
AT_FOUR_HUNDRED_PERCENT = 320, 256
AXE = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
# Colours are the same in every language.
COLOURS = ["color-contrast", "link-in-text-block"]
AXE_COLOURS = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": COLOURS}}
AXE_IN_WORDS = AXE | {"rules": {rule: {"enabled": False} for rule in COLOURS}}
# The jumps of the page up to now that nobody caused: how much of the window, and what jumped.
JUMPS = """() => new Promise((resolve) => {
    new PerformanceObserver((list, observer) => {
        observer.disconnect();
        const name = ({ node }) => (node?.outerHTML || node?.data || '').slice(0, 100);
        const jumps = list.getEntries().filter((each) => !each.hadRecentInput);
        resolve(jumps.map((each) => [each.value, ...each.sources.map(name)]));
    }).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => resolve([]), 100);
})"""
# How many pictures in the window are not there yet.
PICTURES_TO_COME = """[...document.images].filter((each) => {
    const { top, bottom, width } = each.getBoundingClientRect();
    return width && bottom > 0 && top < innerHeight && !each.complete;
}).length"""


@pytest.fixture(scope="module")
def address(sample_site, django_db_blocker):
    """The address of a page by its name in the table."""
    with django_db_blocker.unblock():
        found = paths()
    return lambda name, language="en": f"{sample_site}/{language}/{found[name]}"


@pytest.fixture(scope="module")
def window(browser) -> Iterator[Window]:
    with one_window(browser) as window:
        yield window


@pytest.fixture(scope="module")
def other_window(browser) -> Iterator[Window]:
    with one_window(browser) as window:
        yield window


@pytest.fixture(scope="module", params=PAGES)
def opened(other_window, address, request) -> Page:
    """A page of the table with everything open, the same for all tests that only look at it."""
    other_window.page.goto(address(request.param))
    open_everything(other_window.page)
    return other_window.page


@pytest.fixture
def looked_at(opened, request) -> Page:
    if getattr(request.node, "execution_count", 1) > 1:  # a test that failed tries again on a page as new
        opened.reload()
        open_everything(opened)
    opened.set_viewport_size(DESKTOP)
    opened.emulate_media(forced_colors="none", reduced_motion="no-preference")
    return opened


@pytest.fixture
def visit(window, address):
    """Goes to a page by its name; a complaint of the browser fails the test."""
    page = window.as_new()

    def visit(name: str, language: str = "en", viewport: ViewportSize = DESKTOP) -> Page:
        page.set_viewport_size(viewport)
        page.goto(address(name, language))
        return page

    yield visit
    assert list(filter(is_serious, window.complaints)) == []


def is_serious(complaint: str) -> bool:
    """Chromium says of every page that answers 404 that it does."""
    return not re.search("^404: |status of 404", complaint)


def barriers(page: Page, options: dict, within: str | None = None) -> list[str]:
    """What axe finds, on the page or in a part of it, one line a place."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    asked = "([within, options]) => axe.run(within ?? document, options).then((found) => found.violations)"
    found = page.evaluate(asked, [within, options])
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}\n    {node['html'][:200]}\n    {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
        # A country may be smaller on the map than a finger: WCAG 2.2, 2.5.8, lets it be where the same link stands in
        # another place of the page, here in the table beneath, in full size.
        if not (rule["id"] == "target-size" and "map-" in node["html"].split(">")[0])
    ]


def open_everything(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")


def show_the_whole_on_a_phone(page: Page) -> None:
    """As tall as the page: in a lower window, what stays at its foot covers what one has not scrolled to yet."""
    page.set_viewport_size(PHONE)
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size(PHONE | {"height": min(height, TALLEST)})


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(visit, name):
    page = visit(name)
    found = {"desktop, light": barriers(page, AXE)}
    open_everything(page)
    page.emulate_media(color_scheme="dark")
    found["desktop, dark, open"] = barriers(page, AXE_COLOURS)
    page.emulate_media(color_scheme="light")
    show_the_whole_on_a_phone(page)
    found["phone, light, open"] = barriers(page, AXE)
    report = "\n".join(f"== {state}\n" + "\n".join(lines) for state, lines in found.items() if lines)
    assert not report, report


@pytest.mark.parametrize("language", LANGUAGES[1:])
@pytest.mark.parametrize("name", PAGES)
def test_the_other_languages_raise_no_barrier_and_can_be_read_at_four_hundred_percent(visit, name, language):
    page = visit(name, language, viewport=PHONE)
    open_everything(page)
    assert barriers(page, AXE_IN_WORDS) == []
    assert too_wide(page, *AT_FOUR_HUNDRED_PERCENT) == []


def too_wide(page: Page, width: int, height: int = 900) -> list[str]:
    """What makes the page scroll sideways in a window of `width` by `height` pixels."""
    page.set_viewport_size({"width": width, "height": height})
    if page.evaluate("document.documentElement.scrollWidth") <= width:
        return []
    return page.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter((each) => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest('svg'))
            .map((each) => each.outerHTML.slice(0, 150)).slice(0, 3)"""
    ) or ["something"]


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_the_window(visit, name):
    page = visit(name)
    for is_open in (False, True):
        if is_open:
            open_everything(page)
        for width in WIDTHS:
            assert too_wide(page, width) == [], f"{width} px, open: {is_open}"
    assert too_wide(page, *AT_FOUR_HUNDRED_PERCENT) == []


def test_lines_of_text_stay_readable_on_the_widest_screen(looked_at):
    page = looked_at
    page.set_viewport_size({"width": 3840, "height": 2160})
    # In characters: the width of a line by the size of its letters, which are half as wide as high on average.
    found = page.evaluate(
        """() => [...document.querySelectorAll('main p, main li, main dd')]
            .filter((each) => each.innerText.length > 200 && !each.querySelector('p, ul, a'))
            .map((each) => [each.clientWidth / parseFloat(getComputedStyle(each).fontSize) * 2, each.innerText])
            .filter(([characters]) => characters > 110)"""
    )
    assert found == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_jumps_while_a_page_loads(open_page, address, complaints, name):
    page = open_page(viewport=PHONE)
    page.goto(address(name))
    for viewport in (PHONE, DESKTOP):
        if viewport != PHONE:
            page.set_viewport_size(viewport)
            page.reload()
        # Pictures further down come when they are near.
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        eventually(page, lambda: page.evaluate(PICTURES_TO_COME), 0)
        settle(page)
        shifts = page.evaluate(JUMPS)
        assert sum(value for value, *_ in shifts) <= 0.01, shifts
    assert list(filter(is_serious, complaints)) == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_comes_from_elsewhere_nothing_is_left_and_the_first_view_is_light(
    open_page, address, sample_site, name
):
    asked = []
    page = open_page()
    page.on("requestfinished", lambda request: asked.append(request))
    page.on("requestfailed", lambda request: asked.append(request))
    page.goto(address(name), wait_until="networkidle")
    weight = {each.url: each.sizes()["responseBodySize"] for each in asked if each.resource_type != "image"}
    assert sum(weight.values()) < WHOLE, f"{sum(weight.values())} bytes: {weight}"
    assert {"document", "stylesheet", "script"} <= {each.resource_type for each in asked}
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    eventually(page, lambda: page.evaluate(PICTURES_TO_COME), 0)
    assert [each.url for each in asked if not each.url.startswith((sample_site, "data:"))] == []
    assert kept_of(page) == NOTHING_KEPT


# Why a person cannot see where the keyboard is; nothing when all is well, and `end` at the end of the page.
FOCUS = """() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return 'end';
    const box = focused.getClientRects()[0] || focused.getBoundingClientRect();
    const reasons = [];
    // A field and its button may be outlined together.
    const isOutlined = (style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth);
    const styles = [focused, focused.parentElement].map((each) => getComputedStyle(each));
    if (!styles.some(isOutlined)) reasons.push('no outline');
    // On the map a small country has a ring around it, which its box does not count.
    if ((box.width < 2 || box.height < 2) && !focused.closest('svg')) reasons.push('too small to be seen');
    const outside = box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth;
    if (outside) reasons.push('out of sight');
    // A shape on the map may be an arc of islands: its middle is not its own.
    if (!reasons.length && !focused.closest('svg')) {
        const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
        const y = Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1);
        const top = document.elementFromPoint(x, y);
        const isSeen = focused.contains(top) || top?.contains(focused);
        if (!isSeen) reasons.push(`covered by ${top?.outerHTML.slice(0, 100)}`);
    }
    return reasons.length ? `${reasons.join(', ')}: ${focused.outerHTML.slice(0, 150)}` : '';
}"""
# Chromium tabs to lists that scroll, too.
CAN_BE_FOCUSED = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
    .filter((each) => each.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }) && !each.disabled)
    .length"""


def walk(page: Page) -> tuple[int, list[str]]:
    """How many places the keyboard comes to from the beginning of the page to its end, and those that are not seen."""
    most = page.evaluate(CAN_BE_FOCUSED) + 60
    unseen, steps = [], 0
    page.keyboard.press("Tab")
    while (found := page.evaluate(FOCUS)) != "end":
        unseen += [found] if found else []
        steps += 1
        assert steps <= most, "the keyboard does not come to an end"
        page.keyboard.press("Tab")
    return steps, unseen


@pytest.mark.parametrize("name", PAGES)
def test_the_keyboard_walks_the_whole_page_and_is_always_seen(open_page, address, name):
    page = open_page()  # in a new window: the keyboard begins at its top
    page.goto(address(name))
    expected = page.evaluate(CAN_BE_FOCUSED)
    steps, unseen = walk(page)
    assert unseen == []
    assert steps >= expected


@pytest.mark.parametrize("name", ["people", "invented person", "gaps"])
def test_the_keyboard_is_seen_on_a_phone_with_everything_open(open_page, address, name):
    page = open_page(viewport=PHONE)
    page.goto(address(name))
    open_everything(page)
    _steps, unseen = walk(page)
    assert unseen == []


def test_controls_keep_their_borders_in_forced_colours(looked_at):
    page = looked_at
    page.emulate_media(forced_colors="active")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    controls = "button, select, input:not([type=hidden], [type=checkbox], [type=radio])"
    # A field and its button may have their border together.
    found = page.evaluate(
        """(controls) => {
            const hasBorder = (each) => ['Top', 'Bottom', 'Left', 'Right'].every((side) => {
                const style = getComputedStyle(each);
                return style[`border${side}Style`] !== 'none' && parseFloat(style[`border${side}Width`]);
            });
            return [...document.querySelectorAll(controls)]
                .filter((each) => each.checkVisibility() && !hasBorder(each) && !hasBorder(each.parentElement))
                .map((each) => each.outerHTML.slice(0, 120));
        }""",
        controls,
    )
    assert found == []


def test_nothing_moves_for_those_who_asked_for_less(looked_at):
    page = looked_at
    page.emulate_media(reduced_motion="reduce")
    found = page.evaluate(
        """() => [...document.querySelectorAll('*')].filter((each) => ['', '::before', '::after'].some((part) => {
            const style = getComputedStyle(each, part || null);
            return [style.transitionDuration, style.animationDuration].some((time) => /[1-9]/.test(time))
                || style.scrollBehavior === 'smooth';
        })).map((each) => each.outerHTML.slice(0, 120))"""
    )
    assert found == []


def test_pictures_out_of_sight_wait(looked_at):
    for viewport in (PHONE, DESKTOP):
        looked_at.set_viewport_size(viewport)
        looked_at.evaluate("scrollTo(0, 0)")
        found = looked_at.evaluate(
            """() => [...document.querySelectorAll('img')]
                .filter((each) => each.getBoundingClientRect().top > innerHeight && each.loading !== 'lazy')
                .map((each) => each.outerHTML.slice(0, 150))"""
        )
        assert found == []
