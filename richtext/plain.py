"""Plain text and rich text, each made of the other."""

import re
from html import escape
from html.parser import HTMLParser

_BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
# The names of HTML's elements. What else stands in angle brackets is an address or a remark.
_ELEMENTS = (
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body br "
    "button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em "
    "embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr "
    "html i iframe img input ins kbd label legend li link main map mark marquee math menu meta meter nav nobr "
    "noembed noframes noscript object ol optgroup option output p param picture pre progress q rp rt ruby s samp "
    "script section select slot small source span strike strong style sub summary sup svg table tbody td template "
    "textarea tfoot th thead time title tr track tt u ul var video wbr xml xmp"
)
_TAG = re.compile(
    rf"<(?:!--|!doctype|!\[|/?(?:{_ELEMENTS.replace(' ', '|')}|[ovw]:\w+)(?=[\s/>])[^<>]*>)", re.IGNORECASE
)


def is_plain(text: str) -> bool:
    """Whether `text` has no HTML in it."""
    return not _TAG.search(text)


def paragraphs(text: str) -> str:
    """HTML of a plain `text`: an empty line begins a new paragraph, a line break stays one."""
    text = escape(text.replace("\r\n", "\n").replace("\r", "\n"), quote=False)
    parts = (part.strip().replace("\n", "<br>") for part in _BLANK_LINES.split(text))
    return "\n".join(f"<p>{part}</p>" for part in parts if part)


def plain_text(html: str | None) -> str:
    """The words of a rich text, for wherever HTML has no place; "" for None.

    Paragraphs are set apart by an empty line, items of lists by a line with a bullet or a number.
    """
    reader = _Reader()
    reader.feed(html or "")
    reader.close()
    return "".join(reader.parts).strip()


class _Reader(HTMLParser):
    """Collects the words of a rich text, and what stands between them."""

    def __init__(self):
        super().__init__()
        self.parts: list[str] = []
        self.lists: list[int | None] = []  # the number of the last item, or None in a list without numbers
        self.begins_item = False

    def handle_starttag(self, tag, attrs):
        match tag:
            case "ul" | "ol":
                if not self.lists:
                    self._apart("\n\n")
                self.lists.append(0 if tag == "ol" else None)
            case "li":
                self._apart("\n")
                self.parts.append(self._marker())
                self.begins_item = True
            case "br":
                self.parts.append("\n")
            case "p" | "h3" | "h4":
                if not self.begins_item:
                    self._apart("\n\n")
                self.begins_item = False

    def handle_endtag(self, tag):
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
            if not self.lists:
                self._apart("\n\n")

    def handle_data(self, data):
        if data != "\n":  # between two blocks
            self.parts.append(data)

    def _marker(self) -> str:
        if not self.lists or self.lists[-1] is None:
            return "• "
        self.lists[-1] += 1
        return f"{self.lists[-1]}. "

    def _apart(self, gap: str) -> None:
        """Let at least `gap` stand before what follows, if anything went before."""
        while self.parts and not self.parts[-1].strip():
            gap = max(gap, self.parts.pop(), key=len)
        if self.parts:
            self.parts.append(gap)
