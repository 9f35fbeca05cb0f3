"""The way of a record to the public: which steps there are, who may take them, and taking one.

Two kinds of people: who may *change* records of a kind writes drafts and submits them; who may also *publish* them
(`<app>.publish_<model>`) reviews, publishes, schedules, returns and archives.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing.models import Action, Publishable, Status, Transition, Version, WorkingDraft
from publishing.snapshots import restore


@dataclass(frozen=True)
class Step:
    """A step that an editor can take. `before` are the statuses that it leads on from."""

    action: Action
    label: Promise
    done: Promise
    before: Collection[Status]
    needs_publish: bool = True
    asks_comment: bool = False
    asks_moment: bool = False

    def check(self, comment: str, at: datetime | None) -> None:
        """Raise ValidationError, for `comment` or `at`, where what belongs to the step is missing."""
        if self.asks_comment and not comment.strip():
            raise ValidationError({"comment": gettext("Say in the comment what is to be done.")})
        if self.asks_moment and (at is None or at <= timezone.now()):
            raise ValidationError({"at": gettext("Choose a date and time to come.")})


STEPS = {
    step.action: step
    for step in (
        Step(Action.SUBMIT, _("Submit for review"), _("Submitted for review."), {Status.DRAFT}, needs_publish=False),
        Step(
            Action.PUBLISH,
            _("Publish now"),
            _("Published."),
            {Status.DRAFT, Status.IN_REVIEW, Status.PUBLISHED, Status.ARCHIVED},
        ),
        Step(
            Action.SCHEDULE,
            _("Schedule"),
            _("Scheduled."),
            {Status.DRAFT, Status.IN_REVIEW, Status.PUBLISHED, Status.ARCHIVED},
            asks_moment=True,
        ),
        Step(
            Action.RETURN,
            _("Return with the comment"),
            _("Returned as a draft."),
            {Status.IN_REVIEW, Status.ARCHIVED},
            asks_comment=True,
        ),
        Step(Action.ARCHIVE, _("Archive"), _("Archived."), {Status.DRAFT, Status.IN_REVIEW, Status.PUBLISHED}),
    )
}


def permission(model: type[models.Model] | models.Model, verb: str) -> str:
    """The name of the permission to do `verb` (add, change, publish, …) to records of `model`."""
    return f"{model._meta.app_label}.{verb}_{model._meta.model_name}"


def may_publish(user, model: type[models.Model] | models.Model) -> bool:
    """Whether `user` reviews and publishes records of this kind."""
    return user.has_perm(permission(model, "change")) and user.has_perm(permission(model, "publish"))


def may_change(user, record: Publishable) -> bool:
    """Whether `user` may change what the record itself says; without the right to publish only in drafts."""
    return user.has_perm(permission(record, "change")) and (
        record.status == Status.DRAFT or user.has_perm(permission(record, "publish"))
    )


def may_edit(user, record: Publishable, draft: WorkingDraft | None) -> bool:
    """Whether `user` may write on the record's page in the admin; of a public one that is its working draft."""
    if may_change(user, record):
        return True
    waits = draft is not None and draft.in_review
    return record.is_public and not waits and user.has_perm(permission(record, "change"))


def steps_for(user, record: Publishable, draft: WorkingDraft | None = None) -> list[Step]:
    """The steps that `user` may take with the record, or with the working draft of its changes."""
    return [step for step in STEPS.values() if is_open(step, record, draft) and may_take(user, step, record, draft)]


def is_open(step: Step, record: Publishable, draft: WorkingDraft | None) -> bool:
    """Whether the step leads on from where the record is."""
    if record.is_public:
        match step.action:
            case Action.SUBMIT:
                return draft is None or not draft.in_review
            case Action.RETURN:
                return draft is not None and draft.in_review
            case Action.SCHEDULE:
                return False
        return True
    return record.status in step.before


def may_take(user, step: Step, record: Publishable, draft: WorkingDraft | None) -> bool:
    """Whether `user` may take the step, wherever the record is."""
    if step.needs_publish:
        return may_publish(user, record)
    return may_edit(user, record, draft)


def take_step(
    record: Publishable, action: Action, user, *, comment: str = "", at: datetime | None = None
) -> Transition:
    """Take a step with the record, or with its working draft where it is public; it is written into the log.

    `at` is when a scheduled record becomes public. Raises PermissionDenied for whoever may not, and ValidationError
    with what to do where the step is not possible: something needed is missing, or somebody was there first.
    """
    step = STEPS[Action(action)]
    with transaction.atomic():
        current = type(record)._base_manager.select_for_update(of=("self",)).get(pk=record.pk)
        draft = WorkingDraft.objects.select_for_update().of(record).first()
        if not may_take(user, step, current, draft):
            raise PermissionDenied
        if not is_open(step, current, draft):
            raise ValidationError(
                gettext("It is not possible now: “%(status)s”.") % {"status": current.get_status_display()}
            )
        step.check(comment, at)
        before = current.status
        _TAKEN_BY[step.action](current, draft, at)
        transition = Transition.log(current, user, step.action, before, comment)
        Version.keep(current, user, str(step.done))
    record.refresh_from_db()
    return transition


def _submit(record: Publishable, draft: WorkingDraft | None, at) -> None:
    if record.is_public:
        if draft is None:
            raise ValidationError(gettext("Nothing was changed."))
        draft.in_review = True
        draft.save()
    else:
        record.status = Status.IN_REVIEW
        record.save(update_fields=["status", "updated_at"])


def _return(record: Publishable, draft: WorkingDraft | None, at) -> None:
    if record.is_public:
        draft.in_review = False
        draft.save()
    else:
        record.status = Status.DRAFT
        record.publish_at = None
        record.save(update_fields=["status", "publish_at", "updated_at"])


def _publish(record: Publishable, draft: WorkingDraft | None, at) -> None:
    was_public = record.is_public
    if was_public and draft is None:
        raise ValidationError(gettext("It is published already, and nothing was changed."))
    _take_over(record, draft)
    if not was_public:
        record.publish()
    elif missing := record.missing_for_publication():
        raise ValidationError(missing)


def _schedule(record: Publishable, draft: WorkingDraft | None, at: datetime | None) -> None:
    _take_over(record, draft)
    record.publish(at=at)


def _archive(record: Publishable, draft: WorkingDraft | None, at) -> None:
    record.archive()
    _take_over(record, draft)  # nobody sees it now, so its changes need not wait elsewhere


def take_over_draft(record: Publishable) -> None:
    """Make the changes that wait in a working draft the record's own; to be called in a transaction."""
    _take_over(record, WorkingDraft.objects.of(record).first())


def _take_over(record: Publishable, draft: WorkingDraft | None) -> None:
    if draft:
        restore(record, draft.data)
        draft.delete()


_TAKEN_BY = {
    Action.SUBMIT: _submit,
    Action.RETURN: _return,
    Action.PUBLISH: _publish,
    Action.SCHEDULE: _schedule,
    Action.ARCHIVE: _archive,
}
