"""Makes well-formed HTML from anywhere into the few kinds of blocks that a rich text has."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import quote, urlsplit

MOST_LEVELS = 5  # of lists within lists; deeper ones go on at the last level
HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
INLINE = {"a", "b", "strong", "i", "em", "cite", "span", "q"}

_SPACES = re.compile(r"[ \t\n\u00a0]+")
_WORDS_AND_SPACES = re.compile(r"[ \t\n\u00a0]+|[^ \t\n\u00a0]+")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_WEIGHT = re.compile(r"(?<![\w-])font-weight\s*:\s*(\w+)", re.IGNORECASE)
_ITALIC = re.compile(r"(?<![\w-])font-style\s*:\s*(\w+)", re.IGNORECASE)
_WORD_LIST = re.compile(r"mso-list\s*:\s*(\w+)\s+level(\d)", re.IGNORECASE)
_WORD_MARKER = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_NUMBER = re.compile(r"\(?\w{1,5}[.)]")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[:/?#]\S*)?", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True)
class Marks:
    """What is special about some words."""

    href: str = ""
    strong: bool = False
    emphasised: bool = False

    @property
    def tags(self) -> list[tuple[str, str]]:
        """The opening and closing tags, the outermost first."""
        tags = [(f'<a href="{escape(self.href)}">', "</a>")] if self.href else []
        tags += [("<strong>", "</strong>")] if self.strong else []
        return tags + ([("<em>", "</em>")] if self.emphasised else [])

    def __and__(self, other: "Marks") -> "Marks":
        return Marks(
            self.href if self.href == other.href else "",
            self.strong and other.strong,
            self.emphasised and other.emphasised,
        )


@dataclass
class Words:
    """Words alike; None for a line break."""

    text: str | None
    marks: Marks


@dataclass
class Line:
    """A paragraph or heading."""

    kind: str
    words: list[Words] = field(default_factory=list)


@dataclass
class Group:
    """A list, an item of one, a quote, or the whole text: what holds other blocks."""

    kind: str
    blocks: list["Line | Group"] = field(default_factory=list)


@dataclass
class Opened:
    """An element whose end has not come: what it did, so that its end can undo it."""

    tag: str
    marks: Marks | None = None
    group: Group | None = None
    marker: bool = False


def structured(html: str) -> str:
    """`html` in paragraphs, headings, lists and quotes alone, without empty ones."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    _without_gaps_in_headings(builder.root)
    return "\n".join(filter(None, map(_written, _tidied(builder.root))))


def address(href: str) -> str:
    """The address that a link leads to, also where somebody left out `https://` or `mailto:`; "" for none of use."""
    href = href.strip()
    if _EMAIL.fullmatch(href):
        href = f"mailto:{href}"
    elif _HOST.fullmatch(href):
        href = f"https://{href}"
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https", "mailto") or not (
        parts.netloc or (parts.path and parts.scheme == "mailto")
    ):
        return ""
    return quote(href, safe="!#$%&'()*+,/:;=?@[]~")


class _Builder(HTMLParser):
    """Collects the blocks of well-formed HTML: every element that opens is closed, in order."""

    def __init__(self):
        super().__init__()
        self.root = Group("root")
        self.opened: list[Opened] = []
        self.marks = [Marks()]
        self.groups = [self.root]
        self.line: Line | None = None
        self.depth = 0  # of blocks
        self.word_lists: list[Group] = []  # that Word's paragraphs make up, by level
        self.word_list = ""  # its name
        self.marker: str | None = None

    # Elements

    def handle_starttag(self, tag, attrs):
        style = dict(attrs).get("style") or ""
        if tag == "br":
            self._say(None)
        elif tag == "hr":
            self.line = None
        elif tag in INLINE:
            is_marker = bool(_WORD_MARKER.search(style)) and self.marker is None
            if is_marker:
                self.marker = ""
            self.marks.append(self._marked(tag, dict(attrs).get("href") or "", style))
            self.opened.append(Opened(tag, marks=self.marks[-1], marker=is_marker))
        else:
            self.line = None
            self.depth += 1
            self.opened.append(Opened(tag, group=self._group(tag)))
            if item := tag == "p" and _WORD_LIST.search(style):
                self._begin_word_item(item[1], min(int(item[2]), MOST_LEVELS) or 1)
            else:
                self.word_lists = []
                if tag in HEADINGS:
                    self.line = self._add(Line(HEADINGS[tag] if len(self.groups) == 1 else "p"))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        if not self.opened or self.opened[-1].tag != tag:
            return  # of an element without content, such as </br>
        opened = self.opened.pop()
        if opened.marks:
            self.marks.pop()
        else:
            self.line = None
            self.depth -= 1
        if opened.group:
            self.groups.pop()
        if opened.marker:
            if self.word_lists and len(self.word_lists[-1].blocks) == 1 and _NUMBER.match(self.marker.strip()):
                self.word_lists[-1].kind = "ol"
            self.marker = None

    def handle_data(self, data):
        if self.marker is not None:
            self.marker += data
        elif self.depth:
            self._say(data)
        else:  # text outside all blocks, as it is typed under a text in the form without a script
            for number, part in enumerate(_BLANK_LINE.split(data)):
                if number:
                    self.line = None
                self._say(part)

    # What they do

    def _marked(self, tag: str, href: str, style: str) -> Marks:
        now = self.marks[-1]
        strong, emphasised = now.strong or tag in ("b", "strong"), now.emphasised or tag in ("i", "em", "cite")
        if weight := _WEIGHT.search(style):
            strong = weight[1].lower() in ("bold", "bolder", "600", "700", "800", "900")
        if italic := _ITALIC.search(style):
            emphasised = italic[1].lower() in ("italic", "oblique")
        return Marks(now.href or address(href) if tag == "a" else now.href, strong, emphasised)

    def _group(self, tag: str) -> Group | None:
        """The group that a new block element makes and goes on in, if it does."""
        kinds = [group.kind for group in self.groups]
        if tag in ("ul", "ol", "menu"):
            if sum(kind in ("ul", "ol") for kind in kinds) == MOST_LEVELS:
                return None
            group = self._add(Group("ol" if tag == "ol" else "ul"))
        elif tag == "li" and kinds[-1] in ("ul", "ol"):
            group = Group("li")
            self.groups[-1].blocks.append(group)
        elif tag == "blockquote" and len(self.groups) == 1:
            group = self._add(Group("blockquote"))
        else:
            return None
        self.groups.append(group)
        return group

    def _add(self, block):
        """Put `block` where we are; what stands in a list outside all items goes on in the last one."""
        whole = self.groups[-1]
        if whole.kind in ("ul", "ol"):
            if not whole.blocks:
                whole.blocks.append(Group("li"))
            whole = whole.blocks[-1]
        whole.blocks.append(block)
        return block

    def _begin_word_item(self, name: str, level: int) -> None:
        """A paragraph of Word's is an item of the list of this name, on this level."""
        del self.word_lists[level if name == self.word_list else 0 :]
        self.word_list = name
        while len(self.word_lists) < level:
            group = Group("ul")
            if self.word_lists:
                self.word_lists[-1].blocks[-1].blocks.append(group)
            else:
                self._add(group)
            self.word_lists.append(group)
            if len(self.word_lists) < level:
                group.blocks.append(Group("li"))
        self.line = Line("p")
        self.word_lists[-1].blocks.append(Group("li", [self.line]))

    def _say(self, text: str | None) -> None:
        if self.line is None:
            if text is None or not text.strip():
                return
            self.line = self._add(Line("p"))
        self.line.words.append(Words(text, self.marks[-1]))


# Tidying


def _tidied(group: Group) -> list[Line | Group]:
    """The blocks of `group` that have something to say."""
    blocks: list[Line | Group] = []
    for block in group.blocks:
        if isinstance(block, Line):
            blocks += _lines(block)
        else:
            block.blocks = _tidied(block)
            if block.blocks:
                blocks.append(block)
    return blocks


def _lines(line: Line) -> Iterator[Line]:
    """The lines of words in `line`: of a paragraph with empty lines in it, as old pages have them, several."""
    part: list[Words] = []
    breaks = 0
    for words in _with_single_spaces(line):
        if words.text is None:
            breaks += 1
            continue
        if breaks and part:
            if line.kind != "p":
                part.append(Words(" ", part[-1].marks & words.marks))
            elif breaks == 1:
                part.append(Words(None, part[-1].marks & words.marks))
            else:
                yield Line(line.kind, part)
                part = []
        breaks = 0
        part.append(words)
    if part:
        yield Line(line.kind, part)


def _with_single_spaces(line: Line) -> list[Words]:
    """The words and breaks of `line`, without spaces at the ends of lines and several in a row.

    A single no-break space stays: French sets it before some signs.
    """
    pieces: list[Words] = []
    space = ""  # what stands before the next word
    at_start = True
    for words in line.words:
        marks = Marks(words.marks.href, False, words.marks.emphasised) if line.kind != "p" else words.marks
        if words.text is None:
            pieces.append(Words(None, marks))
            space, at_start = "", True
            continue
        for word in _WORDS_AND_SPACES.findall(words.text):
            if _SPACES.fullmatch(word):
                space += word
                continue
            if space and not at_start:
                between = marks & _marks_before(pieces)
                pieces.append(Words(space if space == "\u00a0" else " ", between))
            space, at_start = "", False
            pieces.append(Words(word, marks))
    return pieces


def _marks_before(pieces: list[Words]) -> Marks:
    return pieces[-1].marks if pieces else Marks()


def _without_gaps_in_headings(root: Group) -> None:
    """Headings of the second rank that none of the first stands above become such."""
    has_words = (block for block in root.blocks if isinstance(block, Line) and any(_lines(block)))
    for line in has_words:
        if line.kind == "h3":
            return
        if line.kind == "h4":
            line.kind = "h3"


# Writing


def _written(block: Line | Group) -> str:
    if isinstance(block, Line):
        return f"<{block.kind}>{_words(block)}</{block.kind}>"
    if block.kind == "li" and [isinstance(part, Line) for part in block.blocks].count(True) == 1:
        # An item of one paragraph, with a list under it or not, needs no <p>.
        within = "".join(_words(part) if isinstance(part, Line) else _written(part) for part in block.blocks)
    else:
        within = "".join(map(_written, block.blocks))
    return f"<{block.kind}>{within}</{block.kind}>"


def _words(line: Line) -> str:
    written = []
    nothing = Words("", Marks())
    for before, words in pairwise([nothing, *line.words, nothing]):
        old, new = before.marks.tags, words.marks.tags
        same = next(
            (n for n, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), min(len(old), len(new))
        )
        written += [end for _start, end in reversed(old[same:])]
        written += [start for start, _end in new[same:]]
        written.append("<br>" if words.text is None else escape(words.text, quote=False).replace("\u00a0", "&nbsp;"))
    return "".join(written)
