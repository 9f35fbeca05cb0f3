"""Keeps the index like the records: its entries are made anew of what is public, and only differences written."""

import logging
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import DatabaseError, transaction
from django.utils import timezone

from engagements.tallies.counting import recount
from publishing.models import Publishable, Status
from search.backends import backend
from search.documents import COLUMNS, entries
from search.kinds import KINDS, Kind
from search.models import Entry, Scheduled
from search.places import places_of
from search.relations import Key
from search.signals import followed
from search.waiting import naming, settle

logger = logging.getLogger(__name__)

AT_ONCE = 100  # records: in one query, and in memory


@dataclass
class Differences:
    """Where the index is not what it should be: for the records of one kind."""

    missing: list[Entry] = field(default_factory=list)
    stale: list[Entry] = field(default_factory=list)
    surplus: list[Entry] = field(default_factory=list)
    words: Counter = field(default_factory=Counter)
    coming: list[Scheduled] = field(default_factory=list)
    not_coming: list[Scheduled] = field(default_factory=list)
    renamed: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)

    def __len__(self) -> int:
        return sum(map(len, (self.missing, self.stale, self.surplus, self.coming, self.not_coming)))


class _Pending(threading.local):
    keys: set[Key] | None = None


_pending = _Pending()


@contextmanager
def together() -> Iterator[None]:
    """One transaction whose changes are indexed at its end, each record once: for many changes at a time."""
    if _pending.keys is not None:
        yield
        return
    with transaction.atomic():
        _pending.keys = set()
        try:
            yield
            keys = _pending.keys
        finally:
            _pending.keys = None
        _index_and_tell(keys)


def follow(keys: Iterable[Key]) -> None:
    """Index these records now, or at the end of `together()`."""
    if _pending.keys is None:
        _index_and_tell(set(keys))
    else:
        _pending.keys.update(keys)


def _index_and_tell(keys: set[Key]) -> None:
    if keys:
        with transaction.atomic(savepoint=False):
            # Whoever has a change indexed has it counted: the two are never called one without the other.
            recount(int(object_id) for kind, object_id in keys if kind == "engagement")
            index(keys)
            followed.send(sender=None)


def index(keys: Iterable[Key]) -> None:
    """Bring the entries of these records up to date, and those of the records that name them: see `naming`."""
    waiting, done = set(keys), set()
    if not waiting:
        return
    with transaction.atomic(savepoint=False):
        backend().lock()
        while waiting:
            others = set()
            for kind, ids in _by_kind(waiting):
                differences = compare(kind, ids)
                write(differences)
                settle(kind, ids)
                others |= naming(kind.model, differences.renamed - differences.hidden)
                others |= naming(kind.model, differences.hidden, hides=True)
            done |= waiting
            waiting = others - done


def compare(kind: Kind, ids: Sequence[str]) -> Differences:
    """What is not in the index as it should be of the records with these keys, public or not."""
    now = timezone.now()
    found = kind.indexed().filter(pk__in=[kind.model._meta.pk.to_python(one) for one in ids])
    wanted = {(entry.object_id, entry.language): entry for record in found for entry in entries(kind, record)}
    public = {object_id for object_id, _language in wanted}
    differences = Differences()
    for entry in Entry.objects.filter(pk__in=[place for one in ids for place in places_of(kind.number, one)]):
        new = wanted.pop((entry.object_id, entry.language), None)
        if new is None:
            differences.surplus.append(entry)
            _renamed(differences, entry.object_id, entry, None)
        elif any(getattr(entry, column) != getattr(new, column) for column in COLUMNS):
            differences.stale.append(new)
            _renamed(differences, entry.object_id, entry, new)
    for new in wanted.values():
        differences.missing.append(new)
        _renamed(differences, new.object_id, None, new)
    _compare_scheduled(kind, [one for one in ids if one not in public], ids, now, differences)
    return differences


def _renamed(differences: Differences, object_id: str, old: Entry | None, new: Entry | None) -> None:
    """Note the words of the titles, and whether those who name the record have to know."""
    for entry, change in ((old, -1), (new, 1)):
        if entry:
            differences.words.update({(entry.language, word): change for word in entry.vocabulary.split()})
    if old is None or new is None or old.title != new.title:
        differences.renamed.add(object_id)
    if new is None:
        differences.hidden.add(object_id)


def _compare_scheduled(kind: Kind, hidden: list[str], ids: Sequence[str], now, differences: Differences) -> None:
    if not issubclass(kind.model, Publishable):
        return
    # Later than the moment at which this began: what came due meanwhile was found, or will be looked for again.
    upcoming = kind.model._base_manager.filter(pk__in=hidden, status=Status.PUBLISHED, publish_at__gt=now)
    wanted = {str(pk): moment for pk, moment in upcoming.values_list("pk", "publish_at")}
    for row in Scheduled.objects.filter(kind=kind.name, object_id__in=ids):
        if wanted.get(row.object_id) == row.publish_at:
            del wanted[row.object_id]
        elif row.object_id not in wanted:
            differences.not_coming.append(row)
    differences.coming += [
        Scheduled(kind=kind.name, object_id=object_id, publish_at=moment) for object_id, moment in wanted.items()
    ]


def write(differences: Differences) -> None:
    """Put the index right."""
    if changed := differences.missing + differences.stale:
        Entry.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=COLUMNS,
            batch_size=AT_ONCE,
        )
    if differences.surplus:
        Entry.objects.filter(pk__in=[entry.pk for entry in differences.surplus]).delete()
    if differences.coming:
        Scheduled.objects.bulk_create(
            differences.coming,
            update_conflicts=True,
            unique_fields=["kind", "object_id"],
            update_fields=["publish_at"],
        )
    if differences.not_coming:
        Scheduled.objects.filter(pk__in=[row.pk for row in differences.not_coming]).delete()
    if differences.coming or differences.not_coming:
        followed.send(sender=None)
    backend().count_words(differences.words)


def index_what_has_come_due() -> int:
    """Index up to `AT_ONCE` records whose publication date has come; how many. Where nothing can be written, none."""
    try:
        due = Scheduled.objects.filter(publish_at__lte=timezone.now()).order_by("publish_at")
        if keys := list(due.values_list("kind", "object_id")[:AT_ONCE]):
            index(keys)
        return len(keys)
    except DatabaseError:
        logger.warning("records that became public could not be indexed", exc_info=True)
        return 0


def _by_kind(keys: Iterable[Key]) -> Iterator[tuple[Kind, list[str]]]:
    """The keys of each kind, in an order that is always the same, `AT_ONCE` at a time."""
    by_kind = defaultdict(list)
    for name, object_id in sorted(keys):
        by_kind[name].append(object_id)
    for name, ids in by_kind.items():
        for start in range(0, len(ids), AT_ONCE):
            yield KINDS[name], ids[start : start + AT_ONCE]
