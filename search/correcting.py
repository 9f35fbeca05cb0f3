"""What a mistyped word may have meant: the words of titles that are nearest to it."""

from django.conf import settings
from rapidfuzz.distance import OSA

from search.analysis import Term, Word, term, term_of
from search.backends import backend

_CANDIDATES = 60  # words that share trigrams with the typed one, of which the nearest are chosen
_ALIKE = 3  # words that are equally near and meant together


def errors_forgiven(word: str) -> int:
    """How many letters may be wrong, missing, too many or have traded places."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def nearest(word: str, language: str) -> list[str]:
    """The known words nearest to the folded `word`: of `language` and frequent ones first; none if all are far."""
    best: dict[str, tuple] = {}
    languages = list(dict.fromkeys([language, settings.LANGUAGE_CODE]))
    forgiven = errors_forgiven(word)
    for spoken, text, uses in backend().similar(word, languages, _CANDIDATES) if forgiven else []:
        distance = OSA.distance(word, text, score_cutoff=forgiven)
        if distance <= forgiven:
            place = (distance, spoken != language, -uses, text)
            best[text] = min(place, best.get(text, place))
    ranked = sorted(best, key=best.__getitem__)
    return [text for text in ranked if best[text][0] == best[ranked[0]][0]][:_ALIKE]


def corrected(word: Word, language: str) -> tuple[Term, str] | None:
    """The term for what `word` of a query may have meant, and that in words; None if nothing known is near."""
    if found := nearest(word.joined or word.runs[0], language):
        return term(found, language), " / ".join(found)
    if word.joined and any(parts := [nearest(run, language) for run in word.runs]):
        nearby = [found or [run] for found, run in zip(parts, word.runs, strict=True)]
        whole = Term(term_of(word, language).forms, tuple(term(forms, language) for forms in nearby))
        return whole, " ".join(" / ".join(forms) for forms in nearby)
    return None
