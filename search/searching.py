"""Finds what is public: `find()` for the search page, `suggest()` while somebody types."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Model
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from modeltranslation.settings import AVAILABLE_LANGUAGES

from codelists.models import Country
from multilingual.text import language_of_interface
from search import highlighting
from search.analysis import Term, clean, runs, term_of, typed
from search.backends.base import COUNTED
from search.catching_up import catch_up
from search.correcting import corrected
from search.finding import Question, candidates, known
from search.kinds import KINDS, Kind
from search.levels import Level
from search.models import Entry
from search.ranking import place

MOST = 200  # results of one kind that can be leafed through
CONSIDERED = 30  # of each kind, where the best few of every kind are shown
SUGGESTIONS = 8
SHORTEST = 2  # letters typed before anything is suggested


def in_words(number: int, *, capped: bool) -> str:
    """The number as people read it; with a plus where there are more."""
    return _("%(number)s+") % {"number": intcomma(number)} if capped else str(intcomma(number))


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

    `ranked` are the same in one row, the best first. `totals` has how many there are of each kind, counted to
    `COUNTED`; of the kinds in `capped` there are more than that. `shown_for` are the words that were looked for instead
    of mistyped ones, if any. `every` is False where no entry has all of the words, and those with most of them are
    here.
    """

    language: str
    terms: list[Term] = field(default_factory=list)
    shown_for: str = ""
    every: bool = True
    totals: dict[str, int] = field(default_factory=dict)
    capped: frozenset[str] = frozenset()
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    ranked: list[Entry] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.totals.values())

    @property
    def total_in_words(self) -> str:
        return in_words(self.total, capped=bool(self.capped))

    def total_of(self, kind: str) -> str:
        """How many there are of a kind, in words."""
        return in_words(self.totals.get(kind, 0), capped=kind in self.capped)


def find(query: str, language: str, *, kind: str = "", country: Country | None = None) -> Found:
    """Search everything public for readers of `language`: of one `kind`, or of all; in one `country`, or anywhere.

    Raises nothing for whatever text `query` is.
    """
    catch_up()
    query = clean(query)
    words = typed(query)
    found = Found(language, [term_of(word, language) for word in words])
    if not found.terms:
        return found
    wanted = {name: (MOST if name == kind else 1) if kind else CONSIDERED for name in KINDS}
    question = Question(found.terms, language, wanted, country=country)
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
    catch_up()
    terms = [term_of(word, language, prefix=word is words[-1]) for word in words]
    found = Found(language, terms)
    question = Question(terms, language, dict.fromkeys(KINDS, CONSIDERED), Level.FACTS, counted=False)
    asked = runs(query)
    if not _ask(question, found, asked):
        asked = _correct(found, words, asked)
        if found.shown_for:
            _ask(replace(question, terms=found.terms), found, asked)
    return results(found.ranked[:SUGGESTIONS], found.terms, extracts=False)


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
    answers = candidates(question, asked)
    found.totals = {kind: min(answer.number, COUNTED) for kind, answer in answers.items()}
    found.capped = frozenset(kind for kind, answer in answers.items() if answer.number > COUNTED)
    considered = Entry.objects.defer("passages").in_bulk([one for answer in answers.values() for one in answer.places])
    ranked = sorted(considered.values(), key=lambda entry: place(entry, question.terms, asked))
    found.ranked = _best(ranked, question.wanted)
    found.entries = {}
    for entry in found.ranked:
        found.entries.setdefault(entry.kind, []).append(entry)
    return bool(found.ranked)


def _best(ranked: Sequence[Entry], wanted: Mapping[str, int]) -> list[Entry]:
    """The first of each kind, as many as are `wanted`."""
    taken = Counter()
    best = []
    for entry in ranked:
        if taken[entry.kind] < wanted[entry.kind]:
            taken[entry.kind] += 1
            best.append(entry)
    return best


def _correct(found: Found, words: list, asked: tuple[str, ...]) -> tuple[str, ...]:
    """Put into `found` what the words that are in no entry may have meant; answers the query in those words."""
    shown, changed = [], False
    for number, (word, is_known) in enumerate(zip(words, known(found.terms, found.language), strict=True)):
        nearby = None if is_known else corrected(word, found.language)
        if nearby:
            found.terms[number], changed = nearby[0], True
        shown.append(nearby[1] if nearby else " ".join(word.runs))
    if not changed:
        return asked
    found.shown_for = " ".join(shown)
    return runs(found.shown_for)
