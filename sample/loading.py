"""Brings the sample content into the database, and leaves alone what editors made of it."""

from dataclasses import dataclass, field
from pathlib import Path

from django.utils import translation

from engagements.models import Engagement
from organisations.models import Office, Organisation
from profiles.models import Profile
from programmes.models import Programme
from sample import fingerprints
from sample.building import Builder
from sample.kinds import KINDS, Kind
from sample.models import SampleRecord
from sample.reading import DATA, Entry, read
from sample.references import DeletedError, References
from search.indexing import together


@dataclass
class Report:
    """What a run did: how many records it made, changed and found up to date, and which it left alone and why."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    left_alone: list[str] = field(default_factory=list)


def has_content() -> bool:
    """Whether there is anything that an editor or the sample content could have made; one query."""
    keys = [
        model._default_manager.order_by().values("pk")
        for model in (Profile, Programme, Organisation, Office, Engagement)
    ]
    return keys[0].union(*keys[1:], all=True).exists()


def load(directory: Path = DATA) -> Report:
    """Load the data files in `directory`: all of it, or nothing.

    Raises DataError, saying where and why, when a data file is broken.
    """
    entries = read(directory)
    builder = Builder(References())
    report = Report()
    try:
        # The languages' columns are filled one by one; this is for the column without a language, and for messages.
        with together(), translation.override("en"):
            for kind in KINDS:
                _load_kind(kind, entries[kind.label], builder, report)
    except BaseException:
        for file in builder.stored:
            file.delete(save=False)
        raise
    return report


def _load_kind(kind: Kind, entries: list[Entry], builder: Builder, report: Report) -> None:
    remembered = {record.key: record for record in SampleRecord.objects.filter(model=kind.label)}
    states = fingerprints.of_records(kind, [record.object_id for record in remembered.values()])
    namesakes = _namesakes(kind, entries)
    saved = []
    for entry in entries:
        record = remembered.get(entry.key)
        namesake = namesakes.get(entry.natural_value)
        pk = record.object_id if record and record.object_id in states else namesake
        content = fingerprints.of_entry(entry)
        reason = _reason_to_leave(record, states, namesake)
        if reason is None and (record is None or record.content != content):
            try:
                pk = builder.save(entry, kind.model._default_manager.get(pk=pk) if record else None).pk
            except DeletedError as missing:
                reason = f"it refers to {missing}, which is not there any more"
            else:
                saved.append(SampleRecord(model=kind.label, key=entry.key, object_id=pk, content=content))
                report.updated += record is not None
                report.created += record is None
        elif reason is None:
            report.unchanged += 1
        if reason:
            report.left_alone.append(f"{kind.model._meta.verbose_name} {entry.key}: {reason}")
        builder.references.add(kind.model, entry.key, pk)
    _remember(kind, saved)


def _namesakes(kind: Kind, entries: list[Entry]) -> dict[str | None, int]:
    """The records in the database that have the natural key of an entry, whoever made them."""
    if kind.natural_key is None:
        return {}
    values = [entry.natural_value for entry in entries]
    found = kind.model._default_manager.filter(**{f"{kind.natural_key}__in": values})
    return dict(found.values_list(kind.natural_key, "pk"))


def _reason_to_leave(record: SampleRecord | None, states: dict[int, str], namesake: int | None) -> str | None:
    """Why the loader may not make or change the record, if it may not."""
    if record and record.object_id not in states:
        return "an editor deleted it"
    if record and record.state != states[record.object_id]:
        return "an editor changed it"
    if namesake and (record is None or record.object_id != namesake):
        return "somebody else made one with the same name"
    return None


def _remember(kind: Kind, saved: list[SampleRecord]) -> None:
    states = fingerprints.of_records(kind, [record.object_id for record in saved])
    for record in saved:
        record.state = states[record.object_id]
    SampleRecord.objects.bulk_create(
        saved,
        update_conflicts=True,
        unique_fields=["model", "key"],
        update_fields=["object_id", "content", "state"],
    )
