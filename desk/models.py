"""What the desk remembers: links and how they answered, possible duplicates, addresses of merged records."""

from typing import Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from profiles.models import Profile

LONGEST_ADDRESS = 1000

# The kinds of records that can be there twice, by the name that addresses of the desk have for them.
MERGEABLE: dict[str, type[models.Model]] = {"profile": Profile, "organisation": Organisation}


class CheckedLink(models.Model):
    """An address that records link to, and how it answered when it was last asked."""

    class Status(models.TextChoices):
        OK = "ok", _("Works")
        BROKEN = "broken", _("Broken")
        UNKNOWN = "unknown", _("Not known")

    class Reason(models.TextChoices):
        """Why it is not known to work."""

        ANSWER = "answer", _("The server answers with an error")
        TIMEOUT = "timeout", _("The server does not answer in time")
        NO_HOST = "no-host", _("There is no server of this name")
        NO_CONNECTION = "no-connection", _("The server cannot be reached")
        CERTIFICATE = "certificate", _("The server's certificate is not valid")
        NONSENSE = "nonsense", _("What the server answers is no web page")
        CIRCLE = "circle", _("The server sends from one address to the next without end")
        NOT_PUBLIC = "not-public", _("The address is not on the public internet")
        MALFORMED = "malformed", _("This is no complete web address")

    url = models.CharField(_("link"), max_length=LONGEST_ADDRESS, unique=True)
    in_text = models.BooleanField(_("stands in a text"), default=False)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.UNKNOWN)
    reason = models.CharField(_("reason"), max_length=15, choices=Reason.choices, blank=True)
    http_status = models.PositiveSmallIntegerField(_("HTTP status"), null=True, blank=True)
    checked_at = models.DateTimeField(_("last checked"), null=True, blank=True)
    first_failed_at = models.DateTimeField(_("fails since"), null=True, blank=True)

    class Meta:
        verbose_name = _("checked link")
        verbose_name_plural = _("checked links")
        ordering = ["url"]
        indexes = [models.Index(fields=["url"], name="broken_link_idx", condition=Q(status="broken"))]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=["ok", "broken", "unknown"]), name="link_status_known"),
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def why(self) -> str:
        """In words, why it is not known to work; "" where it works."""
        if self.reason == self.Reason.ANSWER:
            return gettext("The server answers with the error %(number)d") % {"number": self.http_status}
        return self.get_reason_display()


class PossibleDuplicateQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Pairs that somebody should look at: both records are there, and nobody said that they are two."""
        present = Q()
        for kind, model in MERGEABLE.items():
            first, second = (Exists(model._base_manager.filter(pk=OuterRef(side))) for side in ("first", "second"))
            present |= Q(kind=kind) & Q(first) & Q(second)
        return self.filter(present, set_aside_at__isnull=True)

    def with_record(self, kind: str, pk: int) -> Self:
        """Pairs that the record is one of."""
        return self.filter(Q(first=pk) | Q(second=pk), kind=kind)


class PossibleDuplicate(models.Model):
    """Two records of a kind that may be one. The record with the smaller key is the first."""

    class Reason(models.TextChoices):
        SAME = "same", _("The same name")
        NEARLY = "nearly", _("Nearly the same name")
        LONGER = "longer", _("One name has all words of the other")
        ACRONYM = "acronym", _("The same acronym")

    kind = models.CharField(_("kind of record"), max_length=20)
    first = models.BigIntegerField(_("number of the first"))
    second = models.BigIntegerField(_("number of the second"))
    reason = models.CharField(_("why"), max_length=10, choices=Reason.choices)
    set_aside_at = models.DateTimeField(_("found to be two different ones"), null=True, blank=True)
    set_aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = PossibleDuplicateQuerySet.as_manager()

    class Meta:
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        ordering = ["kind", "first", "second"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "first", "second"], name="possible_duplicate_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="possible_duplicate_in_order"),
            models.CheckConstraint(
                condition=Q(reason__in=["same", "nearly", "longer", "acronym"]), name="possible_duplicate_reason_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first}, {self.second}"

    def set_aside(self, user) -> None:
        """Remember that these are two different ones."""
        self.set_aside_at, self.set_aside_by = timezone.now(), user
        self.save(update_fields=["set_aside_at", "set_aside_by"])


class FormerAddress(models.Model):
    """The public address, without its language, that a record had before it was merged into another."""

    path = models.CharField(_("path"), max_length=200, unique=True)
    content_type = models.ForeignKey(ContentType, verbose_name=_("kind"), on_delete=models.CASCADE, related_name="+")
    object_id = models.BigIntegerField(_("number of the record"))
    record = GenericForeignKey()

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        ordering = ["path"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="former_address_of_idx")]

    def __str__(self) -> str:
        return self.path
