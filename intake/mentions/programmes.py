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
        found += here
    return found


def _is_meant(text: str, words: Words, entry: Entry, first: int) -> bool:
    if entry.needs and not any(need in text for need in entry.needs):
        return False
    if len(entry.written) == 1 and entry.written[0].isupper():
        # In a line of capitals, SCORE and PROSPECTS may be the common words.
        return (
            not all(
                words.written(index).isupper() and len(words.written(index)) > 3
                for index in (first - 1, first + 1)
                if words.written(index)
            )
            or len(words) == 1
        )
    return True
