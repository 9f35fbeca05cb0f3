"""Staff profiles: who works on cooperatives, their education, career and interviews."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from codelists.models import Country, Language, Topic
from multilingual.text import in_some_language, lacks
from organisations.models import Office, Organisation
from profiles.consent import ConsentDocumentField, ConsentScope
from profiles.querysets import InterviewPhotoQuerySet, InterviewQuerySet, ProfileQuerySet
from publishing.fields import ProtectedManyToManyField
from publishing.images import FramingField, PictureField, RenditionsField
from publishing.models import Publishable, Status
from publishing.ordering import Ordered
from richtext.fields import RichTextField

YEAR_VALIDATORS = [MinValueValidator(1900), MaxValueValidator(2100)]


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
        photos = InterviewPhoto.objects.filter(interview__profile=self.pk, interview__status=Status.PUBLISHED)
        return photos.exists()

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


class CareerStep(models.Model):
    """Abstract base of education and positions: something done from one year to another."""

    title = models.CharField(_("title"), max_length=250)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    from_year = models.PositiveSmallIntegerField(_("from year"), null=True, blank=True, validators=YEAR_VALIDATORS)
    to_year = models.PositiveSmallIntegerField(
        _("to year"),
        null=True,
        blank=True,
        validators=YEAR_VALIDATORS,
        help_text=_("Empty: until today, or not known."),
    )

    class Meta:
        abstract = True
        ordering = [F("from_year").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_year__isnull=True) | Q(from_year__isnull=True) | Q(to_year__gte=F("from_year")),
                name="%(class)s_ends_after_start",
                violation_error_message=_("The last year is before the first year."),
            ),
            models.CheckConstraint(
                condition=(Q(from_year__isnull=True) | Q(from_year__range=(1900, 2100)))
                & (Q(to_year__isnull=True) | Q(to_year__range=(1900, 2100))),
                name="%(class)s_years_plausible",
            ),
        ]

    def __str__(self) -> str:
        return in_some_language(self, "title")

    def clean(self) -> None:
        super().clean()
        if self.from_year and self.to_year and self.to_year < self.from_year:
            raise ValidationError({"to_year": _("The last year is before the first year.")})

    @property
    def years(self) -> str:
        """The years as people write them: “2001–2004”, “since 2019” is left to the template."""
        return "–".join(str(year) for year in dict.fromkeys([self.from_year, self.to_year]) if year)


class Education(CareerStep):
    """A course of study."""

    profile = models.ForeignKey(Profile, verbose_name=_("profile"), on_delete=models.CASCADE, related_name="education")
    country = models.ForeignKey(
        Country, verbose_name=_("country"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(CareerStep.Meta):
        verbose_name = _("education")
        verbose_name_plural = _("education")


class Position(CareerStep):
    """A post held, here or elsewhere."""

    profile = models.ForeignKey(Profile, verbose_name=_("profile"), on_delete=models.CASCADE, related_name="positions")
    countries = ProtectedManyToManyField(Country, verbose_name=_("countries"), blank=True, related_name="positions")

    class Meta(CareerStep.Meta):
        verbose_name = _("position")
        verbose_name_plural = _("positions")


class Series(models.Model):
    """A series of interviews, such as COOP Champions."""

    name = models.CharField(_("name"), max_length=150)
    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    introduction = RichTextField(
        _("introduction"), blank=True, help_text=_("What the series is about. Printed before each interview.")
    )

    class Meta:
        verbose_name = _("interview series")
        verbose_name_plural = pgettext_lazy("plural", "interview series")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Interview(Publishable):
    """A published conversation with a colleague."""

    required_for_publication = ("title_en", "published_on")
    parts = ("exchanges", "photos")

    profile = models.ForeignKey(Profile, verbose_name=_("profile"), on_delete=models.CASCADE, related_name="interviews")
    series = models.ForeignKey(
        Series,
        verbose_name=_("series"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="interviews",
    )
    title = models.CharField(_("title"), max_length=250)
    pull_quote = models.CharField(
        _("pull quote"),
        max_length=300,
        blank=True,
        help_text=_("One sentence of the interview that makes people want to read it. Shown large."),
    )
    published_on = models.DateField(
        _("date of the interview"), null=True, blank=True, help_text=_("The date that the article bears.")
    )
    source_url = models.URLField(
        _("source"), max_length=500, blank=True, help_text=_("Where the interview was first printed.")
    )
    language = models.ForeignKey(
        Language,
        verbose_name=_("original language"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="interviews",
    )

    objects = InterviewQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")
        ordering = ["-published_on", "-pk"]

    def __str__(self) -> str:
        return in_some_language(self, "title")

    def get_absolute_url(self) -> str:
        return f"{self.profile.get_absolute_url()}#interview-{self.pk}"

    def missing_for_publication(self) -> dict[str, str]:
        missing = super().missing_for_publication()
        if not self.pk:
            return missing
        if not self.exchanges.exists():
            missing["exchanges"] = _("Write and save at least one question before publishing.")
        elif self.exchanges.filter(lacks("question_en")).exists():
            missing["exchanges"] = _("Write every question in English before publishing.")
        photos = list(self.photos.all())
        if photos and self.profile.consent_scope == ConsentScope.TEXT:
            missing["photos"] = _("The person agreed to text only. Remove the photos before publishing.")
        elif unsaid := ", ".join(f"{n}. {photo}".strip() for n, photo in enumerate(photos, 1) if not photo.alt_en):
            missing["photos"] = _("Say in words what each photo shows before publishing. Photos: %(photos)s") % {
                "photos": unsaid
            }
        return missing

    @property
    def is_public(self) -> bool:
        """Whether anybody may see the interview now: the profile must be public too."""
        return super().is_public and self.profile.is_public


class Exchange(Ordered):
    """One question and its answer."""

    interview = models.ForeignKey(
        Interview, verbose_name=_("interview"), on_delete=models.CASCADE, related_name="exchanges"
    )
    question = models.TextField(_("question"))
    answer = RichTextField(_("answer"), blank=True)

    class Meta(Ordered.Meta):
        verbose_name = _("question and answer")
        verbose_name_plural = _("questions and answers")
        constraints = [
            models.UniqueConstraint(fields=["interview", "order"], name="one_exchange_per_order"),
            models.CheckConstraint(
                condition=Q(order__gte=1),
                name="exchange_order_from_1",
                violation_error_message=_("The order counts from 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {in_some_language(self, 'question')[:80]}"


class InterviewPhoto(models.Model):
    """A photo with the caption it had in the article, after the exchange where it stood."""

    interview = models.ForeignKey(
        Interview, verbose_name=_("interview"), on_delete=models.CASCADE, related_name="photos"
    )
    exchange = models.ForeignKey(
        Exchange,
        verbose_name=_("after question"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="photos",
        help_text=_("The photo is shown under this answer. Empty: before the first question."),
    )
    image = PictureField(_("photo"), folder="photos")
    image_framing = FramingField(
        _("framing of the photo"),
        help_text=_(
            "Pages show what lies in the crop. In percent of the whole picture; "
            "leave everything empty to show it whole."
        ),
    )
    image_renditions = RenditionsField(_("renditions of the photo"))
    alt = models.CharField(
        _("photo in words"), max_length=250, help_text=_("What it shows, for people who do not see it.")
    )
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    credit = models.CharField(_("credit"), max_length=150, blank=True)

    objects = InterviewPhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.caption or self.alt

    def clean(self) -> None:
        super().clean()
        if self.exchange_id and self.exchange.interview_id != self.interview_id:
            raise ValidationError({"exchange": _("This question belongs to another interview.")})
        interview = self.interview
        if (
            interview.status == Status.PUBLISHED
            and interview.profile_id
            and interview.profile.consent_scope == ConsentScope.TEXT
        ):
            raise ValidationError(
                {"image": _("The person agreed to text only: a public interview can have no photos.")}
            )
