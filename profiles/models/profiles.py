"""The colleagues themselves, with the consent to show them."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from codelists.models import Language, Topic
from multilingual.text import alphabetical, lacks
from organisations.models import Office
from profiles.consent import ConsentDocumentField, ConsentScope
from profiles.querysets import ProfileQuerySet
from publishing.fields import ProtectedManyToManyField
from publishing.images import FramingField, PictureField, RenditionsField
from publishing.models import Publishable, Status


class Profile(Publishable):
    """A colleague who works on cooperatives and agreed to be shown."""

    required_for_publication = ("office", "post_title_en", "summary_en", "consent_date", "consent_scope")
    parts = ("links", "education", "positions")
    # A version brought back must not bring a withdrawn consent back.
    not_in_snapshots = (*Publishable.not_in_snapshots, "withdrawn_on", "withdrawn_reason")
    at_once = ("consent_date", "consent_by", "consent_scope", "consent_document")

    given_name = models.CharField(_("given name"), max_length=100)
    family_name = models.CharField(_("family name"), max_length=100, db_index=True)
    slug = models.SlugField(
        _("slug"), max_length=100, unique=True, help_text=_("The last part of the profile's address.")
    )
    post_title = models.CharField(
        _("post title"), max_length=200, blank=True, help_text=_("For example: Enterprises Specialist.")
    )
    office = models.ForeignKey(
        Office, verbose_name=_("office"), null=True, blank=True, on_delete=models.PROTECT, related_name="profiles"
    )
    portrait = PictureField(_("portrait"), folder="portraits", blank=True)
    portrait_framing = FramingField(
        _("framing of the portrait"),
        help_text=_(
            "Pages show the portrait as a square, cut around the focal point. In percent of the whole picture; "
            "leave everything empty to show it whole."
        ),
    )
    portrait_renditions = RenditionsField(_("renditions of the portrait"), square=True)
    portrait_alt = models.CharField(
        _("portrait in words"),
        max_length=250,
        blank=True,
        help_text=_("What the portrait shows, for people who do not see it. Needed to publish a portrait."),
    )
    portrait_credit = models.CharField(_("portrait credit"), max_length=150, blank=True)
    summary = models.TextField(
        _("summary"), blank=True, help_text=_("Two or three sentences, shown on cards and at the top of the page.")
    )
    languages = ProtectedManyToManyField(
        Language, verbose_name=_("languages spoken"), blank=True, related_name="profiles"
    )
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="profiles")
    consent_date = models.DateField(
        _("consent given on"), null=True, blank=True, help_text=_("When the person agreed to be published.")
    )
    consent_by = models.CharField(
        _("consent given by"),
        max_length=200,
        blank=True,
        help_text=_("Who gave the consent and how, for example: the person, by e-mail."),
    )
    consent_scope = models.CharField(
        _("consent given to"),
        max_length=10,
        choices=ConsentScope.choices,
        blank=True,
        help_text=_(
            "What may be shown. Without pictures, neither a portrait nor photos of interviews can be published."
        ),
    )
    consent_document = ConsentDocumentField(
        _("proof of the consent"),
        blank=True,
        help_text=_("The letter or e-mail: PDF, JPEG or PNG up to 10 MB. It is never public."),
    )
    # Written by `withdraw_consent()` alone.
    withdrawn_on = models.DateField(_("consent withdrawn on"), null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField(_("reason of the withdrawal"), max_length=200, blank=True, editable=False)
    is_example = models.BooleanField(
        _("invented example"), default=False, help_text=_("Shown with a label that says so. For sample content.")
    )
    featured = models.BooleanField(_("show on the home page"), default=False, db_index=True)

    objects = ProfileQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        ordering = ["family_name", "given_name", "pk"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(consent_date__isnull=True) | ~Q(consent_by=""),
                name="profile_consent_says_by_whom",
                violation_error_message=_("Say who gave the consent."),
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(consent_date__isnull=False),
                name="profile_published_with_consent",
                violation_error_message=_("A profile is published only with the person's consent."),
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(withdrawn_on__isnull=True),
                name="profile_published_not_withdrawn",
                violation_error_message=_("The person has withdrawn the consent."),
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(consent_scope__in=["text", "pictures", "reuse"]),
                name="profile_published_with_scope",
                violation_error_message=_("Say what the person agreed to."),
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(portrait="") | Q(consent_scope__in=["pictures", "reuse"]),
                name="profile_portrait_within_consent",
                violation_error_message=_("The person did not agree to be shown in pictures."),
            ),
            models.CheckConstraint(
                condition=Q(consent_scope__in=["", "text", "pictures", "reuse"]), name="profile_consent_scope_known"
            ),
            models.CheckConstraint(condition=~Q(slug=""), name="profile_slug_not_empty"),
        ]
        # In the orders of the directory.
        indexes = [
            models.Index(alphabetical("family_name"), alphabetical("given_name"), "id", name="profile_by_name_idx"),
            models.Index(fields=["-publish_at", "-id"], name="profile_newest_idx"),
        ]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}"

    def get_absolute_url(self) -> str:
        return reverse("profiles:detail", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        if self.consent_date and not self.consent_by:
            raise ValidationError({"consent_by": _("Say who gave the consent.")})

    def missing_for_publication(self) -> dict[str, str]:
        missing = super().missing_for_publication()
        if self.portrait and not self.portrait_alt_en:
            missing["portrait_alt_en"] = _("Say in words what the portrait shows before publishing.")
        if self.withdrawn_on:
            missing["consent_date"] = _("The consent was withdrawn on %(date)s. Record a new consent first.") % {
                "date": date_format(self.withdrawn_on)
            }
        for relation in ("education", "positions"):
            if self.pk and self._has_untitled(relation):
                missing[relation] = _("Write every title in English before publishing.")
        if self.consent_scope == ConsentScope.TEXT:
            if self.portrait:
                missing["portrait"] = _("The person agreed to text only. Remove the portrait before publishing.")
            if self.pk and self._shows_photos():
                missing["consent_scope"] = _(
                    "The person agreed to text only, and a published interview has photos. Remove these first."
                )
        return missing

    def _shows_photos(self) -> bool:
        """Whether a published interview has photos; known already of those `with_what_publication_asks()`."""
        if (known := getattr(self, "has_published_photos", None)) is not None:
            return known
        return self.interviews.filter(status=Status.PUBLISHED, photos__isnull=False).exists()

    def _has_untitled(self, relation: str) -> bool:
        """Whether a step has no English title; known already of those `with_what_publication_asks()`."""
        if (known := getattr(self, f"has_untitled_{relation}", None)) is not None:
            return known
        return getattr(self, relation).filter(lacks("title_en")).exists()

    def withdraw_consent(self, on: date, reason: str = "") -> None:
        """Take the person from the public, until there is a new consent.

        Interviews, pictures and whatever else is tied to the profile is public only with it.
        """
        self.status = Status.ARCHIVED
        self.withdrawn_on, self.withdrawn_reason = on, reason
        self.save(update_fields=["status", "withdrawn_on", "withdrawn_reason", "updated_at"])

    @property
    def reuse_agreed(self) -> bool:
        """Whether the person agreed that others use texts and pictures as open data."""
        return self.consent_scope == ConsentScope.REUSE

    @property
    def initials(self) -> str:
        """Shown where there is no portrait."""
        return f"{self.given_name[:1]}{self.family_name[:1]}".upper()


class ProfileLink(models.Model):
    """A link on a profile, such as a publication list."""

    profile = models.ForeignKey(Profile, verbose_name=_("profile"), on_delete=models.CASCADE, related_name="links")
    label = models.CharField(_("label"), max_length=150)
    url = models.URLField(_("link"), max_length=500)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.label
