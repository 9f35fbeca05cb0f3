"""What a page is made of, as far as an article goes: paragraphs, and the elements around them."""

import re
from dataclasses import dataclass, field

from intake.findings import HintKind
from intake.reading.characters import clean

_BLANKS = re.compile(r"[ \t\n\f\r]+")
_SHORTEST_QUESTION = 15


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a paragraph. `bold` means all of it."""

    text: str
    bold: bool = False


@dataclass(slots=True)
class Part:
    """A paragraph, heading, list item or caption.

    `level` is a heading's rank, else 0; `marker` is what stands before a list item; `linked` counts the characters in
    links; `node` is the number of the element around it.
    """

    lines: tuple[Line, ...]
    kind: HintKind | None
    node: int
    level: int = 0
    marker: str = ""
    linked: int = 0
    links: int = 0
    text: str = field(init=False)

    def __post_init__(self):
        self.text = self.marker + "\n".join(line.text for line in self.lines)

    @property
    def in_links(self) -> float:
        """The share of the text that is links."""
        return min(1.0, self.linked / len(self.text))


@dataclass(slots=True)
class Node:
    """An element that is not part of a line. It holds the parts from `first` to before `last`."""

    tag: str
    parent: int
    first: int
    last: int = 0
    furniture: bool = False
    marked: bool = False  # as the article by its own author
    pictures: int = 0
    language: str = ""


@dataclass(slots=True)
class Page:
    nodes: list[Node]
    parts: list[Part]
    meta: dict[str, str]


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike. A line break is a run of its own, "\\n" in text that is `kept` as it is."""

    text: str
    bold: bool = False
    linked: bool = False
    kept: bool = False


def lines_of(runs: list[Run]) -> tuple[Line, ...]:
    """The lines that a browser would show; an empty one is kept where something stands before and after it."""
    rows: list[list[Run]] = [[]]
    for run in runs:
        first, *rest = run.text.split("\n") if run.kept else [run.text]
        rows[-1].append(Run(first, run.bold))
        rows += [[Run(piece, run.bold)] for piece in rest]
    lines: list[Line] = []
    for row in rows:
        lines += _lines_of_row(row)
    while lines and not lines[-1].text:
        lines.pop()
    start = next((number for number, line in enumerate(lines) if line.text), len(lines))
    return tuple(lines[start:])


def _lines_of_row(row: list[Run]) -> list[Line]:
    """One line, or two where a question in bold is followed by its answer in the same line."""
    said = [run for run in row if clean(run.text).strip()]
    opening = next((number for number, run in enumerate(said) if not run.bold), len(said))
    if 0 < opening < len(said):
        question = _shown(said[:opening])
        if question.endswith("?") and len(question) >= _SHORTEST_QUESTION:
            place = row.index(said[opening])
            return [Line(question, True), Line(_shown(row[place:]))]
    return [Line(_shown(row), bool(said) and opening == len(said))]


def _shown(row: list[Run]) -> str:
    # Cleaned before blanks are closed up, since what cleaning takes away may have stood between two.
    return _BLANKS.sub(" ", clean("".join(run.text for run in row))).strip()
