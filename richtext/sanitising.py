"""The one rule of what a rich text may consist of, and how anything else becomes such a text."""

import re
from functools import lru_cache

import nh3

from richtext.plain import is_plain, paragraphs
from richtext.structure import structured

SCHEMES = {"http", "https", "mailto"}
# Nothing that could run, load or look like something else. Headings begin at h3: pages have h1 and h2.
_ALLOWED = nh3.Cleaner(
    tags={"p", "br", "strong", "em", "h3", "h4", "ul", "ol", "li", "blockquote", "a"},
    attributes={"a": {"href"}},
    url_schemes=SCHEMES,
    link_rel="noopener noreferrer",
)

# What tells the structure of a text that comes from elsewhere; `structured` turns it into the few tags above.
_TELLING = {
    *("p", "br", "strong", "em", "b", "i", "cite", "a", "span", "h1", "h2", "h3", "h4", "h5", "h6", "hr"),
    *("ul", "ol", "li", "dl", "dt", "dd", "menu", "blockquote", "q", "div", "center", "pre", "address", "body"),
    *("section", "article", "main", "header", "footer", "aside", "figure", "figcaption", "form", "fieldset"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"),
}
_NOT_FOR_READERS = {
    *("script", "style", "title", "xml", "noscript", "template", "svg", "math", "iframe", "object", "applet"),
    *("audio", "video", "canvas", "textarea", "select", "button", "nav", "noembed", "noframes", "map"),
}
# The styles say what Word's paragraphs are, and whether Google's spans are bold.
_WELL_FORMED = nh3.Cleaner(
    tags=_TELLING,
    clean_content_tags=_NOT_FOR_READERS,
    attributes={"a": {"href"}} | {tag: {"style"} for tag in ("p", "span", "b", "strong", "i", "em")},
    url_schemes=SCHEMES | {"tel"},
    link_rel=None,
)
# Control characters, and the letters without width that web pages leave behind.
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u200b\u2060\ufeff\ufffe\uffff]")


@lru_cache(maxsize=500)  # a form asks several times on its way: whether a text changed, whether it is valid, to save it
def clean(text: str) -> str:
    """Any text as a rich text: "" when it has no words.

    Plain text becomes paragraphs. Of HTML stay paragraphs, headings (two ranks), lists, quotes, links, strong and
    emphasised words; everything else keeps its words alone. Cleaned again, a text stays as it is.
    """
    return from_plain(text) if is_plain(text) else allowed(structured(_WELL_FORMED.clean(_visible(text))))


def from_plain(text: str) -> str:
    """A plain `text`, whatever signs are in it, as a rich text."""
    return allowed(structured(paragraphs(_visible(text))))


def allowed(html: str) -> str:
    """`html` without whatever is not allowed: the last step before it is kept or shown."""
    return _ALLOWED.clean(html)


def _visible(text: str) -> str:
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"))
