"""Answers the free text of lists by the index: each word may be a word, its stem or a beginning in the record."""

from functools import reduce
from operator import and_, or_

from django.db import connection
from django.db.models import BigIntegerField, Exists, ExpressionWrapper, F, Model, OuterRef, Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat, StrIndex
from django.db.models.lookups import GreaterThan, In

from listing.text import Narrowing
from search.analysis import Term, Word, clean, term_of, typed
from search.backends import backend
from search.backends.base import Ask
from search.catching_up import catch_up
from search.kinds import KINDS
from search.levels import Level
from search.models import Entry
from search.places import reach, scope
from search.relations import KIND_OF
from search.searching import reading_language

FEW = 5_000  # records; more are rather met on the way down a list than looked up
_SHORTEST_BEGINNING = 2  # letters
_TOKENS = Concat(Value(" "), "names", Value(" "), "keywords", Value(" "), "words", Value(" "))
_NOBODY = Narrowing(Q(pk__in=[]), Q(pk__in=[]))


def narrowing(model: type[Model], text: str) -> Narrowing:
    """Which records of `model` have every word of `text`, for readers of the language of the moment.

    The index has public records alone; so the conditions are for lists that begin with `published()`.
    """
    catch_up()
    language, kind = reading_language(), KINDS[KIND_OF[model]]
    terms = [_term(word, language) for word in typed(clean(text))]
    if not terms:
        return _NOBODY
    first, last = reach(language, kind.number)
    condition = backend().expression(terms, [scope(language, kind.number) + Level.ANYWHERE])
    (answer,) = backend().newest([Ask(first, last, condition, most=0, count_to=max(FEW, 1))])
    if not answer.number:
        return _NOBODY
    looked_up = Q(pk__in=_subquery("{id} - %s", condition, first))
    if answer.number <= FEW:
        return Narrowing(looked_up, looked_up)
    place = ExpressionWrapper(F("pk") + Value(first), output_field=BigIntegerField())
    if connection.vendor == "postgresql":  # looks at one entry after the other itself, where it is told their places
        return Narrowing(Q(In(place, _subquery("{id}", condition))), looked_up)
    entries = Entry.objects.filter(pk=OuterRef("pk") + Value(first)).annotate(tokens=_TOKENS)
    return Narrowing(Q(Exists(entries.filter(*(_stands(term) for term in terms)))), looked_up)


def _subquery(column: str, condition: str, *parameters: int) -> RawSQL:
    """The `column` of the entries that fulfil the condition, where {id} is their place."""
    sql, matched = backend().matching(column, condition)
    return RawSQL(sql, [*parameters, *matched])  # noqa: S611 - made of analysed words, and they are parameters


def _stands(term: Term) -> Q:
    """Condition that the term is met by the `tokens` of an entry."""
    met = reduce(or_, (_within(f" {form} ") for form in term.forms))
    if term.parts:
        met |= reduce(and_, map(_stands, term.parts))
    return met | _within(f" {term.prefix}") if term.prefix else met


def _within(token: str) -> Q:
    return Q(GreaterThan(StrIndex("tokens", Value(token)), Value(0)))


def _term(word: Word, language: str) -> Term:
    return term_of(word, language, prefix=len(word.joined or word.runs[0]) >= _SHORTEST_BEGINNING)
