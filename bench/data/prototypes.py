"""Some thousand engagements whose texts and search entries are made by the portal, as patterns for all others.

A pattern holds marks where the others have their own place, country, programme, partners and colleagues. A mark is a
word that the analyser leaves as it is, so what it makes of a text with marks is what it would make of one without.
"""

import json
import random
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import AutoField
from django.utils.text import slugify

from bench.data.base import Base
from bench.data.words import texts
from codelists.models import Country
from engagements.models import Engagement
from organisations.models import Organisation
from profiles.models import Profile
from programmes.models import Programme
from search.analysis import clean, tokens
from search.documents import entries
from search.kinds import KINDS, said
from search.models import Entry

MOST_PARTNERS = MOST_STAFF = 3
# As long as the places are: of long titles the search keeps the beginning.
PLACE = "Zzplack"
RARE, CODE, COUNTRY, PROGRAMME = "zzrarek", "zzcodek", "Zzcountryk", "Zzprogrammek"
PARTNERS = [f"Zzpartner{letter}k" for letter in "abc"]
STAFF = [f"Zzperson{letter}k" for letter in "abc"]
_MARKS = {PLACE: "Place", PLACE.lower(): "place", RARE: "rare", CODE: "code"}
_NAMES_OF_OTHERS = [COUNTRY, PROGRAMME, *PARTNERS, *STAFF]

ENGAGEMENT_COLUMNS = [field.column for field in Engagement._meta.concrete_fields]
ENTRY_FIELDS = [field for field in Entry._meta.concrete_fields if not isinstance(field, AutoField)]
ENTRY_COLUMNS = [field.column for field in ENTRY_FIELDS]
# Columns of words in their order.
SORTED_COLUMNS = [place for place, column in enumerate(ENTRY_COLUMNS) if column in ("vocabulary", "marks")]


@dataclass
class EntryPattern:
    """An entry in one language: values by column, those of `patterns` with marks in Python's %-format."""

    language: str
    values: list[Any]
    patterns: list[tuple[int, str]]
    vocabulary: list[str]


@dataclass
class Prototype:
    """The row of an engagement and its entries; see `EntryPattern`."""

    values: list[Any]
    patterns: list[tuple[int, str]]
    has_programme: bool
    partners: int
    staff: int
    topics: list[int]
    entries: list[EntryPattern]


def prototypes(number: int, base: Base, chance: random.Random) -> list[Prototype]:
    """Patterns with all that does not depend on place, time and people."""
    marked = _Marked()
    return [_prototype(base, marked, chance) for _ in range(number)]


class _Marked:
    """Records whose names are marks; made once, because making them takes longer than all else."""

    def __init__(self):
        self.country = Country(code=CODE, name_en=COUNTRY)
        self.programme = Programme(pk=0, name_en=PROGRAMME)
        self.partners = [Organisation(pk=0, name_en=name) for name in PARTNERS]
        self.staff = [Profile(pk=0, given_name=name, family_name="") for name in STAFF]


def own_tokens(record: Country | Organisation | Profile | Programme) -> dict[str, str]:
    """What the search stores of the name of a record where another one names it: by language of the reader."""
    if isinstance(record, Profile):
        return dict.fromkeys(_LANGUAGES, _joined(tokens(clean(str(record)), "")))
    names = {language: said(record, "name", language) for language in _LANGUAGES}
    named = {language: _joined(tokens(clean(name), spoken)) for language, (name, spoken) in names.items()}
    if isinstance(record, Organisation) and record.acronym_en:
        acronym = _joined(tokens(clean(record.acronym_en), ""))
        return {language: text + acronym for language, text in named.items()}
    return named


def _prototype(base: Base, marked: _Marked, chance: random.Random) -> Prototype:
    kind = chance.choices(Engagement.Kind.values, weights=[30, 25, 8, 10, 10, 7, 10])[0]
    said_of_it = texts(kind, PLACE, RARE, chance)
    in_spanish, in_french = chance.random() < 0.25, chance.random() < 0.2
    trained = chance.random() < 0.35
    engagement = Engagement(
        country=marked.country,
        kind=kind,
        title_en=said_of_it.title[0],
        title_es=said_of_it.title[1] if in_spanish else None,
        title_fr=said_of_it.title[2] if in_french else None,
        slug=slugify(said_of_it.title[0])[:100],
        summary_en=said_of_it.summary[0],
        summary_es=said_of_it.summary[1] if in_spanish else None,
        summary_fr=said_of_it.summary[2] if in_french else None,
        results_en=said_of_it.results[0],
        results_es=said_of_it.results[1] if in_spanish else None,
        results_fr=said_of_it.results[2] if in_french else None,
        sector=chance.choice(base.sectors) if chance.random() < 0.7 else None,
        women_trained=chance.randrange(5, 400) if trained else None,
        men_trained=chance.randrange(5, 400) if trained else None,
    )
    engagement.pk = 0
    has_programme = chance.random() < 0.65
    if has_programme:
        engagement.programme = marked.programme
    partners, staff = chance.choice((0, 1, 1, 2, 3)), chance.choice((1, 1, 2, 2, 3))
    topics = sorted(chance.sample(range(len(base.topics)), chance.choice((0, 1, 1, 2, 3))))
    engagement._prefetched_objects_cache = {
        "topics": [base.topics[place] for place in topics],
        "partners": marked.partners[:partners],
        "staff": marked.staff[:staff],
    }
    values = [
        field.get_db_prep_save(field.pre_save(engagement, add=True), connection)
        for field in Engagement._meta.concrete_fields
    ]
    return Prototype(
        values=values,
        patterns=_patterns(values),
        has_programme=has_programme,
        partners=partners,
        staff=staff,
        topics=[base.topics[place].pk for place in topics],
        entries=[_entry_pattern(entry) for entry in entries(KINDS["engagement"], engagement)],
    )


def _entry_pattern(entry: Entry) -> EntryPattern:
    values = stored_entry(entry)
    vocabulary = [word for word in entry.vocabulary.split() if word != PLACE.lower()]
    return EntryPattern(entry.language, values, _patterns(values), vocabulary)


def stored_entry(entry: Entry) -> list[Any]:
    """The values of `ENTRY_COLUMNS`, as the database in use keeps them."""
    return [
        json.dumps(entry.passages)
        if field.name == "passages"
        else field.get_db_prep_save(getattr(entry, field.attname), connection)
        for field in ENTRY_FIELDS
    ]


def _patterns(values: list[Any]) -> list[tuple[int, str]]:
    """The texts with marks, and which of the values they are.

    The marks for names of others take the space after them along: a name that is not public leaves nothing behind.
    """
    patterns = []
    for place, value in enumerate(values):
        if not isinstance(value, str) or "zz" not in value.lower():
            continue
        text = value.replace("%", "%%")
        for mark, name in _MARKS.items():
            text = text.replace(mark, f"%({name})s")
        for mark in _NAMES_OF_OTHERS:
            text = f"{text} ".replace(f"{mark.lower()} ", f"%({mark})s").removesuffix(" ")
        if text != value:
            patterns.append((place, text))
    return patterns


def _joined(words: tuple[str, ...]) -> str:
    return "".join(f"{word} " for word in words)


def count_words(uses: Counter, pattern: EntryPattern, times: int) -> None:
    """Add the words of a pattern that `times` entries have."""
    for word in pattern.vocabulary:
        uses[pattern.language, word] += times


_LANGUAGES = ("en", "es", "fr")
