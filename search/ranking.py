"""Which result comes first. Scored here and not by the databases, so that it is the same one on all of them."""

from collections import Counter
from collections.abc import Sequence

from multilingual.text import sort_key
from search.analysis import LONGEST, Term, forms_of, runs, words
from search.kinds import KINDS
from search.models import Entry

_KIND_ORDER = {name: number for number, name in enumerate(KINDS)}
# BM25's customary parameters, and the length of a text that is neither long nor short, in tokens.
_K1, _B, _USUAL_LENGTH = 1.2, 0.75, 300


def place(entry: Entry, terms: Sequence[Term], query: tuple[str, ...]) -> tuple:
    """Sorts the better of two entries first; `query` are the folded words that the terms were made of.

    First comes the entry that meets more terms; then titles above key facts above text; among titles the one that is
    the query, begins with it, or has least besides it; among texts the one that speaks of it most.
    """
    names = set(entry.names.split())
    facts = names.union(entry.keywords.split())
    text = Counter(entry.words.split())
    met = sum(term.matches(facts) or term.matches(text.keys()) for term in terms)
    in_names = sum(term.matches(names) for term in terms)
    in_facts = sum(term.matches(facts) for term in terms)
    begins = " ".join(runs(entry.title)).startswith(" ".join(query))
    return (
        -met,
        "".join(query)[:LONGEST] not in forms_of(entry.title),
        -in_names,
        not begins,
        -_share(entry, terms) if in_names == len(terms) else 0,
        -in_facts,
        -round(_relevance(text, terms), 3),
        _KIND_ORDER[entry.kind],
        sort_key(entry.title),
        entry.object_id,
    )


def _share(entry: Entry, terms: Sequence[Term]) -> float:
    """How much of the title is what was looked for, from 0 to 1."""
    stands = [
        any(term.matches_one(form, entry.title_language) for term in terms for form in word.folded)
        for word in words(entry.title)
    ]
    return round(sum(stands) / max(len(stands), 1), 3)


def _relevance(text: Counter, terms: Sequence[Term]) -> float:
    """How much a text of these tokens is about the terms, as BM25 counts it."""
    long = _K1 * (1 - _B + _B * text.total() / _USUAL_LENGTH)
    often = [sum(text[form] for form in term.forms) for term in terms]
    return sum(number * (_K1 + 1) / (number + long) for number in often)
