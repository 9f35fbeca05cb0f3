"""What stands before a question or an answer and is no part of it: “1.”, “Q:”, “P.”, “A:”, “Ana Ruiz:”, “–”."""

import re
from dataclasses import dataclass
from enum import StrEnum


class LabelKind(StrEnum):
    NUMBER = "number"
    QUESTION = "question"
    ANSWER = "answer"
    SPEAKER = "speaker"
    DASH = "dash"


@dataclass(frozen=True, slots=True)
class Label:
    """A label and how many characters it takes with the blanks after it. `name` is a speaker's, in lower case."""

    kind: LabelKind
    length: int
    number: int = 0
    name: str = ""


QUESTION = re.compile(
    r"(?:(?:Q|P|Question|Pregunta)\s?(?:n[°º]\s?)?(?P<n1>\d{1,2})\s?(?:[.:)]|[–—-]\s)[.:–—-]?"
    r"|(?:Q|P|Question|Pregunta)\s?(?:[.:)][–—-]?|[–—-]\s))\s*",
    re.IGNORECASE,
)
ANSWER = re.compile(r"(?:A|R|Answer|Respuesta|Réponse|Reponse)\s?\d{0,2}\s?(?:[.:)][–—-]?|[–—-]\s)\s*", re.IGNORECASE)
NUMBER = re.compile(r"\(?(?P<n>\d{1,2})\s?(?:[.):][–—-]?|[°º][.)]?|[–—-]\s)\s*(?=[^\d\s])")
DASH = re.compile(r"[–—-]{1,2}\s*(?=[^\s\d–—-])")
SPEAKER = re.compile(r"(?P<name>[^\W\d_][^:\n.?!,;]{0,45}?)\s?:\s*(?=\S|\Z)")
MOST_WORDS = 6


def label_of(text: str) -> Label | None:
    """The label at the beginning of a paragraph. Whether “A.” or “Webinars:” really is one, the article decides."""
    if found := QUESTION.match(text):
        return Label(LabelKind.QUESTION, found.end(), int(found["n1"] or 0))
    if found := ANSWER.match(text):
        return Label(LabelKind.ANSWER, found.end())
    if found := NUMBER.match(text):
        return Label(LabelKind.NUMBER, found.end(), int(found["n"]))
    if found := DASH.match(text):
        return Label(LabelKind.DASH, found.end())
    if (found := SPEAKER.match(text)) and len(found["name"].split()) <= MOST_WORDS:
        return Label(LabelKind.SPEAKER, found.end(), name=" ".join(found["name"].casefold().split()))
    return None
