"""Takes questions apart from the paragraphs around them in a text that was wrapped at a width, without empty lines.

There a paragraph ends where a line is shorter than the width. One whose last line happens to be full runs on into the
next; a question that begins and ends with lines is found all the same.
"""

from intake.blocks import Paragraph, ends, normal, parted
from intake.interview.asking import addresses, asks, marked, requests, says_i, weight
from intake.interview.footers import opens_footer
from intake.interview.sentences import sentences
from intake.interview.words import Words

LEAST = 1.5
MOST_TURNS = 3
LONGEST = 500
LONGEST_LEADING = 130


def take_apart_wrapped(paragraphs: list[Paragraph], text: str, words: Words) -> list[Paragraph]:
    """The paragraphs, with questions that begin and end at the turn of a line standing alone."""
    cut: list[Paragraph] = []
    for paragraph in paragraphs:
        raw = paragraph.span.of(text)
        cut.extend(parted(paragraph, text, _points(raw, words)) if "\n" in raw else [paragraph])
    return cut


def _points(raw: str, words: Words) -> list[int]:
    """Where questions begin and end, and where a footer begins."""
    turns = _turns(raw)
    points: list[int] = []
    at = 0
    while at < len(turns) - 1:
        end = _question_end(raw, turns, at, words)
        if end:
            points.extend((turns[at], turns[end]))
        elif opens_footer(normal(raw[turns[at] : turns[at] + LONGEST])):
            points.append(turns[at])
        at = end or at + 1
    return points


def _turns(raw: str) -> list[int]:
    """The beginning, the places after lines that end a sentence, and the end."""
    turns, at = [0], 0
    for line in raw.split("\n"):
        at += len(line) + 1
        if ends(line):
            turns.append(min(at, len(raw)))
    if turns[-1] != len(raw):
        turns.append(len(raw))
    return turns


def _question_end(raw: str, turns: list[int], at: int, words: Words) -> int:
    """The number of the turn at which a question ends that begins at this one; 0 if none does."""
    for end in range(at + 1, min(at + MOST_TURNS + 1, len(turns))):
        if turns[end] - turns[at] > LONGEST:
            break
        spoken = normal(raw[turns[at] : turns[end]])
        begins = _begins(normal(raw[turns[at] : turns[at + 1]]), words)
        if begins and asks(spoken, words) and weight(spoken, words) >= LEAST:
            return end
    return 0


def _begins(opening: str, words: Words) -> bool:
    """Do the words before the first turn ask, or lead to a question, and are no end of what stands above?"""
    start, end = next(iter(sentences(opening)), (0, 0))
    first = opening[start:end]
    if marked(first) or requests(first, words):
        return True
    return not says_i(first, words) and (addresses(first, words) or len(opening) <= LONGEST_LEADING)
