"""One window of the browser for many tests that only look at pages.

A new window takes a new process, which reads and compiles every script again: five times as long as to go on in one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page

from tests.e2e.conftest import DESKTOP, note_complaints
from tests.e2e.waiting import PATIENCE


@dataclass
class Window:
    """`complaints` are what the browser says went wrong since `as_new()`."""

    page: Page
    media: dict[str, str]
    complaints: list[str] = field(default_factory=list)

    def as_new(self) -> Page:
        """The page for another test: in the size and colours of a new one, nothing complained of yet."""
        self.page.goto("about:blank")
        self.page.set_viewport_size(DESKTOP)
        self.page.emulate_media(**self.media)
        self.complaints.clear()
        return self.page


@contextmanager
def one_window(browser: Browser, **options) -> Iterator[Window]:
    """A window with the given options of a browser context; it is closed in the end."""
    context = browser.new_context(**({"viewport": DESKTOP} | options))
    context.set_default_timeout(PATIENCE * 1000)
    media = {"media": "null", "color_scheme": "light", "forced_colors": "none", "reduced_motion": "no-preference"}
    window = Window(context.new_page(), {name: options.get(name, usual) for name, usual in media.items()})
    page, complaints = window.page, window.complaints
    # A form that was begun may be left.
    page.on("dialog", lambda dialog: dialog.accept() if dialog.type == "beforeunload" else dialog.dismiss())
    note_complaints(page, complaints)
    page.on("response", lambda answer: answer.status >= 400 and complaints.append(f"{answer.status}: {answer.url}"))
    yield window
    context.close()
