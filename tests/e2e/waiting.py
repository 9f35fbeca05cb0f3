"""Waiting for what Playwright does not wait for by itself.

`expect` waits; so do actions, for the element that they act on. What reads at once does not (`evaluate`, `count`,
`all`, `all_inner_texts`, `page.url`, the database), and a click does not wait for the page that it leads to.
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Error, Locator, Page, Response, expect

PATIENCE = 60  # seconds that a busy machine may take for anything
FRAMES = "() => new Promise((done) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 50))"


def follow(link: Locator) -> None:
    """Click what leads to another page, or sends a form, and wait until the answer is there."""
    with link.page.expect_navigation():
        link.click()


def eventually(page: Page, read: Callable[[], object], wanted: object) -> None:
    """Read again and again, until it is what is wanted. `page` goes on meanwhile."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            found = read()
        except Error as error:  # a page that is being replaced by another cannot be read
            found = error
        if found == wanted or time.monotonic() > end:
            break
        page.wait_for_timeout(50)
    assert found == wanted


def settle(page: Page) -> None:
    """Wait until timers of up to 50 ms and two frames are over, by the page's own clock, however slow it is."""
    page.evaluate(FRAMES)


@contextmanager
def suggestions_for(page: Page, words: str) -> Iterator[None]:
    """Type within this; it ends when the suggestions for these `words`, all that was typed, are on the page.

    Those for the first letters may come before, and would be replaced under the hands of who chooses.
    """

    def is_wanted(answer: Response) -> bool:
        address = urlsplit(answer.url)
        return address.path.endswith("/suggestions/") and parse_qs(address.query).get("q") == [words]

    with page.expect_response(is_wanted):
        yield
    expect(page.locator("#site-search")).not_to_have_class(re.compile("htmx-request"))
