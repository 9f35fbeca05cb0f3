"""Deleting so that it can be undone: each record leaves a version; what was deleted together comes back together."""

from collections.abc import Iterator
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext

from publishing.models import Presence, Publishable, Version, WorkingDraft
from publishing.snapshots import restore


def keep_before_deletion(record: Publishable, user) -> UUID:
    """Keep versions of the record, and of every publishable record that is deleted with it; the answer names them all.

    To be called in the transaction of the deletion. Working drafts go, and what they say stays in the history.
    """
    deletion = uuid4()
    for each in (record, *_going_with([record])):
        for draft in WorkingDraft.objects.of(each):
            draft.keep(gettext("The working draft at the deletion."))
            draft.delete()
        Presence.objects.of(each).delete()
        Version.keep(each, user, kind=Version.Kind.DELETED, deletion=deletion)
    return deletion


def _going_with(records: list[Publishable]) -> Iterator[Publishable]:
    """The publishable records that go because `records`, all of one kind, are deleted: wholes before their parts."""
    if not records:
        return
    for relation in type(records[0])._meta.related_objects:
        if relation.on_delete is models.CASCADE and issubclass(relation.related_model, Publishable):
            found = list(relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": records}))
            yield from found
            yield from _going_with(found)


def recoverable() -> models.QuerySet[Version]:
    """The last deletion of each record, whether or not the record exists again."""
    versions = Version.objects.filter(kind=Version.Kind.DELETED).select_related("content_type")
    later = versions.filter(
        content_type=OuterRef("content_type"), object_id=OuterRef("object_id"), pk__gt=OuterRef("pk")
    )
    return versions.exclude(Exists(later))


def recoverable_of(model: type[Publishable]) -> models.QuerySet[Version]:
    """The last deletion of each record of `model` that does not exist now, newest first."""
    return recoverable().of_kind(model).exclude(object_id__in=model._base_manager.values("pk"))


def recover(deletion: UUID, user) -> tuple[list[Publishable], list[str]]:
    """Bring back all that was deleted together and is not there: under the old numbers, and as drafts.

    The answer are the records, and what they pointed to that exists no more ("verbose name: key"). Raises
    ValidationError, and nothing is brought back, where one of them cannot stand, as when its address is taken.
    """
    records, lost = [], []
    with transaction.atomic():
        # Wholes were kept before what hangs on them.
        versions = recoverable().filter(deletion=deletion).order_by("pk")
        for version in versions.select_for_update(of=("self",)):
            model = version.content_type.model_class()
            if model._base_manager.filter(pk=version.object_id).exists():
                continue
            record = model(pk=version.object_id)
            try:
                lost += restore(record, version.data)
            except ValidationError as error:
                raise ValidationError([f"{version.name}: {message}" for message in error.messages]) from error
            Version.keep(record, user, gettext("Recovered."))
            records.append(record)
    return records, lost
