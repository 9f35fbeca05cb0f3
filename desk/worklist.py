"""What waits for one editor: records to review, and drafts begun and left."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count
from django.urls import reverse
from django.utils.text import capfirst

from engagements.models import Engagement
from organisations.models import Organisation
from profiles.models import Interview, Profile
from programmes.models import Programme
from publishing.models import Publishable, Status

KINDS: list[type[Publishable]] = [Profile, Interview, Programme, Organisation, Engagement]
SHOWN = 5
# As far back as is looked for drafts that somebody left: the number of the person's latest changes.
REMEMBERED = 200


@dataclass(frozen=True)
class Task:
    """A record that somebody should open, and what is known of how it came to wait."""

    name: str
    kind: str
    address: str
    since: datetime
    by: str = ""
    comment: str = ""


@dataclass(frozen=True)
class All:
    """All records of a kind that wait, and the list that shows them."""

    number: int
    kind: str
    address: str


@dataclass(frozen=True)
class Waiting:
    """What waits longest, and how much there is in all."""

    tasks: list[Task]
    all: list[All]


def waiting(user) -> Waiting | None:
    """What is in review of the kinds that `user` may publish, longest first; None for who publishes nothing."""
    kinds = [model for model in KINDS if _may(user, "publish", model)]
    if not kinds:
        return None
    oldest, every = [], []
    for model in kinds:
        in_review = model._base_manager.filter(status=Status.IN_REVIEW)
        oldest += in_review.order_by("updated_at", "pk")[:SHOWN]
        if number := in_review.aggregate(number=Count("pk"))["number"]:
            address = f"{_address(model, 'changelist')}?publication=in_review"
            every.append(All(number, str(model._meta.verbose_name_plural), address))
    oldest = sorted(oldest, key=lambda record: record.updated_at)[:SHOWN]
    submitted = _last_changes(oldest)
    return Waiting([_task(record, submitted.get(_key(record))) for record in oldest], every)


def unfinished(user) -> list[Task]:
    """Drafts whose last change was by `user`, the latest first."""
    mine: dict[type[Publishable], list[int]] = {}
    kinds = _content_types()
    latest = LogEntry.objects.filter(user=user.pk, content_type__in=kinds).order_by("-action_time", "-pk")
    for content_type, object_id in latest.values_list("content_type", "object_id")[:REMEMBERED]:
        mine.setdefault(kinds[content_type], []).append(int(object_id))
    drafts = [
        draft
        for model, pks in mine.items()
        if _may(user, "change", model)
        for draft in model._base_manager.filter(pk__in=pks, status=Status.DRAFT)
    ]
    changes = _last_changes(drafts)
    left = [draft for draft in drafts if changes[_key(draft)].user_id == user.pk]
    tasks = [_task(draft, changes[_key(draft)]) for draft in left]
    return sorted(tasks, key=lambda task: task.since, reverse=True)[:SHOWN]


def _last_changes(records: list[Publishable]) -> dict[tuple[int, int], LogEntry]:
    """The last entry of the log about each of these records, by `_key`."""
    if not records:
        return {}
    about = models.Q()
    for content_type, model in _content_types().items():
        pks = [str(record.pk) for record in records if type(record) is model]
        about |= models.Q(content_type=content_type, object_id__in=pks)
    entries = LogEntry.objects.filter(about).select_related("user").order_by("action_time", "pk")
    return {(entry.content_type_id, int(entry.object_id)): entry for entry in entries}


def _content_types() -> dict[int, type[Publishable]]:
    return {kind.pk: model for model, kind in ContentType.objects.get_for_models(*KINDS).items()}


def _key(record: Publishable) -> tuple[int, int]:
    return ContentType.objects.get_for_model(record).pk, record.pk


def _task(record: Publishable, change: LogEntry | None) -> Task:
    return Task(
        name=str(record),
        kind=capfirst(record._meta.verbose_name),
        address=_address(type(record), "change", record.pk),
        since=change.action_time if change else record.updated_at,
        by=(change.user.get_full_name() or change.user.get_username()) if change else "",
    )


def _may(user, verb: str, model: type[Publishable]) -> bool:
    return user.has_perm(f"{model._meta.app_label}.{verb}_{model._meta.model_name}")


def _address(model: type[Publishable], page: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)
