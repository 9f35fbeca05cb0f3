"""Reads articles out of HTML: saved web pages with all that stands around an article, and what word processors give."""

import re
from datetime import date

from intake.findings import Article, Hint, HintKind, Span
from intake.reading.characters import clean
from intake.reading.limits import check_text
from intake.reading.pages.choosing import article_parts, root_language
from intake.reading.pages.parsing import parsed
from intake.reading.pages.parts import Line, Page, Part

_PUBLISHED = ("article:published_time", "datepublished", "dcterms.date", "dc.date", "dc.date.issued", "pubdate", "date")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_LONGEST_DATE_LINE = 80
_LINES_BEFORE_TEXT = 8


def read_page(source: str) -> Article:
    """The article in a web page. Raises Unreadable."""
    page = parsed(source)
    parts = article_parts(page)
    return written(_with_title_and_date(page, parts), root_language(page, parts))


def read_document(source: str) -> Article:
    """All of a document that was made HTML. Raises Unreadable."""
    return written(parsed(source).parts)


def written(parts: list[Part], language: str = "") -> Article:
    """The parts as text, empty lines between them, the items of a list on consecutive lines; with what marks them."""
    pieces: list[str] = []
    hints: list[Hint] = []
    place = 0
    before: Part | None = None
    for part in parts:
        if before is not None:
            gap = "\n" if part.marker and before.marker else "\n\n"
            pieces.append(gap)
            place += len(gap)
        if part.kind is not None:
            hints.append(Hint(part.kind, Span(place, place + len(part.text))))
        hints += _bold_hints(part, place)
        pieces.append(part.text)
        place += len(part.text)
        before = part
    text = "".join(pieces)
    check_text(text)
    return Article(text, tuple(hints), language)


def _bold_hints(part: Part, place: int) -> list[Hint]:
    if all(line.bold for line in part.lines):
        return [Hint(HintKind.BOLD, Span(place, place + len(part.text)))]
    hints = []
    start = place
    for number, line in enumerate(part.lines):
        end = start + len(line.text) + (0 if number else len(part.marker))
        if line.bold:
            hints.append(Hint(HintKind.BOLD, Span(start, end)))
        start = end + 1
    return hints


def _with_title_and_date(page: Page, parts: list[Part]) -> list[Part]:
    """The parts, with what only the page's description of itself says: its title, and the date as 2019-04-18."""
    opening = parts[:_LINES_BEFORE_TEXT]
    title = " ".join(clean(page.meta.get("og:title", "")).split())
    if title and not any(part.level for part in opening) and not any(title in part.text for part in opening):
        parts = [Part((Line(title),), HintKind.HEADING, 0, 1), *parts]
    dated = any(len(part.text) <= _LONGEST_DATE_LINE and _YEAR.search(part.text) for part in opening)
    if not dated and (published := _published(page)):
        number = next((n for n, part in enumerate(parts) if part.level), -1) + 1
        parts = [*parts[:number], Part((Line(published),), None, 0), *parts[number:]]
    return parts


def _published(page: Page) -> str:
    for name in _PUBLISHED:
        if found := _ISO.match(page.meta.get(name, "").strip()):
            try:
                return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
            except ValueError:
                continue
    return ""
