"""What a record was like at some time, and what it shall be like once its changes are published."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.models.about import AboutRecord
from publishing.models.publishable import Publishable
from publishing.snapshots import take, take_all


class Version(AboutRecord):
    """What a record and its parts were like at one moment; `data` is a snapshot (`publishing.snapshots`)."""

    class Kind(models.TextChoices):
        SAVED = "saved", _("Saved")
        SET_ASIDE = "set-aside", _("Not saved: somebody else had saved first")
        DELETED = "deleted", _("Deleted")

    kind = models.CharField(_("kind of version"), max_length=10, choices=Kind.choices, default=Kind.SAVED)
    name = models.CharField(_("name"), max_length=300)
    data = models.JSONField(_("contents"))
    comment = models.CharField(_("comment"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("when"), default=timezone.now)
    # One deletion takes several records along, and brings them back together.
    deletion = models.UUIDField(_("deletion"), null=True, blank=True, db_index=True)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id", "-created_at"], name="version_of_record_idx")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["saved", "set-aside", "deleted"]), name="version_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def keep(cls, record: Publishable, user, comment: str = "", **extra) -> "Version":
        """Remember what `record` is like now; where that is known already, the version that has it is the answer."""
        data = take(record)
        last = cls.objects.of(record).filter(kind=cls.Kind.SAVED).first()
        if last and last.data == data and not extra:
            return last
        return cls.objects.create(record=record, user=user, name=str(record)[:300], data=data, comment=comment, **extra)

    def say_merged_into(self, kept: Publishable) -> None:
        """Note that the record was merged into another: what is done to the person there concerns this version too."""
        earlier = type(self).objects.filter(content_type=self.content_type, data__merged_into=self.object_id)
        for version in [self, *earlier]:
            version.data["merged_into"] = kept.pk
            version.save(update_fields=["data"])

    @classmethod
    def keep_all(cls, model: type[Publishable], pks: Iterable[int], user, comment: str = "") -> None:
        """Remember what these records of `model` are like now: for many, in as few queries as for one.

        Each has a new version, also where the last one says the same.
        """
        content_type = ContentType.objects.get_for_model(model)
        cls.objects.bulk_create(
            cls(
                content_type=content_type,
                object_id=record.pk,
                user=user,
                name=str(record)[:300],
                data=data,
                comment=comment[:300],
            )
            for record, data in take_all(model, pks)
        )

    @classmethod
    def set_aside(cls, record: Publishable, user, data: dict) -> "Version":
        """Remember a snapshot that was typed and could not be saved."""
        return cls.objects.create(record=record, user=user, kind=cls.Kind.SET_ASIDE, name=str(record)[:300], data=data)


class WorkingDraft(AboutRecord):
    """The changes of a public record that the public does not see until they are published."""

    data = models.JSONField(_("contents"))
    in_review = models.BooleanField(_("in review"), default=False)
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta:
        verbose_name = _("working draft")
        verbose_name_plural = _("working drafts")
        ordering = ["updated_at"]
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="one_working_draft_a_record")]

    def __str__(self) -> str:
        return str(self.record)

    def keep(self, comment: str) -> Version:
        """Remember in the history what the draft says, before it goes."""
        return Version.objects.create(
            record=self.record, user=self.user, name=str(self.record)[:300], data=self.data, comment=comment
        )
