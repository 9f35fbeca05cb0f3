"""Takes HTML apart into paragraphs.

lxml's parser tells one element after the other (its “target” interface) and builds no tree: a tree of an element with
many attributes takes time in the square of their number. BeautifulSoup and the parsers of the HTML standard build trees
that grow in the square of what they are given. Nothing is fetched and no entity beyond HTML's own is known.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from lxml import etree

from intake.findings import HintKind
from intake.reading.errors import Unreadable
from intake.reading.pages import vocabulary
from intake.reading.pages.parts import Line, Node, Page, Part, Run, lines_of

MOST_LEVELS = 500  # each end tag is looked for among the open elements, so that depth is time
MOST_PIECES = 100_000  # elements, and texts between them; a page has some thousand
_LONGEST_CAPTION = 400
_MOST_META = 200
_LANGUAGE = re.compile(r"([a-z]{2,3})(?![a-z])", re.IGNORECASE)
_LARGEST_NUMBER = 999  # of a list item


class _TooMuchError(Exception):
    """The page has too many or too deeply nested elements."""


def parsed(source: str) -> Page:
    """The paragraphs and elements of a page. Raises Unreadable."""
    builder = _Builder()
    parser = etree.HTMLParser(target=builder, encoding="utf-8", no_network=True)
    try:
        etree.fromstring(source.replace("\x00", "").encode("utf-8", "replace"), parser)
    except _TooMuchError:
        builder.depth = -1
    except etree.LxmlError:
        pass  # a page without any element
    if builder.depth:
        raise Unreadable(
            _(
                "The page has too many or too deeply nested elements to be read. Open it in a browser, copy the text "
                "of the article and paste it into the text field."
            )
        )
    return Page(builder.nodes, builder.parts, builder.meta)


@dataclass(slots=True)
class _Level:
    """An open element, and what holds for the words in it."""

    tag: str
    node: int
    is_block: bool = True
    bold: bool = False
    linked: bool = False
    preformatted: bool = False
    caption: bool = False
    for_picture: bool = False
    heading: int = 0
    number: int = 0  # of the next item of an ordered list


class _Builder:
    """Collects the parts of a page while the parser tells what comes."""

    def __init__(self):
        self.nodes = [Node("", -1, 0)]
        self.parts: list[Part] = []
        self.meta: dict[str, str] = {}
        self.depth = 0
        self.pieces = 0
        self.unread_from = 0  # the depth at which something began that is not read; 0 for none
        self.levels = [_Level("", 0)]
        self.runs: list[Run] = []
        self.links = 0
        self.marker = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.depth += 1
        self._count(1)
        if self.unread_from:
            return
        tag = tag.lower()
        if tag in vocabulary.UNREAD:
            self.unread_from = self.depth
            return
        if tag == "meta":
            self._note_meta(attributes)
        elif tag == "br":
            self.runs.append(Run("\n", kept=True))
        elif tag == "img":
            self.nodes[self.levels[-1].node].pictures += 1
        self._open(tag, attributes)

    def data(self, text: str) -> None:
        if not self.unread_from:
            level = self.levels[-1]
            self._count(1 + text.count("\n") if level.preformatted else 1)
            self.runs.append(Run(text, level.bold, level.linked, level.preformatted))

    def end(self, _tag: str) -> None:
        self.depth -= 1
        if self.unread_from:
            if self.depth < self.unread_from:
                self.unread_from = 0
            return
        level = self.levels[-1]
        if level.is_block:
            self._finish_part()
            self._finish_node(level)
        self.levels.pop()

    def comment(self, _text: str) -> None:
        pass

    def pi(self, *_args) -> None:
        pass

    def close(self) -> None:
        self._finish_part()
        self.nodes[0].last = len(self.parts)

    def _count(self, pieces: int) -> None:
        self.pieces += pieces
        if self.pieces > MOST_PIECES or self.depth > MOST_LEVELS:
            raise _TooMuchError

    def _note_meta(self, attributes: Mapping[str, str]) -> None:
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        if name and len(self.meta) < _MOST_META:
            self.meta.setdefault(name.strip().lower(), attributes.get("content", ""))

    def _open(self, tag: str, attributes: Mapping[str, str]) -> None:
        around = self.levels[-1]
        level = _Level(
            tag,
            around.node,
            is_block=tag not in vocabulary.INLINE and tag not in ("br", "img"),
            bold=vocabulary.is_bold(tag, attributes, around.bold),
            # A link within the page is as a rule the mark that others lead to.
            linked=around.linked or (tag == "a" and attributes.get("href", "#")[:1] != "#"),
            preformatted=around.preformatted or tag == "pre",
            caption=around.caption or vocabulary.is_caption(tag, attributes),
            heading=vocabulary.HEADINGS.get(tag, around.heading),
        )
        if level.linked and not around.linked:
            self.links += 1
        if level.is_block:
            self._finish_part()
            level.node = len(self.nodes)
            level.for_picture = vocabulary.is_for_picture(tag, attributes)
            self.nodes.append(
                Node(
                    tag,
                    around.node,
                    len(self.parts),
                    furniture=tag not in ("html", "body") and vocabulary.is_furniture(tag, attributes),
                    marked=vocabulary.is_marked(tag, attributes),
                    language=_language(attributes),
                )
            )
            if tag == "ol":
                level.number = _number(attributes.get("start"), 1)
            elif tag == "li":
                self.marker = self._marker(attributes)
        self.levels.append(level)

    def _marker(self, attributes: Mapping[str, str]) -> str:
        around = next((level for level in reversed(self.levels[-3:]) if level.tag in ("ol", "ul")), None)
        if around is None or around.tag == "ul":
            return "• "
        number = _number(attributes.get("value"), around.number)
        around.number = number + 1
        return f"{number}. "

    def _finish_part(self) -> None:
        runs, links = self.runs, self.links
        self.runs, self.links = [], 0
        level = self.levels[-1]
        lines = lines_of(runs)
        if not lines:
            return
        linked = sum(len(run.text) for run in runs if run.linked)
        kind = self._kind(level, sum(len(line.text) for line in lines))
        for paragraph in _paragraphs(lines):
            self.parts.append(Part(tuple(paragraph), kind, level.node, level.heading, self.marker, linked, links))
            if kind is HintKind.LIST_ITEM:
                kind = None
            self.marker, linked, links = "", 0, 0

    def _kind(self, level: _Level, length: int) -> HintKind | None:
        if level.heading:
            return HintKind.HEADING
        if level.caption and length <= _LONGEST_CAPTION:
            return HintKind.CAPTION
        return HintKind.LIST_ITEM if self.marker else None

    def _finish_node(self, level: _Level) -> None:
        node = self.nodes[level.node]
        node.last = len(self.parts)
        self.nodes[node.parent].pictures += node.pictures
        if level.tag == "li":
            self.marker = ""
        if not level.for_picture or not node.pictures or node.last - node.first > 3:
            return
        around = self.parts[node.first : node.last]
        if sum(len(part.text) for part in around) <= _LONGEST_CAPTION and not any(part.level for part in around):
            for part in around:
                part.kind = HintKind.CAPTION


def _paragraphs(lines: tuple[Line, ...]) -> Iterator[list[Line]]:
    """Lines that belong together: two line breaks are how old pages part paragraphs."""
    paragraph: list[Line] = []
    for line in lines:
        if line.text:
            paragraph.append(line)
        elif paragraph:
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph


def _number(written: str | None, otherwise: int) -> int:
    try:
        return min(max(int((written or "")[:9]), 0), _LARGEST_NUMBER)
    except ValueError:
        return otherwise


def _language(attributes: Mapping[str, str]) -> str:
    found = _LANGUAGE.match((attributes.get("lang") or attributes.get("xml:lang") or "").strip())
    return found[1].lower() if found else ""
