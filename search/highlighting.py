"""Shows where a result matches: the words looked for, marked in its title and in a piece of its text."""

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.analysis import Term, Word, words

LENGTH = 160  # letters of an extract, about
_BEFORE = 50  # of them before the first match


def _matching(text: str, terms: Sequence[Term], language: str) -> list[Word]:
    return [
        word for word in words(text) if any(term.matches_one(form, language) for term in terms for form in word.folded)
    ]


def _marked(text: str, found: Sequence[Word], start: int, end: int) -> SafeString:
    """The piece of `text` from `start` to `end`, safe for HTML, with the words `found` marked."""
    pieces, at = [], start
    for word in found:
        if start <= word.start and word.end <= end:
            pieces += [escape(text[at : word.start]), "<mark>", escape(text[word.start : word.end]), "</mark>"]
            at = word.end
    pieces.append(escape(text[at:end]))
    return mark_safe("".join(pieces))  # noqa: S308 - every piece of text is escaped


def marked(text: str, terms: Sequence[Term], language: str) -> SafeString:
    """`text`, which is in `language`, safe for HTML, with the words that match marked."""
    return _marked(text, _matching(text, terms, language), 0, len(text))


def extract(passages: Sequence[tuple[str, str]], terms: Sequence[Term]) -> tuple[SafeString, str]:
    """The piece of the passages where most of the terms stand together, marked, and its language.

    Where none matches it is the beginning of the first passage. `passages` are pairs of text and language.
    """
    best, best_worth = None, (-1, -1)
    for text, language in passages:
        found = _matching(text, terms, language)
        for start in [word.start for word in found[:50]] or [0]:
            within = [word for word in found if start <= word.start <= start + LENGTH - _BEFORE]
            worth = (len({form for word in within for form in word.folded}), len(within))
            if worth > best_worth:
                best, best_worth = (text, language, found, start), worth
    if best is None:
        return SafeString(""), ""
    text, language, found, match = best
    start, end = _cut(text, match)
    piece = _marked(text, found, start, end)
    return mark_safe(f"{'… ' if start else ''}{piece}{' …' if end < len(text) else ''}"), language  # noqa: S308


def _cut(text: str, match: int) -> tuple[int, int]:
    """Where to cut `text` around the place of a match: between words, and not for a few letters."""
    start = max(match - _BEFORE, 0)
    if start and (space := text.find(" ", start, match)) >= 0:
        start = space + 1
    end = start + LENGTH
    if end >= len(text) - 20:
        end = len(text)
        start = max(min(start, end - LENGTH), 0) if len(text) > LENGTH + 20 else 0
        if start and (space := text.find(" ", start, match)) >= 0:
            start = space + 1
    elif (space := text.rfind(" ", match, end)) > 0:
        end = space
    return start, end
