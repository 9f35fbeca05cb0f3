"""Texts that are made for a pattern: what it repeats, many times over, and then what does not fit."""

import re
from collections.abc import Iterator
from re import _constants as op  # what a pattern is made of; there is no public way to it
from re import _parser
from string import printable

LENGTH = 1_000  # characters
ENDINGS = ("\x00", "", "!\n")
REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
MANY = 20  # a repeat of so many is as good as one without end
ALTERNATIVES = 3
CHARACTERS = [*"a0 -.A,'\"/_é\n\t(<=", *printable]
KINDS = {
    op.CATEGORY_DIGIT: str.isdigit,
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_WORD: lambda character: character.isalnum() or character == "_",
}
KINDS |= {
    op.CATEGORY_NOT_DIGIT: lambda character: not KINDS[op.CATEGORY_DIGIT](character),
    op.CATEGORY_NOT_SPACE: lambda character: not KINDS[op.CATEGORY_SPACE](character),
    op.CATEGORY_NOT_WORD: lambda character: not KINDS[op.CATEGORY_WORD](character),
}


def _takes(item: tuple, character: str) -> bool:
    kind, value = item
    if kind is op.LITERAL:
        return ord(character) == value
    if kind is op.RANGE:
        return value[0] <= ord(character) <= value[1]
    return kind is op.CATEGORY and KINDS[value](character)


def _one_of(items: list[tuple]) -> str:
    """A character of the class."""
    negated = items[0][0] is op.NEGATE
    for character in CHARACTERS:
        if any(_takes(item, character) for item in items) != negated:
            return character
    kind, value = items[0]
    return chr(value if kind is op.LITERAL else value[0]) if kind in (op.LITERAL, op.RANGE) else "a"


def _bodies(node: tuple) -> list:
    """What stands within the part of a pattern: its alternatives, or one sequence."""
    kind, value = node
    if kind is op.BRANCH:
        return list(value[1])
    if kind in REPEATS:
        return [value[2]]
    if kind is op.SUBPATTERN:
        return [value[3]]
    if kind is op.ATOMIC_GROUP:
        return [value]
    if kind in (op.ASSERT, op.ASSERT_NOT):
        return [value[1]]
    return []


def _fits(sequence, choice: int) -> str:
    """A text that the sequence takes, near enough; `choice` says which of alternatives."""
    text = ""
    for node in sequence:
        kind, value = node
        bodies = _bodies(node)
        if kind is op.LITERAL:
            text += chr(value)
        elif kind is op.NOT_LITERAL:
            text += _one_of([(op.NEGATE, None), (op.LITERAL, value)])
        elif kind is op.IN:
            text += _one_of(value)
        elif kind is op.ANY:
            text += "a"
        elif kind in REPEATS:
            text += _fits(bodies[0], choice) * max(value[0], 1)
        elif bodies and kind not in (op.ASSERT, op.ASSERT_NOT):
            text += _fits(bodies[choice % len(bodies)], choice)
    return text


def _pumps(sequence, before: str) -> Iterator[tuple[str, str]]:
    """For each repeat without end: what comes before it, and what it repeats."""
    for place, node in enumerate(sequence):
        ahead = before + _fits(sequence[:place], 0)
        for choice, body in enumerate(_bodies(node)[:ALTERNATIVES]):
            if node[0] in REPEATS and node[1][1] >= MANY:
                for other in range(ALTERNATIVES):
                    yield ahead, _fits(body, choice + other)
            yield from _pumps(body, ahead)


def texts_for(pattern: re.Pattern) -> list[str]:
    """The texts, each about `LENGTH` characters long."""
    whole = _parser.parse(pattern.pattern, pattern.flags)
    pumps = dict.fromkeys(_pumps(whole, ""))
    pumps |= dict.fromkeys(("", part) for choice in range(ALTERNATIVES) for part in [_fits(whole, choice)])
    pumps |= dict.fromkeys(("", part[:1]) for _before, part in list(pumps))
    return [before + part * (LENGTH // len(part)) + ending for before, part in pumps if part for ending in ENDINGS]
