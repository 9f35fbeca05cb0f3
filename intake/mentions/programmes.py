"""Programmes and tools in the text."""

from intake.findings import KnownProgramme, Mention, MentionKind
from intake.gazetteers import programmes
from intake.gazetteers.phrases import Entry
from intake.words import Words


def find(text: str, sentences: list[Words], known: tuple[KnownProgramme, ...]) -> list[Mention]:
    """The mentions of programmes in the words of sentences of `text`, in order."""
    found = []
    for words in sentences:
        here = []
        for match in programmes.phrases(known).matches(words):
            entry = match.entries[0]
            if _is_meant(text, words, entry, match.first):
                here.append(
                    Mention(MentionKind.PROGRAMME, entry.key, words.span(match.first, match.end), words.sentence)
                )
        found += here + _new_of_the_family(words, here)
    return found


def _is_meant(text: str, words: Words, entry: Entry, first: int) -> bool:
    if entry.needs and not any(need in text for need in entry.needs):
        return False
    return not (len(entry.written) == 1 and entry.written[0].isupper() and _among_capitals(words, first))


def _among_capitals(words: Words, index: int) -> bool:
    """Whether a word stands in a line of capitals, where SCORE and PROSPECTS may be the common words."""
    neighbours = [
        words.written(other)
        for other, gap in ((index - 1, words.gap(index - 1)), (index + 1, words.gap(index)))
        if gap.isspace() and words.written(other)
    ]
    return bool(neighbours) and all(len(word) > 3 and word.isupper() for word in neighbours)


def _new_of_the_family(words: Words, known: list[Mention]) -> list[Mention]:
    """The names that are made like My.Coop and are in no list: “Grow.Coop”."""
    taken = {start for mention in known for start in range(mention.span.start, mention.span.end)}
    found = []
    for index, word in enumerate(words.plain):
        if word != "coop" or not index or words.gap(index - 1) != "." or not words.is_capitalised(index):
            continue
        if words.is_capitalised(index - 1) and words.starts[index] not in taken:
            key = f"{words.plain[index - 1]}-coop"
            found.append(Mention(MentionKind.PROGRAMME, key, words.span(index - 1, index + 1), words.sentence))
    return found
