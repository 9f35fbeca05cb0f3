"""Finds questions that neither a label nor a number nor bold letters mark: by their words alone."""

from statistics import median

from intake.interview.asking import addresses, adds, quoted, requests, says_i, tokens, weight
from intake.interview.labels import LabelKind
from intake.interview.lines import Line
from intake.interview.sentences import sentences
from intake.interview.words import Words, common_set

ENOUGH = 0.5
OPENING_WORDS = 12
LONGEST_STATED = 200
LONGEST_ASSENTED = 120
FEW_WORDS = 3
ENOUGH_FOR_STATEMENTS = 2


def unmarked_questions(lines: list[Line], words: Words) -> list[Line]:
    """Paragraphs that ask and sound like an interviewer."""
    candidates = [line for line in lines if line.asks]
    kept = []
    for number, line in enumerate(candidates):
        before = lines[line.index - lines[0].index - 1] if line.index > lines[0].index else None
        score = weight(line.words, words)
        if number == 0:
            score += 1
        if line.labelled(LabelKind.SPEAKER) and line.label.name in common_set("askers"):
            score += 3
        if before and before.words.endswith(":") and not before.asks and len(before.words) > 40:
            score -= 2
        if quoted(line.words) and not all(quoted(other.words) for other in candidates):
            score -= 4
        if line.paragraph.item or line.words[:1] in "•▪●◦‣·*":
            score -= 2
        if score >= ENOUGH and (kept or not _adds(line, words)):
            kept.append(line)
    kept = _alike(kept, lines, words)
    if len(kept) < ENOUGH_FOR_STATEMENTS:
        return kept
    stated = [line for line in lines if line.index > kept[0].index + 1 and _states(line, lines, words)]
    taken = {line.index for line in (*kept, *stated)}
    return [line for line in lines if line.index in taken]


def _adds(line: Line, words: Words) -> bool:
    """Does it only add to an earlier question: “And the women?”? A profile without questions has such, too."""
    start, end = next(iter(sentences(line.words)), (0, 0))
    return adds(line.words[start:end], words)


def _states(line: Line, lines: list[Line], words: Words) -> bool:
    """Is it a statement that the person answers like a question: “You also worked in Georgia, I believe.”?"""
    spoken = line.words
    at = line.index - lines[0].index
    if (
        line.asks
        or line.label
        or line.paragraph.item
        or len(spoken) > LONGEST_STATED
        or not spoken.endswith((".", "…"))
        or len(sentences(spoken)) > 2
    ):
        return False
    between = at + 1 < len(lines) and not lines[at + 1].asks and not lines[at - 1].asks
    if not between or lines[at - 1].words.endswith((":", ";", ",")):
        return False
    short = len(spoken) <= LONGEST_ASSENTED and not says_i(spoken, words)
    if short and _assented(lines[at + 1], words):
        return True
    opening = spoken.lower()
    to_you = opening.split()[0] in words.you and not opening.startswith(words.anybody)
    of_you = (
        len(spoken) <= LONGEST_ASSENTED and not words.yours.isdisjoint(tokens(spoken)) and not says_i(spoken, words)
    )
    return (to_you or of_you) and _answered(line, lines, words)


def _assented(line: Line, words: Words) -> bool:
    """Does it begin as an answer to what somebody else said: “Yes, …”, “That is right.”?"""
    return line.words.lower().startswith(words.assent)


def _answered(line: Line, lines: list[Line], words: Words) -> bool:
    """Does somebody answer for himself or herself right after it: “We …”, “My …”?"""
    following = lines[line.index - lines[0].index + 1 :][:1]
    return bool(following) and says_i(" ".join(following[0].words.split()[:OPENING_WORDS]), words)


def _alike(kept: list[Line], lines: list[Line], words: Words) -> list[Line]:
    """Without those that are much shorter than the article's other questions, and that nobody seems to answer."""
    if len(kept) < 3:
        return kept
    usual = median(len(line.words) for line in kept)

    return [
        line
        for number, line in enumerate(kept)
        if number == 0
        or len(line.words) >= usual * 0.4
        or len(line.words.split()) >= FEW_WORDS
        or addresses(line.words, words)
        or line.words.startswith("¿")
        or requests(line.words, words)
        or _answered(line, lines, words)
    ]
