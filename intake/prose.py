"""Words of an article as the fields of records want them."""

import re
from collections.abc import Iterable

from intake.findings import Span

_ITEM = re.compile(r"\s*(?:[•·▪◦*–—-]|\d{1,2}[.)])\s+\S")
_SENTENCE_END = re.compile(r"[.!?…]['’”»)\]]*(?=\s)")


def flowing(text: str) -> str:
    """A paragraph on one line: plain text breaks lines for their length; only items of a list keep theirs."""
    lines: list[str] = []
    for line in text.split("\n"):
        line = " ".join(line.split())
        if lines and line and not _ITEM.match(line):
            lines[-1] = f"{lines[-1]} {line}"
        elif line:
            lines.append(line)
    return "\n".join(lines)


def paragraphs(text: str, spans: Iterable[Span]) -> str:
    """These places of the text, with an empty line between them."""
    return "\n\n".join(filter(None, (flowing(span.of(text)) for span in spans)))


def shortened(text: str, longest: int) -> str:
    """The first sentences of `text` that are not longer than that together, or as many of its words."""
    if len(text) <= longest:
        return text
    ends = [end.end() for end in _SENTENCE_END.finditer(text, 0, longest + 1) if end.end() <= longest]
    return text[: ends[-1]] if ends else text[:longest].rpartition(" ")[0] + " …"
