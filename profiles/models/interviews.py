"""Published conversations with colleagues: questions, answers, photos."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from codelists.models import Language
from multilingual.text import in_some_language, lacks
from profiles.consent import ConsentScope
from profiles.models.profiles import Profile
from profiles.querysets import InterviewPhotoQuerySet, InterviewQuerySet
from publishing.images import FramingField, PictureField, RenditionsField
from publishing.models import Publishable, Status
from publishing.ordering import Ordered
from richtext.fields import RichTextField


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
