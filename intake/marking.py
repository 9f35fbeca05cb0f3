"""The text of an article cut into paragraphs, and these into pieces that a page can mark.

A piece ends wherever a mention or a piece of evidence begins or ends, so that each of these is a row of whole pieces.
"""

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from intake.findings import MentionKind

PARAGRAPH = re.compile(r"[^\s][^\n]*(?:\n(?![^\S\n]*(?:\n|\Z))[^\n]*)*")

Place = tuple[int, int]

# What mentions are called on the page.
LABELS = {
    MentionKind.COUNTRY: _("country"),
    MentionKind.REGION: _("region"),
    MentionKind.PROGRAMME: _("programme"),
    MentionKind.ORGANISATION: _("organisation"),
    MentionKind.TOPIC: _("topic"),
    MentionKind.SECTOR: _("sector"),
    MentionKind.TIME: _("year or period"),
}


@dataclass(frozen=True)
class Piece:
    """Some characters of the article. `kind` is what they name, "" for nothing; `is_evidence` whether they show it.

    `is_anchor` says that evidence begins here, to which links lead.
    """

    text: str
    start: int
    end: int
    kind: str = ""
    is_evidence: bool = False
    is_anchor: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether nothing is to be marked here, now or when the keyboard comes to a record."""
        return not (self.kind or self.is_evidence)


def marked(text: str, mentions: Iterable[tuple[str, int, int]], evidence: Iterable[Place]) -> list[list[Piece]]:
    """The paragraphs of `text`, each a list of its pieces.

    `mentions` are the kind and the place of what is named; of two that overlap the first one stands.
    """
    named = _apart(mentions, len(text))
    evidence = {(start, end) for start, end in evidence if 0 <= start < end <= len(text)}
    anchors = {start for start, _end in evidence}
    shown = _joined(evidence)
    cuts = sorted({edge for _kind, *edges in named for edge in edges} | {edge for place in evidence for edge in place})
    starts_named, starts_shown = [start for _kind, start, _end in named], [start for start, _end in shown]

    def piece(start: int, end: int) -> Piece:
        at = bisect_right(starts_named, start) - 1
        kind = named[at][0] if at >= 0 and start < named[at][2] else ""
        at = bisect_right(starts_shown, start) - 1
        return Piece(text[start:end], start, end, kind, at >= 0 and start < shown[at][1], start in anchors)

    paragraphs = []
    for found in PARAGRAPH.finditer(text):
        first, last = found.span()
        edges = [first, *cuts[bisect_right(cuts, first) : bisect_left(cuts, last)], last]
        paragraphs.append([piece(start, end) for start, end in itertools.pairwise(edges)])
    return paragraphs


def place_of(words: str, text: str) -> list[int] | None:
    """Where these words stand in `text`, whatever the blanks and line ends between them."""
    found = re.search(r"\s+".join(map(re.escape, words.split())), text) if words.strip() else None
    return list(found.span()) if found else None


def _apart(mentions: Iterable[tuple[str, int, int]], length: int) -> list[tuple[str, int, int]]:
    """Those that do not overlap one before them, in the order of the text."""
    kept, reached = [], 0
    for kind, start, end in sorted(mentions, key=lambda each: (each[1], -each[2])):
        if reached <= start < end <= length:
            kept.append((kind, start, end))
            reached = end
    return kept


def _joined(places: Iterable[Place]) -> list[Place]:
    """Places that overlap, as one."""
    joined: list[Place] = []
    for start, end in sorted(places):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
