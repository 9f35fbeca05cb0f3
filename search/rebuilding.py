"""Makes the whole index anew while people read and editors save: a small transaction at a time, only differences."""

from collections import Counter
from collections.abc import Iterator

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import TextField
from django.db.models.functions import Cast

from search.backends import backend
from search.indexing import AT_ONCE, Differences, compare, index, write
from search.kinds import KINDS, Kind
from search.models import Entry, Scheduled, Word


def rebuild(*, only_check: bool = False) -> dict[str, int]:
    """Put the index right, or only look what is wrong; answers the number of differences by what differed.

    Each part is a transaction of its own that holds the index's lock: what an editor saves meanwhile is indexed before
    or after it, and never overwritten by something older.
    """
    counts = {}
    for kind in KINDS.values():
        counts[kind.name] = sum(_put_right(kind, ids, only_check) for ids in _every_record(kind))
        counts[kind.name] += _orphans(kind, only_check)
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
    """Entries of records that are no longer there at all."""
    keys = kind.model._base_manager.order_by().annotate(key=Cast("pk", TextField())).values("key")
    orphans = {
        object_id
        for model in (Entry, Scheduled)
        for object_id in model.objects.filter(kind=kind.name)
        .annotate(key=Cast("object_id", TextField()))
        .exclude(key__in=keys)
        .values_list("object_id", flat=True)
    }
    if not only_check:
        index((kind.name, object_id) for object_id in orphans)
    return len(orphans)


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


def tables_are_ready(plan) -> bool:
    """Whether the database has just been migrated (`plan` is that of the command) all the way to this code."""
    if plan is None:  # not a migration: a database that was emptied has no code lists to index
        return False
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
