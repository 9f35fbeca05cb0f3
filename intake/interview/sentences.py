"""Sentences of a paragraph."""

import re

END = re.compile(r"[.!?…][”’»\"'\])*]{0,3}\s+(?=[\"“«'‘(\[¿¡–—-]{0,3}\s?[A-ZÀ-ÖØ-Þ0-9])|[?]\s+(?=\S)")
ABBREVIATED = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|st|no|nos|vol|art|fig|vs|sr|sra|srta|dra|mme|mlle|pr|e\.g|i\.e|etc|núm|nº|pág|ee\.uu|approx)"
    r"|(?:^|[\s(])[^\W\d_])\.\s*\Z",
    re.IGNORECASE,
)
LONGEST_ABBREVIATION = 9


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, without the blanks between."""
    found, start = [], len(text) - len(text.lstrip())
    for end in END.finditer(text):
        before = text[max(start, end.start() + 1 - LONGEST_ABBREVIATION) : end.start() + 1]
        if end.group()[0] == "." and ABBREVIATED.search(before):
            continue
        found.append((start, start + len(text[start : end.end()].rstrip())))
        start = end.end()
    if rest := text[start:].rstrip():
        found.append((start, start + len(rest)))
    return found
