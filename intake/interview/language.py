"""In which of the portal's languages an article is written."""

import re
from collections import Counter

from intake.interview.words import LANGUAGES, words

WORD = re.compile(r"[^\W\d_]+")
READ_AT_MOST = 40_000
ENOUGH = 5


def language_of(text: str, said: str = "") -> str:
    """The language whose function words are the most frequent.

    `said` is the language that the file gives itself, believed only where the text has too few words to tell.
    """
    counts = Counter(WORD.findall(text[:READ_AT_MOST].lower()))
    scores = {language: sum(counts[word] for word in words(language).function_words) for language in LANGUAGES}
    best = max(LANGUAGES, key=lambda language: scores[language])
    said = said[:2].lower()
    if scores[best] < ENOUGH and said in LANGUAGES:
        return said
    return best
