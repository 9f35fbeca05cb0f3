"""Candidates: of each kind a bounded number of entries among which the best are, whatever the number that match.

A word of a third of all records cannot be ranked by looking at them all. So the entries are taken from several
questions that are each answered by the newest few: those whose whole title is the query, those that have all words in
the title, in the key facts, anywhere. Where no more match than are wanted, these are all of them; where more do, it
is the newest of the best sort that are ranked, the same ones on every database.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from django.db.models.expressions import RawSQL

from codelists.models import Country
from search.analysis import LONGEST, Term, fold
from search.backends import backend
from search.backends.base import COUNTED, Answer, Ask, Limit
from search.kinds import KINDS, Kind
from search.levels import Level
from search.models import Waiting
from search.places import reach, scope, without_language


@dataclass(frozen=True)
class Question:
    """What to find among the entries in `language`.

    `wanted`: how many entries of each kind, by its name. `level`: where the words are looked for. `every`: whether all
    terms must match, or any. `country`: only records that have to do with it. `counted`: whether it matters how many
    match.
    """

    terms: Sequence[Term]
    language: str
    wanted: Mapping[str, int]
    level: Level = Level.ANYWHERE
    every: bool = True
    country: Country | None = None
    counted: bool = True


def candidates(question: Question, asked: Sequence[str]) -> dict[str, Answer]:
    """The candidates of each kind of which anything matches, and how many match; `asked` are the words of the query.

    The better sorts come first, and what is of a lesser sort is ranked below them: there are no more than are wanted.
    """
    hides = Waiting.objects.filter(hides=True).exists()
    asks = {name: _ask(KINDS[name], question, hides) for name in question.wanted}
    answers = dict(zip(asks, backend().newest(list(asks.values())), strict=True))
    better = [
        (name, replace(asks[name], condition=_within(KINDS[name], question, condition), count_to=0, limits=limits))
        for name, answer in answers.items()
        if question.wanted[name] > 1 and (hides or len(answer.places) == question.wanted[name] != answer.number)
        for condition, limits in _better(KINDS[name], question, asked, asks[name])
    ]
    places = {name: [] for name in answers}
    for (name, _asked), answer in zip(better, backend().newest([ask for _name, ask in better]), strict=True):
        places[name] += answer.places
    found = {name: list(dict.fromkeys([*places[name], *answer.places])) for name, answer in answers.items()}
    return {
        name: Answer(found[name][: question.wanted[name]], max(answer.number, len(found[name])))
        for name, answer in answers.items()
        if found[name]
    }


def known(terms: Sequence[Term], language: str) -> list[bool]:
    """For each term, whether any entry in `language` has it."""
    heads = [scope(language, kind.number) + Level.ANYWHERE for kind in KINDS.values()]
    return backend().known([backend().expression([term], heads) for term in terms])


def _ask(kind: Kind, question: Question, hides: bool) -> Ask:
    first, last = reach(question.language, kind.number)
    head = scope(question.language, kind.number)
    condition = backend().expression(question.terms, [head + question.level], every=question.every)
    limits = [_not_waiting()] if hides else []
    if question.country:
        limits += _in_country(kind, question.country, first)
    return Ask(
        first,
        last,
        _within(kind, question, condition),
        question.wanted[kind.name],
        COUNTED if question.counted else 0,
        limits,
    )


def _within(kind: Kind, question: Question, condition: str) -> str:
    """The condition, and that the entry is in the country that is asked for, where entries know that."""
    if not question.country or not _knows_countries(kind):
        return condition
    head = scope(question.language, kind.number)
    mark = backend().token(head + Level.COUNTRY + fold(question.country.pk))
    return backend().joined([condition, mark], every=True)


def _better(kind: Kind, question: Question, asked: Sequence[str], ask: Ask) -> Iterator[tuple[str, Sequence[Limit]]]:
    """Conditions that the better entries of a kind fulfil, with their limits, where more match than can be ranked."""
    head, terms, expression = scope(question.language, kind.number), question.terms, backend().expression
    # Titles name nothing but the record itself.
    by_title = [limit for limit in ask.limits if limit != _not_waiting()]
    if whole := "".join(asked)[:LONGEST]:
        yield backend().token(head + Level.TITLE + whole), by_title
    if question.every:
        yield expression(terms, [head + Level.NAMES]), by_title
        if question.level is Level.ANYWHERE:
            yield expression(terms, [head + Level.FACTS]), ask.limits
        return
    if len(terms) > 2:
        all_but_one = (
            expression([other for other in terms if other is not term], [head + question.level]) for term in terms
        )
        yield backend().joined(all_but_one, every=False), ask.limits
    if len(terms) > 3:
        pairs = (expression(pair, [head + question.level]) for pair in pairwise(terms))
        yield backend().joined(pairs, every=False), ask.limits
    yield expression(terms, [head + Level.NAMES], every=False), by_title


def _knows_countries(kind: Kind) -> bool:
    return type(kind).countries is not Kind.countries


def _in_country(kind: Kind, country: Country, first: int) -> list[Limit]:
    """Limit to the records of a kind in the `country`, where the entries do not know it; asked of one at a time."""
    if _knows_countries(kind):
        return []
    records = kind.in_country(country)
    if records.query.is_empty():
        return [Limit("FALSE")]
    sql, parameters = records.filter(pk=RawSQL("{id} - %s", [first])).order_by().values("pk").query.sql_with_params()
    return [Limit(f"EXISTS ({sql})", parameters)]


def _not_waiting() -> Limit:
    """Limit to entries that hold no name of something that is not public any more."""
    return Limit(
        f"NOT EXISTS (SELECT 1 FROM search_waiting WHERE hides AND place = {without_language('{id}')})"  # noqa: S608
    )
