"""Words as the search knows them: the one analyser of texts and of queries, on whatever database.

A word is folded (no accents, no capitals) and stemmed by Snowball's algorithm for the language of its text. Folding
comes first, so that a word typed without accents has the stem of the word with them. The databases store and match
what comes out of here and know nothing of languages; so they all find the same.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import snowballstemmer
from django.conf import settings

from multilingual.text import sort_key

_ALGORITHMS = {"en": "english", "es": "spanish", "fr": "french"}
# Words without a meaning of their own, folded: they are searched for only where a query has no others.
_STOP_WORDS = frozenset(
    (  # noqa: SIM905 - a line a language reads better than a column of words
        "a an and are as at by for from in into is of on or the to with s "
        "al con de del e el en la las los o para por que se sin su un una y "
        "au aux avec ce ces d dans des du est et l le les ou par pour qui sur une"
    ).split()
)
_RUN = re.compile(r"[^\W_]+")
# Runs of letters and digits held together by dots and hyphens: My.Coop, Berber-Agtaş, co-operative.
_WORD = re.compile(r"[^\W_]+(?:[.\-\u2010\u2011][^\W_]+)*")
LONGEST = 60  # letters of a word; nobody types more, and what is longer is no word
MOST_RUNS = 12  # of letters and digits, that a query is read to


def clean(text: str) -> str:
    """`text` in composed letters and with single spaces, as titles and passages are kept."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


@lru_cache(maxsize=50_000)
def fold(run: str) -> str:
    """`run`, letters and digits in a row, without accents and capitals.

    Signs for numbers that are neither (➀, ௰) are left out: for PostgreSQL's parser they are no part of a word.
    """
    # Capitals such as 𝐀 become an ordinary A only where sort_key takes them apart.
    kept = (character for character in sort_key(run).casefold() if character.isalnum())
    return "".join(character for character in kept if unicodedata.category(character) != "No")[:LONGEST]


class _Stemmers(threading.local):
    """Snowball's stemmers keep the word they are at work on: each thread has its own."""

    def __init__(self):
        self.by_language = {code: snowballstemmer.stemmer(name) for code, name in _ALGORITHMS.items()}


_stemmers = _Stemmers()


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """The stem of the folded `word`; the word itself in a language that has no stemmer here, such as that of names."""
    if language not in _ALGORITHMS:
        return word
    if language == "es" and word.endswith("cion"):
        word = f"{word[:-4]}ción"  # by its accent the stemmer knows the ending that “-ciones” has without one
    return fold(_stemmers.by_language[language].stemWord(word)) or word


@dataclass(frozen=True)
class Word:
    """A word where it stands in a text: its folded runs, and all of them `joined` where there are several."""

    start: int
    end: int
    runs: tuple[str, ...]

    @property
    def joined(self) -> str:
        return "".join(self.runs)[:LONGEST] if len(self.runs) > 1 else ""

    @property
    def folded(self) -> list[str]:
        """The runs, and then the joined form, if any."""
        return [*self.runs, *filter(None, [self.joined])]


def words(text: str) -> Iterator[Word]:
    """The words of `text`, in order."""
    for match in _WORD.finditer(text):
        if runs := tuple(filter(None, map(fold, _RUN.findall(match[0])))):
            yield Word(match.start(), match.end(), runs)


def folded(text: str) -> list[str]:
    """The folded words of `text` as they stand: each run once, and the joined forms after their runs."""
    return [form for word in words(text) for form in word.folded]


def runs(text: str) -> tuple[str, ...]:
    """The folded runs of `text`: two titles with the same runs read alike."""
    return tuple(run for word in words(text) for run in word.runs)


def forms_of(title: str) -> set[str]:
    """The title in one word each, as it may be typed in full: with its acronym, without it, or the acronym alone."""
    name, bracket, acronym = title.partition("(")
    forms = ("".join(runs(form))[:LONGEST] for form in (title, *([name, acronym] if bracket else ())))
    return set(filter(None, forms))


def is_stop_word(run: str) -> bool:
    """Whether the folded `run` has no meaning of its own."""
    return run in _STOP_WORDS


@lru_cache(maxsize=500)
def tokens(text: str, language: str) -> tuple[str, ...]:
    """What is stored of `text`, which is in `language` ("" for names): of each word its folded form and its stem."""
    return tuple(token for form in folded(text) for token in dict.fromkeys((form, stem(form, language))))


@dataclass(frozen=True)
class Term:
    """A word of a query: it is met by any of its `forms`, by all of its `parts`, and by what begins with `prefix`."""

    forms: tuple[str, ...]
    parts: tuple["Term", ...] = ()
    prefix: str = ""

    def matches(self, stored: frozenset[str] | set[str]) -> bool:
        """Whether the term is met by the tokens `stored`."""
        if not stored.isdisjoint(self.forms) or (self.parts and all(part.matches(stored) for part in self.parts)):
            return True
        return bool(self.prefix) and any(token.startswith(self.prefix) for token in stored)

    def matches_one(self, form: str, language: str) -> bool:
        """Whether the term, or a part of it, is met by the one folded word `form` of a text in `language`."""
        if form in self.forms or stem(form, language) in self.forms or (self.prefix and form.startswith(self.prefix)):
            return True
        return any(part.matches_one(form, language) for part in self.parts)


def term(forms: list[str], language: str, prefix: str = "") -> Term:
    """The term that looks for any of the folded words `forms` as a reader of `language` would mean it."""
    languages = (language, settings.LANGUAGE_CODE)
    stems = [stem(form, each) for form in forms for each in languages]
    return Term(tuple(dict.fromkeys([*forms, *stems])), prefix=prefix)


def typed(query: str) -> list[Word]:
    """The words of `query` to look for: of at most `MOST_RUNS` runs, and stop words only if it has nothing else."""
    found = list(words(query))
    meaningful = [word for word in found if not _STOP_WORDS.issuperset(word.runs)]
    taken, room = [], MOST_RUNS
    for word in meaningful or found:
        if room:
            taken.append(replace(word, runs=word.runs[:room]))
            room -= len(taken[-1].runs)
    return taken


def term_of(word: Word, language: str, *, prefix: bool = False) -> Term:
    """The term for a `word` of a query; with `prefix` also what only begins like it."""
    if not word.joined:
        return term([word.runs[0]], language, word.runs[0] if prefix else "")
    last = len(word.runs) - 1
    parts = tuple(
        term([run], language, run if prefix and number == last else "") for number, run in enumerate(word.runs)
    )
    whole = term([word.joined], language, word.joined if prefix else "")
    return Term(whole.forms, parts, whole.prefix)
