"""The log of a record's way to the public: who took which step, when, and what they said."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.models.about import AboutRecord
from publishing.models.publishable import Publishable, Status


class Action(models.TextChoices):
    """A step on the way to the public."""

    SUBMIT = "submit", _("Submitted for review")
    RETURN = "return", _("Returned")
    PUBLISH = "publish", _("Published")
    SCHEDULE = "schedule", _("Scheduled")
    ARCHIVE = "archive", _("Archived")


class Transition(AboutRecord):
    """A step that was taken. `from_status` and `to_status` are equal where it was about a working draft."""

    action = models.CharField(_("step"), max_length=10, choices=Action.choices)
    from_status = models.CharField(_("from"), max_length=10, choices=Status.choices)
    to_status = models.CharField(_("to"), max_length=10, choices=Status.choices)
    publish_at = models.DateTimeField(_("publication date"), null=True, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("step to publication")
        verbose_name_plural = _("steps to publication")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["content_type", "object_id", "-at"], name="transition_of_record_idx"),
            models.Index(fields=["user", "-at"], name="transition_of_user_idx"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(action__in=Action.values), name="transition_action_known"),
        ]

    def __str__(self) -> str:
        return self.get_action_display()

    @property
    def is_about_draft(self) -> bool:
        """Whether it was about changes of a record that was public already."""
        return self.from_status == Status.PUBLISHED and self.action in (Action.SUBMIT, Action.RETURN)

    @classmethod
    def log(cls, record: Publishable, user, action: Action, before: str, comment: str = "") -> "Transition":
        """Write down that `user` took the step from the status `before` to the one that the record has now."""
        return cls.objects.create(
            record=record,
            user=user,
            action=action,
            from_status=before,
            to_status=record.status,
            publish_at=record.publish_at if record.status == Status.PUBLISHED else None,
            comment=comment,
        )
