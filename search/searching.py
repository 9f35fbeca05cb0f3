"""Finds what is public: `find()` for the search page, `suggest()` while somebody types."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.db.models import Model, TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils.safestring import SafeString
from modeltranslation.settings import AVAILABLE_LANGUAGES

from codelists.models import Country
from multilingual.text import language_of_interface
from search import highlighting
from search.analysis import Term, clean, runs, term_of, typed
from search.backends import backend
from search.backends.base import Question, Where
from search.correcting import corrected
from search.indexing import index_what_has_come_due
from search.kinds import KINDS, Kind
from search.models import Entry
from search.ranking import place

MOST = 200  # results of one kind that can be leafed through
CONSIDERED = 30  # of each kind, where the best few of every kind are shown
SUGGESTIONS = 8
SHORTEST = 2  # letters typed before anything is suggested


@dataclass
class Result:
    """A record that was found, as it is shown: `title` and `extract` with marks, and the languages that they are in."""

    kind: Kind
    record: Model
    title: SafeString
    title_language: str
    extract: SafeString
    extract_language: str


@dataclass
class Found:
    """What a search found: the best `entries` of each kind, best first, the kind with the best one first.

    `totals` has how many there are of each kind. `shown_for` are the words that were looked for instead of mistyped
    ones, if any; `every` is False where no entry has all of the words, and those with most of them are here.
    """

    language: str
    terms: list[Term] = field(default_factory=list)
    shown_for: str = ""
    every: bool = True
    totals: dict[str, int] = field(default_factory=dict)
    entries: dict[str, list[Entry]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.totals.values())


def find(query: str, language: str, *, kind: str = "", country: Country | None = None) -> Found:
    """Search everything public for readers of `language`: of one `kind`, or of all; in one `country`, or anywhere.

    Raises nothing for whatever text `query` is.
    """
    index_what_has_come_due()
    query = clean(query)
    words = typed(query)
    found = Found(language, [term_of(word, language) for word in words])
    if not found.terms:
        return found
    question = Question(
        found.terms,
        language,
        among=_in_country(country) if country else None,
        most_of=kind,
        many=MOST,
        few=1 if kind else CONSIDERED,
    )
    asked = runs(query)
    if not _ask(question, found, asked):
        asked = _correct(found, words, asked)
        question = replace(question, terms=found.terms)
        if not (found.shown_for and _ask(question, found, asked)) and len(found.terms) > 1:
            found.every = False
            _ask(replace(question, every=False), found, asked)
    return found


def suggest(query: str, language: str) -> list[Result]:
    """The few best records whose names or key facts have the words of `query`; the last one is still being typed."""
    query = clean(query)
    words = typed(query)
    if len("".join(runs(query))) < SHORTEST:
        return []
    index_what_has_come_due()
    terms = [term_of(word, language, prefix=word is words[-1]) for word in words]
    found = Found(language, terms)
    question = Question(terms, language, where=Where.FACTS, few=CONSIDERED)
    asked = runs(query)
    if not _ask(question, found, asked):
        asked = _correct(found, words, asked)
        if found.shown_for:
            _ask(replace(question, terms=found.terms), found, asked)
    entries = [entry for entries in found.entries.values() for entry in entries]
    entries.sort(key=lambda entry: place(entry, found.terms, asked))
    return results(entries[:SUGGESTIONS], found.terms, extracts=False)


def results(entries: Sequence[Entry], terms: Sequence[Term], *, extracts: bool = True) -> list[Result]:
    """The records of `entries` as they are shown, in the same order; what is not public now is left out."""
    records, passages = {}, {}
    if extracts:
        passages = dict(Entry.objects.filter(pk__in=[entry.pk for entry in entries]).values_list("pk", "passages"))
    for kind in KINDS.values():
        if keys := [entry.object_id for entry in entries if entry.kind == kind.name]:
            shown = kind.shown().filter(pk__in=[kind.model._meta.pk.to_python(key) for key in keys])
            records |= {(kind.name, str(record.pk)): record for record in shown}
    return [
        _result(entry, records[entry.kind, entry.object_id], passages.get(entry.pk, []), terms)
        for entry in entries
        if (entry.kind, entry.object_id) in records
    ]


def reading_language() -> str:
    """The language to search in for a reader of the page of the moment: English where theirs has no content."""
    language = language_of_interface()
    return language if language in AVAILABLE_LANGUAGES else settings.LANGUAGE_CODE


def _foreign(language: str) -> str:
    """`language`, but "" for that of the page."""
    return "" if language == language_of_interface() else language


def _result(entry: Entry, record: Model, passages: list, terms: Sequence[Term]) -> Result:
    extract, spoken = highlighting.extract(passages, terms)
    return Result(
        kind=KINDS[entry.kind],
        record=record,
        title=highlighting.marked(entry.title, terms, entry.title_language),
        title_language=_foreign(entry.title_language),
        extract=extract,
        extract_language=_foreign(spoken),
    )


def _ask(question: Question, found: Found, asked: tuple[str, ...]) -> bool:
    """Fill `found` with the answer to `question`; whether there is anything."""
    candidates = backend().find(question)
    found.totals = {candidate.kind: candidate.total for candidate in candidates}
    entries = Entry.objects.defer("passages").in_bulk([candidate.pk for candidate in candidates])
    ranked = sorted(entries.values(), key=lambda entry: place(entry, question.terms, asked))
    found.entries = {}
    for entry in ranked:
        found.entries.setdefault(entry.kind, []).append(entry)
    return bool(ranked)


def _correct(found: Found, words: list, asked: tuple[str, ...]) -> tuple[str, ...]:
    """Put into `found` what the words that are in no entry may have meant; answers the query in those words."""
    known = backend().known(found.terms, found.language)
    shown, changed = [], False
    for number, (word, is_known) in enumerate(zip(words, known, strict=True)):
        nearby = None if is_known else corrected(word, found.language)
        if nearby:
            found.terms[number], changed = nearby[0], True
        shown.append(nearby[1] if nearby else " ".join(word.runs))
    if not changed:
        return asked
    found.shown_for = " ".join(shown)
    return runs(found.shown_for)


def _in_country(country: Country) -> tuple[str, Sequence]:
    """Kind and key, in one column, of the records that have to do with `country`: SQL and its parameters."""
    one, *others = (
        kind.in_country(country)
        .order_by()
        # One column: modeltranslation leaves the order of several to chance.
        .annotate(kind_and_key=Concat(Value(f"{kind.name} "), Cast("pk", TextField()), output_field=TextField()))
        .values("kind_and_key")
        for kind in KINDS.values()
        if not kind.in_country(country).query.is_empty()
    )
    return one.union(*others, all=True).query.sql_with_params()
