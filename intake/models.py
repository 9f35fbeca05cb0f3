"""What the intake remembers: articles taken in with their reviews, where each fact comes from, and what was written."""

import hashlib
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intake.findings import Article, Hint, HintKind, Span
from profiles.models import Interview, Profile
from publishing.models.about import AboutQuerySet, AboutRecord, name_of


class IntakeQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Those whose review somebody can go on with."""
        return self.exclude(state=Intake.State.DRAFTED)

    def of_text(self, text: str) -> Self:
        """Those of the same article, whatever its spaces, line ends and capitals."""
        return self.filter(digest=digest(text))


class Intake(models.Model):
    """An article that was taken in, with the review of what was read out of it.

    `review` is what `intake.review` makes, corrected by editors and perhaps half done. The article is about a person:
    `profile` names them as soon as that is known, so that the article is exported and erased with the person. Neither
    it nor `interview` is a foreign key in the database: both outlive a deletion, and hold again after the recovery.
    """

    class State(models.TextChoices):
        OPEN = "open", _("In review")
        DRAFTED = "drafted", _("Drafts created")
        TAKEN_BACK = "taken-back", _("Taken back")

    title = models.CharField(_("title"), max_length=300)
    text = models.TextField(_("article"))
    hints = models.JSONField(_("what the file said of places"), default=list, blank=True)
    digest = models.CharField(_("digest of the article"), max_length=64, db_index=True, editable=False)
    file_name = models.CharField(_("name of the file"), max_length=255, blank=True)
    source_url = models.URLField(
        _("source"), max_length=500, blank=True, help_text=_("Where the interview was first printed.")
    )
    language = models.CharField(_("language of the article"), max_length=3, blank=True)
    review = models.JSONField(_("review"), default=dict, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    profile = models.ForeignKey(
        Profile,
        verbose_name=_("profile"),
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="intakes",
    )
    interview = models.ForeignKey(
        Interview,
        verbose_name=_("interview"),
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="intakes",
    )
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken in by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("last reviewed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("drafts created by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("taken in"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)
    finished_at = models.DateTimeField(_("drafts created"), null=True, blank=True)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("article taken in")
        verbose_name_plural = _("articles taken in")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["open", "drafted", "taken-back"]), name="intake_state_known"),
            models.CheckConstraint(
                condition=~Q(state="drafted") | Q(finished_at__isnull=False), name="intake_drafted_says_when"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs):
        self.digest = digest(self.text)
        super().save(*args, **kwargs)

    @property
    def article(self) -> Article:
        """The article as it was read."""
        hints = tuple(Hint(HintKind(kind), Span(start, end)) for kind, start, end in self.hints)
        return Article(self.text, hints, self.language)

    @property
    def is_open(self) -> bool:
        """Whether the review can be gone on with, and drafts be created."""
        return self.state != self.State.DRAFTED

    @property
    def who(self) -> str:
        """The name of who worked at it last, "" where nobody is known."""
        return name_of(self.changed_by or self.begun_by)

    @property
    def person(self) -> Profile | None:
        """The profile, unless it was deleted."""
        return Profile._base_manager.filter(pk=self.profile_id).first()

    def keep_review(self, review: dict[str, Any], by) -> None:
        """Save the review as it is now, and whom it is about."""
        self.review, self.changed_by = review, by
        self.title = name_in(review)[: Intake._meta.get_field("title").max_length] or self.title
        # Of drafts that were taken back somebody may recover the profile.
        if review["profile"]["match"] or self.state == self.State.OPEN:
            self.profile_id = review["profile"]["match"]
        # What was typed may be no address, and of any length: the review keeps it as it is.
        self.source_url = review["interview"]["source_url"][: Intake._meta.get_field("source_url").max_length]
        self.save(update_fields=["review", "title", "changed_by", "profile", "source_url", "digest", "updated_at"])

    def same_articles(self) -> IntakeQuerySet:
        """Other intakes of the same article."""
        return Intake.objects.of_text(self.text).exclude(pk=self.pk)


def name_in(review: dict[str, Any]) -> str:
    """The name of the person as the review has it, or ""."""
    profile = review["profile"]
    return " ".join(f"{profile['given_name']} {profile['family_name']}".split())


def digest(text: str) -> str:
    """The same for the same words in the same order."""
    return hashlib.sha256(" ".join(text.casefold().split()).encode()).hexdigest()


class Source(AboutRecord):
    """A place in an article that says what a record says: `start` and `end` are offsets into the intake's text."""

    intake = models.ForeignKey(Intake, verbose_name=_("article"), on_delete=models.CASCADE, related_name="sources")
    start = models.PositiveIntegerField(_("begins at"))
    end = models.PositiveIntegerField(_("ends before"))

    objects = AboutQuerySet.as_manager()

    class Meta:
        verbose_name = _("source of a fact")
        verbose_name_plural = _("sources of facts")
        default_permissions = ()
        ordering = ["intake", "start", "end"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="source_of_record_idx")]
        constraints = [models.CheckConstraint(condition=Q(end__gt=models.F("start")), name="source_is_not_empty")]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """What the article says there, on one line."""
        return " ".join(self.intake.text[self.start : self.end].split())


class Change(AboutRecord):
    """What the intake did to a record, in order, so that it can be taken back.

    `before` and `after` are snapshots (`publishing.snapshots`): of the record, or of its working draft where only that
    was written. `before` is None where there was nothing; `public` is what a public record said at that time.
    """

    class Kind(models.TextChoices):
        ADDED = "added", _("Added")
        CHANGED = "changed", _("Changed")
        DRAFTED = "drafted", _("Changed in a working draft")

    intake = models.ForeignKey(Intake, verbose_name=_("article"), on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(_("what was done"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=300)
    before = models.JSONField(_("contents before"), null=True, blank=True)
    public = models.JSONField(_("public contents before"), null=True, blank=True)
    after = models.JSONField(_("contents after"))

    objects = AboutQuerySet.as_manager()

    class Meta:
        verbose_name = _("change by the intake")
        verbose_name_plural = _("changes by the intake")
        default_permissions = ()
        ordering = ["pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="intake_change_of_record_idx")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["added", "changed", "drafted"]), name="intake_change_kind_known"
            ),
            models.UniqueConstraint(fields=["intake", "content_type", "object_id"], name="one_intake_change_a_record"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"
