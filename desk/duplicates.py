"""Finds records that may be there twice, by their names.

Words are compared folded and in any order: accents, capitals and “Ruiz, Ana” for “Ana Ruiz” make no difference. The
country counts: ministries of labour of two countries are two, and so are a Mario Silva and a Maria Silva far apart.
To compare each with each would take hours where there are many. Only those are compared that share a word.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from django.db import models, transaction
from modeltranslation.utils import get_translation_fields
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from desk.models import MERGEABLE, PossibleDuplicate
from organisations.models import Organisation
from profiles.models import Profile
from search.analysis import fold, is_stop_word, runs

Reason = PossibleDuplicate.Reason
Pairs = dict[tuple[int, int], Reason]

# Of more records of one name each is only set beside the next one: merging goes two by two anyway.
MOST_OF_A_NAME = 20
# Words that more records of a country have than this tell nothing about them.
MOST_WITH_A_WORD = 1000
LONGEST_NAME = 6  # words of which a shorter name is looked for


@dataclass(frozen=True)
class Named:
    """A record under its names: of each name the folded words, sorted."""

    pk: int
    names: tuple[tuple[str, ...], ...]
    country: str | None
    acronyms: frozenset[str] = frozenset()

    def may_be(self, other: "Named") -> bool:
        """Whether their countries do not tell them apart."""
        return self.country is None or other.country is None or self.country == other.country


def find_again() -> dict[str, int]:
    """Look for possible duplicates of every kind and remember them; answers how many are open, by kind.

    What was set aside stays so; pairs that no longer look alike are forgotten.
    """
    finders = {"profile": people_twice, "organisation": organisations_twice}
    for kind, model in MERGEABLE.items():
        _remember(kind, finders[kind](model._base_manager.all()))
    return {kind: PossibleDuplicate.objects.open().filter(kind=kind).count() for kind in MERGEABLE}


@transaction.atomic
def _remember(kind: str, found: Pairs) -> None:
    known = {(pair.first, pair.second): pair for pair in PossibleDuplicate.objects.filter(kind=kind)}
    gone = [pair.pk for key, pair in known.items() if key not in found and pair.set_aside_at is None]
    # In slices: databases take only so many values in one query.
    for start in range(0, len(gone), 500):
        PossibleDuplicate.objects.filter(pk__in=gone[start : start + 500]).delete()
    PossibleDuplicate.objects.bulk_create(
        [
            PossibleDuplicate(kind=kind, first=first, second=second, reason=reason)
            for (first, second), reason in found.items()
        ],
        update_conflicts=True,
        unique_fields=["kind", "first", "second"],
        update_fields=["reason"],
        batch_size=500,
    )


def people_twice(profiles: models.QuerySet[Profile]) -> Pairs:
    """Profiles that may be of one person."""
    rows = profiles.order_by("pk").values_list("pk", "given_name", "family_name", "office__country")
    people = [
        Named(pk, (tuple(sorted(runs(f"{given_name} {family_name}"))),), country)
        for pk, given_name, family_name, country in rows
    ]
    found = _pairs(_longer(people), Reason.LONGER)
    found |= _pairs(_nearly(people, _few_slips), Reason.NEARLY)
    return found | _pairs(_same(people, apart=False), Reason.SAME)


def organisations_twice(organisations: models.QuerySet[Organisation]) -> Pairs:
    """Organisations that may be one: compared in every language, with their acronyms."""
    names, acronyms = get_translation_fields("name"), get_translation_fields("acronym")
    known = []
    for row in organisations.order_by("pk").values("pk", "country", *names, *acronyms):
        in_every_language = (spelling for name in names if row[name] for spelling in _spellings(row[name]))
        known.append(
            Named(
                row["pk"],
                tuple(dict.fromkeys(filter(None, in_every_language))),
                row["country"],
                frozenset(filter(None, (fold(row[acronym] or "") for acronym in acronyms))),
            )
        )
    found = _pairs(_nearly(known, _nearly_all_letters, same_country=True), Reason.NEARLY)
    found |= _pairs(_same_acronym(known), Reason.ACRONYM)
    return found | _pairs(_same(known, apart=True), Reason.SAME)


def _spellings(name: str) -> list[tuple[str, ...]]:
    """The words of an organisation's name without “of”, “the” and the like, sorted; and the name in one word."""
    words = runs(name)
    meaningful = sorted(word for word in words if not is_stop_word(word))
    return [tuple(meaningful or sorted(words)), tuple(filter(None, ["".join(words)]))]


def _pairs(alike: Iterable[tuple[Named, Named]], reason: Reason) -> Pairs:
    return {(min(one.pk, other.pk), max(one.pk, other.pk)): reason for one, other in alike if one.pk != other.pk}


def _same(records: list[Named], *, apart: bool) -> Iterator[tuple[Named, Named]]:
    """Records of the same name; `apart`: unless their countries differ."""
    by_name = defaultdict(list)
    for record in records:
        for name in record.names:
            by_name[name].append(record)
    yield from _each_with_each(by_name.values(), apart=apart)


def _same_acronym(records: list[Named]) -> Iterator[tuple[Named, Named]]:
    """Records of the same acronym, also where one has it for a name, in a country that both have."""
    by_acronym = defaultdict(list)
    for record in records:
        for acronym in record.acronyms | {name[0] for name in record.names if len(name) == 1}:
            by_acronym[acronym, record.country].append(record)
    with_acronym = (group for group in by_acronym.values() if any(record.acronyms for record in group))
    yield from _each_with_each(with_acronym, apart=True)


def _each_with_each(groups: Iterable[list[Named]], *, apart: bool) -> Iterator[tuple[Named, Named]]:
    for group in groups:
        if len(group) > MOST_OF_A_NAME:
            group.sort(key=lambda record: record.country or "")
            pairs = pairwise(group)
        else:
            pairs = combinations(group, 2)
        yield from ((one, other) for one, other in pairs if not apart or one.may_be(other))


def _longer(records: list[Named]) -> Iterator[tuple[Named, Named]]:
    """Records of which one has all words of the other and more: Ana Ruiz and Ana María Ruiz."""
    by_name = defaultdict(list)
    for record in records:
        for name in record.names:
            by_name[name].append(record)
    for record in records:
        for name in record.names:
            shorter = (
                some for number in range(2, min(len(name), LONGEST_NAME)) for some in set(combinations(name, number))
            )
            for some in shorter:
                yield from ((record, other) for other in by_name.get(some, ()) if record.may_be(other))


def _nearly(records: list[Named], alike, *, same_country: bool = False) -> Iterator[tuple[Named, Named]]:
    """Records that share a word and whose names are `alike`: a function of a text and the texts to compare it with."""
    by_word = defaultdict(dict)
    for record in records:
        for name in record.names:
            for word in name:
                by_word[word, record.country if same_country else None][" ".join(name), record] = None
    for group in by_word.values():
        if len(group) > MOST_WITH_A_WORD:
            continue
        texts = [text for text, _record in group]
        members = [record for _text, record in group]
        for number, (text, record) in enumerate(zip(texts, members, strict=True)):
            for place in alike(text, texts[number + 1 :]):
                other = members[number + 1 + place]
                if record.may_be(other):
                    yield record, other


def _few_slips(text: str, others: list[str]) -> Iterator[int]:
    """The places of those that are one slip of the finger away; two in a long name. Equal ones are found otherwise."""
    allowed = 1 if len(text) < 14 else 2
    found = process.extract(text, others, scorer=OSA.distance, score_cutoff=allowed, limit=None, processor=None)
    return (place for _text, distance, place in found if distance)


def _nearly_all_letters(text: str, others: list[str]) -> Iterator[int]:
    """The places of those with as many words, nearly all letters in common, and all numbers."""
    found = process.extract(text, others, scorer=fuzz.ratio, score_cutoff=90, limit=None, processor=None)
    return (
        place
        for other, _ratio, place in found
        if text != other and text.count(" ") == other.count(" ") and _numbers(text) == _numbers(other)
    )


def _numbers(text: str) -> list[str]:
    return [word for word in text.split() if word.isdigit()]
