"""Takes questions apart from answers that follow them on the same line.

A copy may lose the line breaks between a question and its answer, or all of an article's. This is looked at only
where no more questions stand alone than open a line, for a paragraph of an answer may well open with one, too.
"""

import re

from intake.blocks import Paragraph, normal, parted
from intake.interview.asking import addresses, asks, marked, opens_as_question, requests, says_i, says_me, weight
from intake.interview.footers import opens_footer
from intake.interview.labels import LabelKind, label_of
from intake.interview.sentences import sentences
from intake.interview.words import Words

SURE = 2.0
LESS_SURE = 1.5
# Even for a question of a word or two, where each exchange is a line.
LEAST_SURE = 1.4
LABELLED = 1.0
CERTAIN = 2.5
UNMISTAKABLE = 3.0
ENOUGH = 2
MANY = 3
FEWEST_WORDS = 4
LONGEST_LEADING = 500
LONG = 700
LONGEST_RUN = 4
LONGEST_FOOTER = 4
MOST_LEADING = 2
SHORTEST_ANSWER = 200
# Where one paragraph is more of the interview than this, all line breaks are lost.
MOST_OF_IT = 0.6
LABEL_WITHIN = re.compile(r"(?<=[.?!”»\")])\s+(?=(?:[QPAR]\d{0,2}\s?[:.]|\(?\d{1,2}[.)])\s+\S)")


def take_apart_run_on(paragraphs: list[Paragraph], text: str, words: Words, first: int) -> list[Paragraph]:
    """The paragraphs with questions standing alone, from the paragraph `first` on."""
    body = _at_labels(paragraphs[first:], text, words)
    standing = sum(_stands(paragraph, text, words) for paragraph in body)
    sure = sum(bool(_run_on(paragraph, text, words, SURE)) for paragraph in body)
    opening = sum(bool(_run_on(paragraph, text, words, LESS_SURE)) for paragraph in body)
    # Where several lines surely hold a question and its answer, lines that open with a less certain question do, too.
    least = LESS_SURE if sure >= ENOUGH or opening >= MANY else SURE
    if sure >= MANY and not standing:
        least = LEAST_SURE
    flattened = sure >= standing or opening > standing
    length = sum(len(paragraph.text) for paragraph in body)
    if not flattened and (sure >= ENOUGH or any(_run_on(paragraph, text, words, UNMISTAKABLE) for paragraph in body)):
        # Only some lines lost their break.
        flattened, least = True, SURE if sure >= ENOUGH else UNMISTAKABLE
    cut: list[Paragraph] = []
    for paragraph in body:
        if flattened or _labelled(paragraph, text):
            whole = len(paragraph.text) > length * MOST_OF_IT
            cut.extend(_cut(paragraph, text, words, least, whole))
        else:
            cut.append(paragraph)
    return paragraphs[:first] + cut


def _labelled(paragraph: Paragraph, text: str) -> int:
    """The length of the label of a question before a paragraph, or 0."""
    label = label_of(paragraph.span.of(text))
    return label.length if label and label.kind in (LabelKind.QUESTION, LabelKind.NUMBER) else 0


def _run_on(paragraph: Paragraph, text: str, words: Words, least: float) -> int:
    """Where the question ends with which a paragraph begins, or 0."""
    skipped = _labelled(paragraph, text)
    if paragraph.bold or paragraph.heading or asks(normal(paragraph.span.of(text)[skipped:]), words):
        return 0
    end = _leading(paragraph.span.of(text)[skipped:], words, min(least, LABELLED) if skipped else least)
    return skipped + end if end else 0


def _stands(paragraph: Paragraph, text: str, words: Words) -> bool:
    label = label_of(paragraph.span.of(text))
    bare = normal(paragraph.span.of(text)[label.length :]) if label else paragraph.text
    return asks(bare, words) and weight(bare, words) >= 1


def _at_labels(body: list[Paragraph], text: str, words: Words) -> list[Paragraph]:
    """Cuts before labels in the middle of long paragraphs, where at least two of them lead in a question."""
    cut = []
    for paragraph in body:
        raw = paragraph.span.of(text)
        points = [found.end() for found in LABEL_WITHIN.finditer(raw)]
        parts = parted(paragraph, text, points)
        asking = sum(
            bool((label := label_of(part.span.of(text))) and _leading(part.span.of(text)[label.length :], words, 0))
            for part in parts
        )
        cut.extend(parts if asking >= 2 else [paragraph])
    return cut


def _cut(paragraph: Paragraph, text: str, words: Words, least: float, whole: bool) -> list[Paragraph]:
    raw = paragraph.span.of(text)
    end = _run_on(paragraph, text, words, least)
    points = [end] if end else []
    if (whole or len(raw) > LONG) and not _labelled(paragraph, text) and not paragraph.bold:
        # A profile on one line has questions to oneself, too, but none that is certain.
        interview = whole and bool(end or _within(raw, words, end, whole=False))
        points.extend(_within(raw, words, end, interview))
    if whole:
        points.extend(_footer(raw))
    return parted(paragraph, text, sorted(set(points)))


def _leading(raw: str, words: Words, least: float) -> int:
    """Where the question ends with which the words begin, or 0 if they do not, or are nothing else."""
    end, started = 0, False
    for _, (start, stop) in zip(range(5), sentences(raw), strict=False):
        sentence = raw[start:stop]
        if marked(sentence) or requests(sentence, words):
            end, started = stop, True
        elif started or says_me(sentence, words):
            break
    question = raw[:end]
    if not end or end >= len(raw.rstrip()) or len(question) > LONGEST_LEADING:
        return 0
    sounds = weight(normal(question), words)
    # A word or two before an answer's sentence is more often said to oneself.
    return end if sounds >= (SURE if least == LESS_SURE and len(question.split()) < FEWEST_WORDS else least) else 0


def _within(raw: str, words: Words, after: int, whole: bool) -> list[int]:
    """Where questions begin and end in the middle of a long paragraph. `whole` is whether it is the whole interview."""
    places = [place for place in sentences(raw) if place[0] >= after]
    parts = [raw[start:end] for start, end in places]
    points: list[int] = []
    at = free = 0
    while at < len(parts):
        last = _run(parts, at, words)
        if last == at:
            at += 1
            continue
        first = _lead(parts, at, free, words)
        told = places[first][0] - (points[-1] if points else after)
        sounds = _sounds(parts[first:last], words)
        long_enough = whole and told >= SHORTEST_ANSWER and len(" ".join(parts[first:last]).split()) > FEWEST_WORDS
        if sounds >= CERTAIN or (long_enough and sounds >= LESS_SURE):
            points.extend((places[first][0], places[last - 1][1]))
            free = last
        at = last
    return points


def _footer(raw: str) -> list[int]:
    """Where the foot of the page begins, if it is among the last sentences."""
    last = sentences(raw)[1:][-LONGEST_FOOTER:]
    return next(([start] for start, _ in last if opens_footer(normal(raw[start:])[:LONGEST_LEADING])), [])


def _run(parts: list[str], at: int, words: Words) -> int:
    """The number after the last of the sentences from `at` on that all ask; `at` if that one does not."""
    last = at
    while last < min(len(parts), at + LONGEST_RUN) and _asks_within(parts[last], words):
        last += 1
    return last


def _sounds(parts: list[str], words: Words) -> float:
    """How much these sentences sound like an interviewer's question."""
    opens = any(opens_as_question(part, words) or requests(part, words) for part in parts)
    return weight(normal(" ".join(parts)), words) if opens else 0


def _asks_within(sentence: str, words: Words) -> bool:
    if ":" in sentence and marked(sentence):
        return False
    return (marked(sentence) or requests(sentence, words)) and not says_i(sentence, words)


def _lead(parts: list[str], at: int, free: int, words: Words) -> int:
    """The number of the first of the statements by which an interviewer leads to the question `at`."""
    for first in range(at - 1, max(free, at - 1 - MOST_LEADING) - 1, -1):
        if says_i(parts[first], words) or marked(parts[first]):
            break
        if _leads_in(parts[first], words):
            return first
    return at


def _leads_in(sentence: str, words: Words) -> bool:
    lowered = sentence.lower()
    if lowered.startswith(words.anybody) or lowered.split()[0] in words.connectives:
        return False
    if lowered.startswith(words.addressing):
        return addresses(sentence, words)
    return any(f" {start}" in lowered for start in words.addressing if start.split()[0] in words.you)
