"""Cuts an article into its paragraphs, whatever the lines of the file do.

A paragraph is a line of the text, unless the text was wrapped at a fixed width: then the lines that only ended because
the width was reached are one paragraph again. Paragraphs that a copy glued together (“…of farmers.In 2010 we…”) come
apart, and so does a bold question that runs on into its answer.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from intake.findings import Article, Hint, HintKind, Span
from intake.sentences import BEGINNERS

ENDED = tuple(".?!:;…")
CLOSING = "\"'”’»)]*_ \t\xa0"
# A line that opens something new whatever stands before it: a bullet, a dash, a number, a label.
OPENS = re.compile(r"[•▪●◦‣·*–—-]\s|\(?\d{1,2}[.)]\s|[QPAR]\s?\d{0,2}\s?[.:]\s|¿")
# A full stop, question mark or exclamation mark with a capital letter right after it.
GLUED = re.compile(
    r"(?<=[^\W_A-ZÀ-Þ])(?:[.?!…][”’»\")]?|[”’»\")][.?!…])(?=[¿¡“«]?[A-ZÀ-ÖØ-Þ])"
    r"|(?<=[A-ZÀ-Þ]{2})[.](?=[¿¡“«]?[A-ZÀ-ÖØ-Þ][a-zß-ÿ'’ ])"
    r"|[?](?=[A-ZÀ-ÖØ-Þ“«])"
)
WORD_BEFORE = re.compile(r"[^\s(“«\"]{1,60}\Z")
ABBREVIATED = re.compile(r"[A-ZÀ-Þ][a-zß-ÿ]{0,2}|.*[.].*")
ADDRESS = re.compile(r"//|[@\\]|www\b|https?:|\w\.\w+/", re.IGNORECASE)
COOP = re.compile(r"coop\b", re.IGNORECASE)
# With a capital letter these stand within sentences, too: “I”, “El Salvador”, “La Paz”, “Le Havre”.
WITHIN_SENTENCES = frozenset(["i", "el", "la", "los", "las", "le", "les"])
NARROWEST, WIDEST = 40, 130
FEWEST_WRAPPED = 4
SHORTEST_REQUEST = 15
MOSTLY = 0.8
SHORT_LINE = 0.85
LONGEST_LINE = 300


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its place, its words with single blanks, and what the format said of it.

    `apart` is whether an empty line stands before it; `bold`, `heading`, `caption` and `item` are whether hints of
    that kind cover nearly all of it.
    """

    span: Span
    text: str
    apart: bool = False
    bold: bool = False
    heading: bool = False
    caption: bool = False
    item: bool = False

    @property
    def ended(self) -> bool:
        """Does it end as a sentence or a list's introduction does?"""
        return ends(self.text)


def ends(text: str) -> bool:
    return text.rstrip(CLOSING).endswith(ENDED)


def normal(text: str) -> str:
    """Text with single blanks and nothing around it."""
    return " ".join(text.split())


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without the blanks around it."""
    words = text[start:end]
    return Span(start + len(words) - len(words.lstrip()), max(start, end - len(words) + len(words.rstrip())))


def paragraphs(article: Article) -> tuple[Paragraph, ...]:
    """All paragraphs of the article in order; together they hold every word of it."""
    return tuple(each_paragraph(article))


def each_paragraph(article: Article) -> Iterator[Paragraph]:
    """The paragraphs one after the other, for who wants only the first."""
    text = article.text
    cover = {kind: _Cover(article.hints, kind) for kind in HintKind}
    for span, apart in _unwrapped(text):
        for number, part in enumerate(_parted(text, span, cover[HintKind.BOLD])):
            yield Paragraph(
                span=part,
                text=normal(part.of(text)),
                apart=apart and number == 0,
                bold=cover[HintKind.BOLD].share(part) >= MOSTLY,
                heading=cover[HintKind.HEADING].share(part) >= MOSTLY,
                caption=cover[HintKind.CAPTION].share(part) >= MOSTLY,
                item=cover[HintKind.LIST_ITEM].share(part) >= MOSTLY,
            )


class _Cover:
    """How much of a place the hints of one kind cover."""

    def __init__(self, hints: Iterable[Hint], kind: HintKind) -> None:
        self.spans: list[Span] = []
        for span in sorted(hint.span for hint in hints if hint.kind == kind):
            if self.spans and span.start <= self.spans[-1].end:
                self.spans[-1] = Span(self.spans[-1].start, max(self.spans[-1].end, span.end))
            else:
                self.spans.append(span)
        self.starts = [span.start for span in self.spans]

    def over(self, place: Span) -> Iterator[Span]:
        """The covered places that reach into this one."""
        at = max(0, bisect_right(self.starts, place.start) - 1)
        while at < len(self.spans) and self.spans[at].start < place.end:
            if self.spans[at].end > place.start:
                yield self.spans[at]
            at += 1

    def share(self, place: Span) -> float:
        covered = sum(min(span.end, place.end) - max(span.start, place.start) for span in self.over(place))
        return covered / max(1, place.end - place.start)


def _lines(text: str) -> Iterator[tuple[Span, bool]]:
    """Each line that is not blank, and whether an empty line stands before it."""
    start, blank = 0, True
    for line in text.split("\n"):
        span = trimmed(text, start, start + len(line))
        if span.end > span.start:
            yield span, blank
        blank = span.end == span.start
        start += len(line) + 1


def _unwrapped(text: str) -> Iterator[tuple[Span, bool]]:
    """Each paragraph, with lines that belong together made one."""
    lines = list(_lines(text))
    width = _width(text, lines)
    held: tuple[Span, bool] | None = None
    last: Span | None = None
    for span, apart in lines:
        if held and last and not apart and _goes_on(text, last, span, width):
            held = Span(held[0].start, span.end), held[1]
        else:
            if held:
                yield held
            held = span, apart
        last = span
    if held:
        yield held


def _goes_on(text: str, before: Span, after: Span, width: int) -> bool:
    """Is the line break between two neighbouring lines only a turn within a paragraph?"""
    following = text[after.start : after.start + 80]
    if OPENS.match(following) and not following.startswith("¿"):
        return False
    done = _line_ends(text, before)
    if following[:1] in "?!" or (following[:1].islower() and not done) or _closes_question(text, before, after):
        return True
    if not width:
        return False
    if done and after.end - after.start < width * SHORT_LINE and not _line_ends(text, after):
        # A short line that no full stop ends stands alone: a caption or a heading.
        return False
    first_word = following.split(maxsplit=1)[0]
    begins = first_word.lower() in BEGINNERS - WITHIN_SENTENCES
    return before.end - before.start + 1 + len(first_word) > width - 2 and (done or not begins)


def _line_ends(text: str, line: Span) -> bool:
    return ends(text[max(line.start, line.end - 12) : line.end])


def _closes_question(text: str, before: Span, after: Span) -> bool:
    """Does the second line end the question that “¿” began on the first?"""
    opening = text[before.start : min(before.end, before.start + LONGEST_LINE)]
    closing = text[after.start : min(after.end, after.start + LONGEST_LINE)]
    return opening.startswith("¿") and "?" not in opening and "?" in closing.partition("¿")[0]


def _width(text: str, lines: list[tuple[Span, bool]]) -> int:
    """The width at which the text was wrapped, or 0 if it was not."""
    lengths = sorted(span.end - span.start for span, _ in lines)
    if len(lengths) < FEWEST_WRAPPED or lengths[int(len(lengths) * 0.95)] > WIDEST or lengths[-1] < NARROWEST:
        return 0
    pairs = [(before, after) for (before, _), (after, apart) in pairwise(lines) if not apart]
    open_ended = sum(not _line_ends(text, before) for before, _ in pairs)
    lower = sum(text[after.start].islower() for _, after in pairs)
    if len(pairs) < FEWEST_WRAPPED or open_ended < len(pairs) * 0.6 or lower < len(pairs) * 0.4:
        return 0
    return lengths[int((len(lengths) - 1) * 0.95)]


def _parted(text: str, span: Span, bold: _Cover) -> Iterator[Span]:
    """The parts of a paragraph that a copy glued together, or a single part."""
    cuts = set()
    for found in GLUED.finditer(text, span.start, span.end):
        word = WORD_BEFORE.search(text, max(span.start, found.start() - 60), found.start())
        following = text[found.end() : found.end() + 60].split(maxsplit=1)[0]
        before = word.group() if word else ""
        if (
            ADDRESS.search(before + following)
            or COOP.match(following)
            or (text[found.start()] == "." and ABBREVIATED.fullmatch(before))
        ):
            continue
        cuts.add(found.end())
    for covered in bold.over(span):
        # A bold beginning that ends as a question or a request does may be one; what follows is its answer.
        if span.start >= covered.start and covered.end < span.end and _asks(text, span.start, covered.end):
            cuts.add(covered.end)
    start = span.start
    for cut in [*sorted(cuts), span.end]:
        part = trimmed(text, start, cut)
        if part.end > part.start:
            yield part
        start = cut


def parted(paragraph: Paragraph, text: str, points: Iterable[int]) -> list[Paragraph]:
    """The paragraph cut at these places, which count from its beginning."""
    spans, at = [], paragraph.span.start
    for point in [*(paragraph.span.start + point for point in points), paragraph.span.end]:
        span = trimmed(text, at, point)
        if span.end > span.start:
            spans.append(span)
        at = point
    return [
        replace(paragraph, span=span, text=normal(span.of(text)), apart=paragraph.apart and number == 0)
        for number, span in enumerate(spans)
    ]


def _asks(text: str, start: int, end: int) -> bool:
    bold = text[start:end].rstrip(CLOSING)
    return bold.endswith("?") or (bold.endswith((".", "!", ":")) and len(bold) >= SHORTEST_REQUEST)
