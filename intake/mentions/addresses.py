"""Web and e-mail addresses, in which nothing is mentioned."""

import re

from intake.findings import Span

# What stands between blanks and may be an address. No group that keeps what it has: CPython before 3.11.5 forgets what
# such a group may not hold (https://github.com/python/cpython/issues/106052).
CHUNK = re.compile(r"(?<!\S)[^\s.@:]*+(?::(?!//)[^\s.@:]*+)*(?:[.@]|://)\S*+")
MARKS = re.compile(
    r"://|www\.|@|\.(?:org|com|net|int|edu|gov|gob|gouv|info|eu|uk|es|fr|ch|html?|aspx?|php|pdf)\b", re.IGNORECASE
)
COOP_DOMAIN = re.compile(r"\.coop\b")
# Labels before “.coop” that are programmes, if nothing stands before them.
PROGRAMMES = re.compile(
    r"(?:^|[^\w.-])(?:my|think|start|manage|our|smart|accelerate|rent|apex|apexfin|gender|sse)$", re.IGNORECASE
)
LONGEST_LABEL = 40


def addresses(text: str) -> list[Span]:
    """The places of the addresses in `text`, in order, each with what is glued to it."""
    return [
        Span(chunk.start(), chunk.end())
        for chunk in CHUNK.finditer(text)
        if MARKS.search(chunk.group()) or _has_coop_domain(chunk.group())
    ]


def _has_coop_domain(chunk: str) -> bool:
    """Whether “.coop” ends an address (gyf20.coop), not the name of a programme (My.coop)."""
    for match in COOP_DOMAIN.finditer(chunk):
        if "/" in chunk[match.end() : match.end() + 1]:
            return True
        label = chunk[max(0, match.start() - LONGEST_LABEL) : match.start()]
        if label and not PROGRAMMES.search(label):
            return True
    return False
