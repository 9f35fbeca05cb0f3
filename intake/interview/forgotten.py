"""Finds the questions whose mark was forgotten or lost in an article whose other questions are bold or labelled."""

from itertools import pairwise

from intake.interview.asking import requests, weight
from intake.interview.labels import LabelKind
from intake.interview.lines import Line
from intake.interview.plain import unmarked_questions
from intake.interview.words import Words

SURE = 2.0
SUREST = 3.5
SEVERAL = 2
FEWEST_WORDS = 4


def with_forgotten(marked: list[Line], lines: list[Line], answerers: frozenset[str], words: Words) -> list[Line]:
    """The marked questions with those that lack the mark. `answerers` are the labels of those who answer.

    One that lacks it may be rhetorical; several, or one that nobody says to himself or herself, are questions.
    """
    if _complete(marked, lines, answerers):
        return marked
    taken = {line.index for line in marked}
    lacking = [
        line
        for line in unmarked_questions(lines, words)
        if line.label is None and taken.isdisjoint((line.index - 1, line.index, line.index + 1))
    ]
    sure = any(weight(line.words, words) >= SURE for line in lacking)
    several = sure and len(lacking) >= max(SEVERAL, len(marked) / 3)
    if not several and not marked[0].labelled(LabelKind.NUMBER):
        lacking = [line for line in lacking if _is_surest(line, words)]
    taken.update(line.index for line in lacking)
    return [line for line in lines if line.index in taken]


def _is_surest(line: Line, words: Words) -> bool:
    if requests(line.words, words):
        return True
    return weight(line.words, words) >= SUREST and len(line.words.split()) >= FEWEST_WORDS


def _complete(marked: list[Line], lines: list[Line], answerers: frozenset[str]) -> bool:
    """Do numbers without a gap or labels of answers show that no question is missing?"""
    numbers = [line.label.number for line in marked if line.label and line.label.number]
    if len(numbers) > 1:
        return numbers[0] == 1 and all(later - earlier <= 1 for earlier, later in pairwise(numbers))
    answers = sum(
        line.labelled(LabelKind.ANSWER) or (line.labelled(LabelKind.SPEAKER) and line.label.name in answerers)
        for line in lines
    )
    return 0 < answers <= len(marked)
