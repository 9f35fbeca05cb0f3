"""What the index should hold of a record: prepared here from what its kind tells."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from django.db.models import Model
from modeltranslation.settings import AVAILABLE_LANGUAGES

from search.analysis import LONGEST, clean, fold, folded, forms_of, runs, tokens
from search.kinds import Kind, Text, translations
from search.levels import Level
from search.models import Entry
from search.places import place_of, scope

_SHORT_TITLE = 3  # words
COLUMNS = ["scope", "title", "title_language", "marks", "names", "keywords", "words", "vocabulary", "passages"]


def entries(kind: Kind, record: Model) -> Iterator[Entry]:
    """The entries of the public `record`, which came from `kind.indexed()`: one a language, not saved."""
    countries = sorted(Level.COUNTRY + fold(code) for code in kind.countries(record))
    for language in AVAILABLE_LANGUAGES:
        title, title_language = kind.title(record, language)
        names = [Text(title, title_language), *kind.names(record, language)]
        # A name is found in every language; weighs less in those in which it is not shown; and stands there once.
        others = [] if title_language == "" else translations(record, kind.title_field)
        elsewhere = [text for text in others if text.language != title_language]
        passages = [Text(clean(words), spoken) for words, spoken in kind.passages(record, language) if words]
        yield Entry(
            id=place_of(language, kind.number, str(record.pk)),
            kind=kind.name,
            object_id=str(record.pk),
            language=language,
            scope=scope(language, kind.number),
            title=clean(title),
            title_language=title_language,
            passages=[list(passage) for passage in dict.fromkeys(passages)],
            marks=" ".join([*(Level.TITLE + form for form in sorted(forms_of(title))), *countries]),
            names=" ".join(filter(None, [_prepared(names), _in_one_word(title)])),
            keywords=_prepared(dict.fromkeys([*elsewhere, *kind.keywords(record, language)])),
            words=_prepared(dict.fromkeys(passages)),
            vocabulary=" ".join(sorted({*_to_remember(names), *filter(None, [_in_one_word(title)])})),
        )


def _prepared(texts: Iterable[Text]) -> str:
    return " ".join(filter(None, (_joined(words, language) for words, language in texts)))


@lru_cache(maxsize=1_000)
def _joined(words: str, language: str) -> str:
    """The tokens of a text: names are in many entries, and what is not translated is in those of each language."""
    return " ".join(tokens(clean(words), language))


def _in_one_word(title: str) -> str:
    """A short title of several words as it may be typed without spaces, such as Vietnam; "" for others."""
    words = runs(clean(title))
    return "".join(words)[:LONGEST] if 1 < len(words) <= _SHORT_TITLE else ""


def _to_remember(texts: Iterable[Text]) -> Iterator[str]:
    """The words that a mistyped one may have meant; numbers and very short words are none."""
    for words, _language in texts:
        for word in folded(words):
            if len(word) > 2 and not word.isdigit():
                yield word
