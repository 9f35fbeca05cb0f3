"""What waits for one editor: records to review, and drafts begun and left."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.text import capfirst

from engagements.models import Engagement
from intake.models import Intake
from organisations.models import Organisation
from profiles.models import Interview, Profile
from programmes.models import Programme
from publishing.admin.filters import awaits_review
from publishing.models import Action, Publishable, Status, Transition, WorkingDraft
from publishing.workflow import may_publish, permission

# The kind and the number of a record.
Key = tuple[int, int]

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
    """What is to be reviewed of the kinds that `user` may publish, longest first; None for who publishes nothing."""
    kinds = [model for model in KINDS if may_publish(user, model)]
    if not kinds:
        return None
    oldest, every = [], []
    for model in kinds:
        submitted = Transition.objects.of_kind(model).filter(object_id=OuterRef("pk"), action=Action.SUBMIT)
        since = Coalesce(Subquery(submitted.order_by("-at").values("at")[:1]), "updated_at")
        to_review = model._base_manager.filter(awaits_review(model))
        oldest += to_review.annotate(since=since).order_by("since", "pk")[:SHOWN]
        if number := to_review.count():
            address = f"{_address(model, 'changelist')}?publication=to_review"
            every.append(All(number, str(model._meta.verbose_name_plural), address))
    oldest = sorted(oldest, key=lambda record: record.since)[:SHOWN]
    steps = _last_steps(oldest)
    return Waiting([_task(record, record.since, steps.get((_key(record), Action.SUBMIT))) for record in oldest], every)


def unfinished(user) -> list[Task]:
    """What `user` was the last to write on and has not submitted, and what was returned to `user`; the latest first.

    An article taken in is unfinished until drafts are made of it.
    """
    records = _open_ones(user)
    changes, steps, drafts = _last_changes(records), _last_steps(records), _drafts(records)
    tasks = _articles(user)
    for record in records:
        key = _key(record)
        change, draft, last = changes.get(key), drafts.get(key), steps.get((key, ""))
        if last and last.action == Action.RETURN:
            submitted = steps.get((key, Action.SUBMIT))
            if submitted and submitted.user_id == user.pk:
                tasks.append(_task(record, last.at, last))
        elif draft:
            if draft.user_id == user.pk:
                tasks.append(_task(record, draft.updated_at))
        elif change and change.user_id == user.pk:
            tasks.append(_task(record, change.action_time))
    return sorted(tasks, key=lambda task: task.since, reverse=True)[:SHOWN]


def _articles(user) -> list[Task]:
    """The articles that `user` was the last to review."""
    if not user.has_perm(permission(Intake, "change")):
        return []
    intakes = Intake.objects.filter(state=Intake.State.OPEN, changed_by=user).defer("text", "hints", "review")
    return [_task(intake, intake.updated_at) for intake in intakes.order_by("-updated_at", "-pk")[:SHOWN]]


def _open_ones(user) -> list[Publishable]:
    """Drafts, and public records with a working draft that is not in review, on which `user` wrote not too long ago."""
    kinds = _content_types()
    logged = LogEntry.objects.filter(user=user.pk, content_type__in=kinds).order_by("-action_time", "-pk")
    mine: dict[type[Publishable], set[int]] = {model: set() for model in KINDS}
    for rows in (
        logged,
        Transition.objects.filter(user=user.pk, action=Action.SUBMIT, content_type__in=kinds).order_by("-at", "-pk"),
        WorkingDraft.objects.filter(user=user.pk, content_type__in=kinds).order_by("-updated_at", "-pk"),
    ):
        for content_type, object_id in rows.values_list("content_type", "object_id")[:REMEMBERED]:
            mine[kinds[content_type]].add(int(object_id))
    found = []
    for model, pks in mine.items():
        if pks and user.has_perm(permission(model, "change")):
            being_changed = WorkingDraft.objects.of_kind(model).filter(in_review=False).values("object_id")
            is_open = Q(status=Status.DRAFT) | Q(pk__in=being_changed)
            found += model._base_manager.filter(is_open, pk__in=pks)
    return found


def _last_changes(records: list[Publishable]) -> dict[Key, LogEntry]:
    """The last entry of the log about each of these records."""
    entries = LogEntry.objects.filter(_about(records, str)).order_by("action_time", "pk")
    return {(entry.content_type_id, int(entry.object_id)): entry for entry in entries}


def _last_steps(records: list[Publishable]) -> dict[tuple[Key, str], Transition]:
    """The last step with each of these records: of any kind, under "", and of each kind, under its name."""
    steps = Transition.objects.filter(_about(records, int)).select_related("user").order_by("at", "pk")
    found = {}
    for step in steps:
        key = step.content_type_id, step.object_id
        found[key, ""] = found[key, step.action] = step
    return found


def _drafts(records: list[Publishable]) -> dict[Key, WorkingDraft]:
    """The working drafts of these records, without what they contain."""
    drafts = WorkingDraft.objects.filter(_about(records, int)).defer("data")
    return {(draft.content_type_id, draft.object_id): draft for draft in drafts}


def _about(records: list[Publishable], as_key: type) -> Q:
    """Condition "is about one of these records"; logs hold their numbers as `as_key`."""
    by_kind: dict[int, list] = {}
    for record in records:
        content_type, pk = _key(record)
        by_kind.setdefault(content_type, []).append(as_key(pk))
    condition = Q(pk__in=[])
    for content_type, pks in by_kind.items():
        condition |= Q(content_type=content_type, object_id__in=pks)
    return condition


def _content_types() -> dict[int, type[Publishable]]:
    return {kind.pk: model for model, kind in ContentType.objects.get_for_models(*KINDS).items()}


def _key(record: Publishable) -> Key:
    return ContentType.objects.get_for_model(record).pk, record.pk


def _task(record: Publishable | Intake, since: datetime, step: Transition | None = None) -> Task:
    """The record as something to do; `step` is what made it wait, if it was one."""
    return Task(
        name=str(record),
        kind=capfirst(record._meta.verbose_name),
        address=_address(type(record), "change", record.pk),
        since=since,
        by=step.who if step else "",
        comment=step.comment if step else "",
    )


def _address(model: type[Publishable | Intake], page: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)
