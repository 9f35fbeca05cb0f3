"""Fills an empty, migrated portal with a data set."""

import random
import time
from collections.abc import Iterator

from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.db import transaction
from django.db.models import Model

from bench.data.base import FAR_AHEAD, fill
from bench.data.engagements import COLUMNS, ENTRIES, SCHEDULED, Writer, stored
from bench.data.loading import loader
from bench.data.prototypes import prototypes, stored_entry
from bench.data.recipe import SEED, Size
from publishing.models import Publishable, Status
from search.documents import entries
from search.kinds import KINDS
from search.models import Entry, Scheduled, Word

EDITOR = "bench"  # the superuser whose session sees the lists of the admin


def build(size: Size) -> None:
    """Fill the database in use, and say how long each part took."""
    started = time.monotonic()

    def done(what: str) -> None:
        print(f"  {time.monotonic() - started:6.1f} s  {what}", flush=True)

    chance = random.Random(SEED)
    get_user_model().objects.create_superuser(EDITOR, email="bench@example.org", password=None)
    with transaction.atomic():
        base = fill(size, chance)
    done(f"{size.people} people, {size.organisations} organisations, {size.programmes} programmes")
    patterns = prototypes(size.prototypes, base, chance)
    done(f"{size.prototypes} prototypes of engagements")
    Entry.objects.all().delete()
    Scheduled.objects.all().delete()
    Word.objects.all().delete()
    load = loader()
    writer = Writer(base, patterns, size.engagements, size.places, SEED)
    with load.bare([*COLUMNS, Word._meta.db_table]):
        for rows in writer.chunks():
            for table, some in rows.items():
                load.insert(table, COLUMNS[table], some)
        done(f"{size.engagements} engagements with their entries in the search index")
        words = writer.words_of_titles()
        load.insert(ENTRIES, COLUMNS[ENTRIES], _entries_of_the_others(words))
        load.insert(SCHEDULED, COLUMNS[SCHEDULED], _scheduled_others())
        load.insert(
            Word._meta.db_table, ["language", "text", "uses"], ((*key, uses) for key, uses in sorted(words.items()))
        )
        done("the search index of everything else")
    done("indexes of the database")
    if "rebuild_tallies" in get_commands():
        call_command("rebuild_tallies", verbosity=0)
        done("tallies")
    load.finish()
    done("ready")


def _entries_of_the_others(words: dict[tuple[str, str], int]) -> Iterator[tuple]:
    """The entries of all records but engagements; `words` counts those of their titles."""
    for kind in KINDS.values():
        if kind.name == "engagement":
            continue
        for record in kind.indexed().iterator(chunk_size=500):
            for entry in entries(kind, record):
                for word in entry.vocabulary.split():
                    words[entry.language, word] += 1
                yield stored_entry(entry)


def _scheduled_others() -> Iterator[tuple]:
    for kind in KINDS.values():
        if kind.name != "engagement" and issubclass(kind.model, Publishable):
            yield from _of_the_future(kind.name, kind.model)


def _of_the_future(kind: str, model: type[Model]) -> Iterator[tuple]:
    coming = model._base_manager.filter(status=Status.PUBLISHED, publish_at__gte=FAR_AHEAD)
    for key, moment in coming.values_list("pk", "publish_at"):
        yield kind, str(key), stored(moment)
