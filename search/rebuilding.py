"""Makes the whole index anew while people read and editors save: a small transaction at a time, only differences."""

from collections import Counter
from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import AutoField, BigIntegerField, Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from modeltranslation.settings import AVAILABLE_LANGUAGES

from search.backends import backend
from search.indexing import AT_ONCE, Differences, compare, index, write
from search.kinds import KINDS, Kind
from search.models import Entry, Scheduled, Word
from search.places import reach


def rebuild(*, only_check: bool = False) -> dict[str, int]:
    """Put the index right, or only look what is wrong; answers the number of differences by what differed.

    Each part is a transaction of its own that holds the index's lock: what an editor saves meanwhile is indexed before
    or after it, and never overwritten by something older.
    """
    counts = {}
    for kind in KINDS.values():
        counts[kind.name] = sum(_put_right(kind, ids, only_check) for ids in _every_record(kind))
        counts[kind.name] += _orphans(kind, only_check)
    counts["unknown"] = _strangers(only_check)
    counts["word"] = _recount_words(only_check)
    if not only_check:
        backend().refresh()
    return counts


def _every_record(kind: Kind) -> Iterator[list[str]]:
    """The keys of all records of a kind, public or not, some at a time."""
    records, last = kind.model._base_manager.order_by("pk"), None
    while True:
        following = records if last is None else records.filter(pk__gt=last)
        some = list(following.values_list("pk", flat=True)[:AT_ONCE])
        if not some:
            return
        last = some[-1]
        yield [str(pk) for pk in some]


def _put_right(kind: Kind, ids: list[str], only_check: bool) -> int:
    with transaction.atomic():
        backend().lock()
        differences: Differences = compare(kind, ids)
        if not only_check:
            write(differences)
    return len(differences)


def _orphans(kind: Kind, only_check: bool) -> int:
    """What is there of records that are no longer there at all."""
    orphans = set(_gone(kind, Scheduled.objects.filter(kind=kind.name)))
    for language in AVAILABLE_LANGUAGES:
        orphans |= set(_gone(kind, Entry.objects.filter(pk__range=reach(language, kind.number))))
    if not only_check:
        index((kind.name, object_id) for object_id in orphans)
    return len(orphans)


def _gone(kind: Kind, rows: QuerySet) -> QuerySet:
    """The keys in these `rows` of records of a kind that are not there."""
    is_number = isinstance(kind.model._meta.pk, AutoField)
    key = Cast("object_id", BigIntegerField() if is_number else TextField())
    records = kind.model._base_manager.filter(pk=OuterRef("key"))
    return rows.annotate(key=key).filter(~Exists(records)).values_list("object_id", flat=True)


def _strangers(only_check: bool) -> int:
    """Entries in places where no kind and language has its own: of a language that was given up."""
    reaches = [reach(language, kind.number) for language in AVAILABLE_LANGUAGES for kind in KINDS.values()]
    known = reduce(or_, (Q(pk__range=places) for places in reaches))
    with transaction.atomic():
        backend().lock()
        strangers = Entry.objects.exclude(known)
        return strangers.count() if only_check else strangers.delete()[0]


def _recount_words(only_check: bool) -> int:
    """Words whose number of uses is not that of the entries."""
    with transaction.atomic():
        backend().lock()
        uses = Counter()
        for language, vocabulary in Entry.objects.values_list("language", "vocabulary").iterator():
            uses.update((language, word) for word in vocabulary.split())
        wrong = dict(uses)
        for language, text, counted in Word.objects.values_list("language", "text", "uses").iterator():
            if right := uses.get((language, text), 0) - counted:
                wrong[language, text] = right
            elif (language, text) in wrong:
                del wrong[language, text]
            else:
                wrong[language, text] = -1  # no use is left, and none was counted
        if not only_check:
            backend().count_words(wrong)
    return len(wrong)
