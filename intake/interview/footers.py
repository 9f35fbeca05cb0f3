"""Where an article ends and the foot of its page begins."""

import re

from intake.blocks import Paragraph
from intake.interview.labels import LabelKind, label_of
from intake.interview.words import common

SHORT = 160
LONGEST_POINTER = 400
MOST_AFTER_WEAK = 1500
NEAR = 6
SIGN = re.compile(r"\[\d{1,2}\]|\(\d{1,2}\)\s|\*\s?[A-Z]|[¹²³⁴⁵]|\d{1,2}\s+(?:See|Véase|Voir|Cf)\b")


def opens_footer(text: str) -> bool:
    """Is this a paragraph that stands at the foot of a page only?"""
    lowered = text.lower().lstrip("•▪*–—→>» ")
    if (label := label_of(text)) and label.kind == LabelKind.SPEAKER and text[label.length :].strip():
        lowered = text[label.length :].lower() if label.name in common("askers") else lowered
    if SIGN.match(text):
        return True
    if lowered.startswith(common("thanks")):
        # “Thank you for your time. Is there anything to add?” is the last question.
        return not text.endswith("?")
    if not lowered.startswith(common("footer_sentences") + common("footers")):
        return False
    for start in common("footer_sentences"):
        if lowered.startswith(start):
            rest = lowered[len(start) :]
            return len(text) <= LONGEST_POINTER and (
                ":" in rest[:40] or any(word in rest for word in common("pointers"))
            )
    for start in common("footers"):
        if lowered.startswith(start):
            rest = lowered[len(start) :]
            if rest[:1].isalpha() and start[-1].isalpha():
                continue
            # A word such as “notes” or “related” opens a footer as a short line, never as a sentence.
            return not start[-1].isalpha() or " " in start or (len(text) <= 60 and not text.endswith("."))
    return False


def footer_start(paragraphs: list[Paragraph], after: int) -> int:
    """The first paragraph of the footer, never before `after`; the number of paragraphs if there is none.

    Walks from the end as long as there are lines of a footer or what may stand among them: short lines, links.
    """
    start = len(paragraphs)
    seen = 0
    for index in range(len(paragraphs) - 1, after - 1, -1):
        text = paragraphs[index].text
        seen += len(text)
        if opens_footer(text):
            start = index
        elif len(text) > SHORT and seen > MOST_AFTER_WEAK:
            break
        elif len(text) > SHORT and not _lists(text):
            # Long prose ends the footer, unless a heading of references or notes stands above it.
            above = paragraphs[max(after, index - NEAR) : index]
            if not any(_heads_list(paragraph.text) for paragraph in above):
                break
    return start


def _heads_list(text: str) -> bool:
    lowered = text.lower().strip(" :")
    return len(lowered) < 40 and lowered in common("lists")


def _lists(text: str) -> bool:
    return "http" in text or "www." in text or text.lstrip()[:1] in "•▪*[("
