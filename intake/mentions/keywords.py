"""Topics and sectors in the text."""

from intake.findings import Mention
from intake.gazetteers.phrases import Phrases
from intake.words import Words


def find(sentences: list[Words], phrases: Phrases) -> list[Mention]:
    """The mentions of what `phrases` speak of in the words of sentences, in order."""
    return [
        Mention(match.entries[0].kind, match.entries[0].key, words.span(match.first, match.end), words.sentence)
        for words in sentences
        for match in phrases.matches(words)
    ]
