"""What must hold on every type of page of the admin, in a real browser.

The table of pages is `tests.e2e.admin_pages`; what one page alone does is in the other modules here.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import translation
from django.utils.translation import trans_real
from playwright.sync_api import Page

from tests.e2e.admin_pages import PAGES, WAYS, World, make_world
from tests.e2e.conftest import PHONE, served
from tests.e2e.test_every_page import barriers, too_wide
from tests.e2e.windows import Window, one_window

# Without `preload`, for which axe makes style elements that the Content-Security-Policy refuses.
AXE = {"resultTypes": ["violations"], "preload": False}
EVERYTHING = AXE | {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
# What depends on colours and on the width of the window.
LOOKS = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"]
ONLY_LOOKS = AXE | {"runOnly": {"type": "rule", "values": LOOKS}}
# Who has a record open is no matter here, and the last word of a page would come after the test. Not by a route of the
# context, with which Chromium keeps no styles and scripts for the next page.
NOBODY_ELSE = """{
    const ask = window.fetch;
    const nobody = async () => new Response(null, { status: 204 });
    window.fetch = (address, ...rest) => (String(address).endsWith('/open/') ? nobody : ask)(address, ...rest);
}"""
IN_WORDS = EVERYTHING | {"rules": {rule: {"enabled": False} for rule in LOOKS}}


@pytest.fixture(scope="module")
def world(browser, django_db_setup, django_db_blocker) -> Iterator[World]:
    made = []
    with served(django_db_blocker, lambda: made.append(make_world())) as address:
        made[0].site = address
        yield made[0]


@pytest.fixture(scope="module")
def window(browser) -> Iterator[Window]:
    """One for all tests of the module: what they share is loaded once, and the browser begins no new process."""
    with one_window(browser, reduced_motion="reduce") as window:
        window.page.context.add_init_script(NOBODY_ELSE)
        yield window


@pytest.fixture
def visit(window, world):
    """Goes to a page of the table as an editor who has signed in; a complaint of the browser fails the test."""
    page = window.as_new()

    def visit(name: str, language: str = "en") -> Page:
        cookies = {"sessionid": world.session, "language": language}
        page.context.clear_cookies()
        page.context.add_cookies([{"name": key, "value": cookies[key], "url": world.site} for key in cookies])
        if name in WAYS:
            PAGES[name](page, world)
            page.wait_for_load_state()
        else:
            with translation.override(language):
                address = PAGES[name](world)
            page.goto(world.site + address)
        return page

    yield visit
    assert window.complaints == []


@pytest.mark.parametrize("name", PAGES)
def test_no_barrier(visit, name):
    page = visit(name)
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("h1").count() == 1
    found = {"desktop, light": barriers(page, EVERYTHING)}
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)
    found["phone, dark"] = barriers(page, ONLY_LOOKS)
    for width in (360, 320):
        found[f"{width} px"] = too_wide(page, width)
    report = "\n".join(f"== {state}\n" + "\n".join(lines) for state, lines in found.items() if lines)
    assert not report, report


# Every text that a person sees or hears, but for what is marked as being in another language.
TEXTS = """() => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        if (!walker.currentNode.parentElement.closest('script, style, textarea, code, body [lang], .empty-form')) {
            found.push(walker.currentNode.data);
        }
    }
    for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'value']) {
        const whose = name === 'value' ? 'input[type=submit], input[type=button]' : `[${name}]`;
        for (const each of document.querySelectorAll(whose)) {
            if (!each.closest('body [lang], .empty-form')) found.push(each.getAttribute(name));
        }
    }
    return [document.title, ...found].map((text) => text.trim().replace(/\\s+/g, ' ')).filter(Boolean);
}"""


# Names in records, of which the interface has some by chance; and Django's own that it has not in every language.
NAMES = {"Adviser", "Author"}
NOT_TRANSLATED_BY_DJANGO = "Whether the user will be able to authenticate using a password or not."


@cache
def is_english(language: str) -> Callable[[str], bool]:
    """Whether a text is an English one of the interface, the portal's or Django's, that has a translation."""
    patterns = set()
    for key, translated in trans_real.translation(language)._catalog.items():
        english, _form = key if isinstance(key, tuple) else (key, 0)
        english = " ".join(english.rpartition("\x04")[2].split())
        words = re.sub(r"%(\(\w+\))?[a-z%]", "", english)
        # Of "%(app)s administration" another language has the end, too.
        needed = 3 if words == english else 15
        if len(re.findall(r"[a-z]", words)) >= needed and english.lower() != translated.lower().strip():
            patterns.add(re.sub(r"%(\\\(\w+\\\))?[a-z]", ".+", re.escape(english)))
    found = re.compile("|".join(patterns), re.IGNORECASE).fullmatch
    return lambda text: text not in NAMES and not text.startswith(NOT_TRANSLATED_BY_DJANGO) and bool(found(text))


def kept_by_the_log() -> set[str]:
    """What was written down when something was done, in the language of who did it."""
    with translation.override("en"):
        return {text for entry in LogEntry.objects.all() for text in (entry.object_repr, entry.get_change_message())}


@pytest.mark.parametrize("language", ["es", "fr"])
@pytest.mark.parametrize("name", PAGES)
def test_no_barrier_and_no_english_in_another_language(visit, name, language):
    page = visit(name, language)
    assert page.locator("html").get_attribute("lang") == language
    texts = set(page.evaluate(TEXTS)) - kept_by_the_log()
    assert sorted(filter(is_english(language), texts)) == []
    assert barriers(page, IN_WORDS) == []
    for width in (360, 320):
        assert too_wide(page, width) == []
