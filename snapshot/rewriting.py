"""Links in what the portal answers: found, and turned to where they lead in a snapshot.

Only our own answers are read: well-formed, with attributes in quotation marks, without signs < in scripts.
"""

import re
from collections.abc import Callable, Iterator
from html import escape, unescape

Turn = Callable[[str], str]

# A tag with all its attributes, of which a value may hold any sign but its own quotation mark.
_TAG = re.compile(r"""<(?:a|link|img|source|script|image|use|form)(?:\s+[^\s"'<>/=]+(?:="[^"]*"|='[^']*')?)*\s*/?>""")
_ATTRIBUTE = re.compile(r'(\s(?:href|src|srcset|action)=")([^"]*)(")')
_CSS_ADDRESS = re.compile(r"""(url\(\s*["']?)([^"')\s]+)(["']?\s*\))""")
# <loc> of a sitemap; links of a feed are whole addresses, as those of a sitemap.
_LOCATION = re.compile(r"(<loc>)([^<]+)(</loc>)")
_QUOTED_PATH = re.compile(r'(": ?")(/[^"\\]*)(")')


def turned_html(text: str, turn: Turn) -> str:
    """The page `text`, of which each link is what `turn` makes of it. Nothing else is touched."""

    def attribute(match: re.Match) -> str:
        value = unescape(match[2])
        if "srcset=" in match[1]:
            turned = ", ".join(_candidate(candidate, turn) for candidate in value.split(","))
        else:
            turned = turn(value)
        return match[0] if turned == value else match[1] + escape(turned) + match[3]

    return _TAG.sub(lambda tag: _ATTRIBUTE.sub(attribute, tag[0]), text)


def _candidate(text: str, turn: Turn) -> str:
    """An image candidate string of a srcset: an address, and how wide it is."""
    address, _, width = text.strip().partition(" ")
    return f"{turn(address)} {width}".strip()


def links_of(text: str, media_type: str) -> Iterator[str]:
    """The addresses that stand in a text of the `media_type`."""
    found: list[str] = []

    def note(address: str) -> str:
        found.append(address)
        return address

    if media_type == "text/html":
        turned_html(text, note)
    elif media_type == "text/css":
        found += [match[2] for match in _CSS_ADDRESS.finditer(text)]
    elif media_type == "application/xml":
        found += [unescape(match[2]) for match in _LOCATION.finditer(text)]
    elif media_type == "application/manifest+json":
        found += [match[2] for match in _QUOTED_PATH.finditer(text)]
    yield from found
