"""Takes back what an intake wrote."""

from collections.abc import Iterator

from django.contrib.admin.models import CHANGE, DELETION, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext

from intake.drafting.writing import state_of
from intake.models import Change, Intake
from publishing.deletions import keep_before_deletion
from publishing.models import Publishable, Status, Version, WorkingDraft
from publishing.snapshots import restore, take
from publishing.workflow import may_edit, permission
from search.indexing import together


class WorkWouldBeLostError(ValidationError):
    """Something was edited or published since; `messages` say what would be lost, one a record."""


def take_back(intake: Intake, by, confirmed: bool = False) -> list[str]:
    """Remove what the intake added, and make what it changed as it was before; all of it or nothing.

    What is deleted can be recovered, and what is overwritten stands in the history. The answer names what stays because
    other records need it. Raises WorkWouldBeLostError where something was edited or published since, unless that is
    `confirmed`; then changes of a public record wait in a working draft. Raises PermissionDenied for whoever may not.
    """
    with together():
        intake = Intake.objects.select_for_update(of=("self",)).get(pk=intake.pk)
        if intake.state != Intake.State.DRAFTED:
            raise ValidationError(gettext("There are no drafts of this article to take back."))
        undoings = [_Undoing(change, by) for change in intake.changes.order_by("-pk").select_related("content_type")]
        losses = [loss for undoing in undoings if (loss := undoing.loss())]
        if losses and not confirmed:
            raise WorkWouldBeLostError(losses)
        stays = [text for undoing in undoings if (text := undoing.carry_out())]
        intake.sources.all().delete()
        intake.changes.all().delete()
        intake.state, intake.changed_by = Intake.State.TAKEN_BACK, by
        intake.interview = intake.finished_by = intake.finished_at = None
        intake.save()
        return stays


def losses(intake: Intake) -> list[str]:
    """What would be lost if the intake were taken back now, in words: one a record that was edited or published."""
    with transaction.atomic():
        undoings = [_Undoing(change, None) for change in intake.changes.order_by("-pk").select_related("content_type")]
        return [loss for undoing in undoings if (loss := undoing.loss())]


class _Undoing:
    """The undoing of one change; the record is locked, or None where it was deleted."""

    def __init__(self, change: Change, by):
        self.change, self.by = change, by
        model = change.content_type.model_class()
        rows = model._base_manager.select_for_update(of=("self",)).filter(pk=change.object_id)
        self.record: models.Model | None = rows.first()
        self.draft = WorkingDraft.objects.select_for_update().of(self.record).first() if self.record else None
        self.comment = gettext("Took back what came from an article.")

    def loss(self) -> str:
        """What is lost by it, in words; "" where nothing is."""
        if self.record is None:
            return ""
        told = {"name": self.change.name}
        if self._is_on_its_way():
            return gettext("“%(name)s” was published, or submitted for it, since.") % told
        if self._is_edited():
            return gettext("“%(name)s” was edited since.") % told
        return ""

    def _is_on_its_way(self) -> bool:
        """Whether what the intake wrote was taken further on the way to the public."""
        match self.change.kind:
            case Change.Kind.ADDED:
                return getattr(self.record, "status", Status.DRAFT) != Status.DRAFT
            case Change.Kind.CHANGED:
                return self.record.is_public
            case _:
                return self.draft is None and take(self.record) != self.change.public

    def _is_edited(self) -> bool:
        if self.change.kind == Change.Kind.DRAFTED:
            return self.draft is not None and self.draft.data != self.change.after
        return self.draft is not None or state_of(self.record) != self.change.after

    def carry_out(self) -> str:
        """Undo it; the answer says why the record stays, or is ""."""
        if self.record is None:
            return ""
        if self.change.kind == Change.Kind.ADDED:
            return self._remove()
        if not (self.by is None or may_edit(self.by, self.record, self.draft)):
            raise PermissionDenied
        self._put_back()
        self._log(CHANGE)
        return ""

    def _remove(self) -> str:
        # Whoever may add may take back what nobody touched since.
        verb = "delete" if self.loss() else "add"
        if not (self.by is None or self.by.has_perm(permission(self.record, verb))):
            raise PermissionDenied
        stays = gettext("“%(name)s” stays: other records need it.") % {"name": self.change.name}
        if any(True for _record in self._others_that_would_go()):
            return stays
        try:
            with transaction.atomic():
                self._log(DELETION)
                if isinstance(self.record, Publishable):
                    keep_before_deletion(self.record, self.by)
                self.record.delete()
        except ProtectedError:
            return stays
        return ""

    def _others_that_would_go(self) -> Iterator[models.Model]:
        """Publishable records that belong to it, such as another interview with the person."""
        for relation in type(self.record)._meta.related_objects:
            if relation.on_delete is models.CASCADE and issubclass(relation.related_model, Publishable):
                yield from relation.related_model._base_manager.filter(**{relation.field.name: self.record})

    def _put_back(self) -> None:
        """Make the record, or its working draft, what it was before the intake."""
        if self.change.kind == Change.Kind.CHANGED:
            self._say_again(self.change.before)
        elif self.draft is not None:
            if self._is_edited():
                self.draft.keep(self.comment)
            self._write_draft(self.change.before)
        elif self._is_on_its_way():
            self._say_again(self.change.public)

    def _say_again(self, data: dict) -> None:
        """Let the record say `data`: itself, or in a working draft where it is public."""
        Version.keep(self.record, None, gettext("As it was before."))
        if self.draft is not None:
            self.draft.keep(self.comment)
        if self.record.is_public:
            self._write_draft(data)
            return
        self._write_draft(None)
        restore(self.record, data)
        Version.keep(self.record, self.by, self.comment)

    def _write_draft(self, data: dict | None) -> None:
        if data is None:
            if self.draft is not None:
                self.draft.delete()
            return
        draft = self.draft or WorkingDraft(record=self.record)
        draft.data, draft.user = data, self.by
        draft.save()

    def _log(self, flag: int) -> None:
        if self.by:
            LogEntry.objects.log_actions(self.by.pk, [self.record], flag, self.comment)
