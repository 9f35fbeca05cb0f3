"""The publication status that everything public carries."""

from datetime import UTC, datetime

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.querysets import PublishableQuerySet


class Status(models.TextChoices):
    """Where a record stands on its way to the public."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    ARCHIVED = "archived", _("Archived")


class Publishable(models.Model):
    """Abstract base of the records that editors publish.

    A record is public when its status is *published* and `publish_at` has come. Subclasses name in
    `required_for_publication` the fields without which a record cannot be published, and in `parts` the relations of
    what belongs to it (those that point at others after these): parts are saved, compared and restored with it.
    """

    required_for_publication: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    # Where it stands and not what it is: an old version brought back changes none of these.
    not_in_snapshots: tuple[str, ...] = ("status", "publish_at", "created_at", "updated_at")
    # What holds at once and whatever the version: no working draft keeps it back, no old version changes it. A deleted
    # record gets it back.
    at_once: tuple[str, ...] = ()

    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status.choices,
        default=Status.DRAFT,
        help_text=_("Only published records are public. Everything else is seen by staff alone."),
    )
    publish_at = models.DateTimeField(
        _("publication date"),
        null=True,
        blank=True,
        help_text=_(
            "A published record becomes public at this moment. Leave empty to publish at once; "
            "set a time in the future to schedule it."
        ),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects = PublishableQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "publish")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="%(app_label)s_%(class)s_status_known"),
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED) | Q(publish_at__isnull=False),
                name="%(app_label)s_%(class)s_published_has_date",
                violation_error_message=_("A published record needs a publication date."),
            ),
        ]
        # No index on the status: nearly all rows are published, and a planner without statistics (SQLite's, most often)
        # would prefer it to the selective ones.

    def save(self, *args, **kwargs):
        """Save; a record published without a date is dated now."""
        if self.status == Status.PUBLISHED and self.publish_at is None:
            self.publish_at = timezone.now()
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "publish_at"}
        # What follows a save belongs to it: the search index changes with the record or not at all.
        with transaction.atomic(savepoint=False):
            super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse the status *published* while something needed is missing; date it now where it has no date."""
        super().clean()
        if self.status == Status.PUBLISHED:
            self.publish_at = self.publish_at or timezone.now()
            # Parts are saved after it: what they lack now may come with them.
            own = {name: text for name, text in self.missing_for_publication().items() if name not in self.parts}
            if own:
                raise ValidationError(own)

    @property
    def is_public(self) -> bool:
        """Whether anybody may see the record now."""
        return self.status == Status.PUBLISHED and self.publish_at is not None and self.publish_at <= timezone.now()

    @property
    def is_scheduled(self) -> bool:
        """Whether the record is published with a date still to come."""
        return self.status == Status.PUBLISHED and self.publish_at is not None and self.publish_at > timezone.now()

    @property
    def last_changed(self) -> datetime:
        """When what the public sees of the record last changed, in UTC; a scheduled one is saved before it is public.

        For public records only: others may have no date.
        """
        return max(self.updated_at, self.publish_at).astimezone(UTC).replace(microsecond=0)

    @classmethod
    def written(cls, name: str, fields: dict) -> str | None:
        """How people read the column `name` among the `fields` of a snapshot; None where it says so by itself.

        For columns that mean something only together, such as a day and how exactly it is known.
        """
        return None

    def missing_for_publication(self) -> dict[str, str]:
        """What stops publication: a message for each field at fault; empty when nothing does."""
        return {
            name: _("Fill in “%(field)s” before publishing.") % {"field": self._meta.get_field(name).verbose_name}
            for name in self.required_for_publication
            if getattr(self, name) in (None, "")
        }

    def publish(self, at: datetime | None = None) -> None:
        """Publish at `at`, or now.

        Raises ValidationError, naming the fields, when something needed is missing.
        """
        if missing := self.missing_for_publication():
            raise ValidationError(missing)
        self.status = Status.PUBLISHED
        self.publish_at = at or timezone.now()
        self.save(update_fields=["status", "publish_at", "updated_at"])

    def archive(self) -> None:
        """Take the record from the public without deleting it."""
        self.status = Status.ARCHIVED
        self.save(update_fields=["status", "updated_at"])
