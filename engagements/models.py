"""Country engagements: who did what, where, with whom, and when."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from codelists.models import Country, Sector, Topic
from engagements import dates
from engagements.dates import Precision
from engagements.querysets import EngagementQuerySet
from engagements.tallies.models import Coming, Counted, RecordTally, Tally, Total, Use
from multilingual.dates import written_days
from organisations.models import Organisation
from profiles.models import Profile
from programmes.models import Programme
from publishing.fields import ProtectedManyToManyField
from publishing.models import Publishable
from richtext.fields import RichTextField

__all__ = ["Coming", "Counted", "Engagement", "EngagementStaff", "RecordTally", "Tally", "Total", "Use"]

# People trained in one engagement: a larger number is a slip of the finger.
MOST_TRAINED = 10_000_000

# Columns that lists are filtered by, each with the word for it in the name of its index.
LISTED_BY = {
    "country": "country",
    "programme": "programme",
    "sector": "sector",
    "kind": "kind",
    "activity_status": "status",
}


def _index_of_lists(by: str, name: str) -> models.Index:
    """The index of lists with a filter by the column `by`, in their order.

    It knows the other columns too: of those who filter by two, it finds the rows that match without looking at others.
    """
    others = [column for column in LISTED_BY if column != by]
    return models.Index(fields=[by, "-start_date", "-id", *others], name=f"engagement_by_{name}_idx")


class Engagement(Publishable):
    """A piece of work in a country. Its programme, if any, counts as used there once this is public."""

    class Kind(models.TextChoices):
        WORKSHOP = "workshop", _("Workshop or event")
        TRAINING_OF_TRAINERS = "training-of-trainers", _("Training of trainers")
        ADAPTATION = "adaptation", _("Adaptation of a programme")
        POLICY_ADVICE = "policy-advice", _("Policy advice")
        RESEARCH = "research", _("Research")
        PILOT = "pilot", _("Pilot")
        PROJECT = "project", _("Project")

    class ActivityStatus(models.TextChoices):
        """IATI's code list ActivityStatus (version 2.03)."""

        PIPELINE = "1", _("Planned")
        IMPLEMENTATION = "2", _("Under way")
        FINALISATION = "3", _("Being finalised")
        CLOSED = "4", _("Completed")
        CANCELLED = "5", _("Cancelled")
        SUSPENDED = "6", _("Suspended")

        @classmethod
        def going_on(cls) -> list[str]:
            """The status of an engagement that has begun and is not over."""
            return [cls.IMPLEMENTATION, cls.FINALISATION, cls.SUSPENDED]

    required_for_publication = ("title_en", "summary_en")
    parts = ("engagement_staff",)

    country = models.ForeignKey(
        Country, verbose_name=_("country"), on_delete=models.PROTECT, related_name="engagements", db_index=False
    )
    programme = models.ForeignKey(
        Programme,
        verbose_name=_("programme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="engagements",
        db_index=False,
        help_text=_("The training programme that was used, if any. One engagement for each programme."),
    )
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(
        _("slug"),
        max_length=100,
        blank=True,
        help_text=_("Part of the address. Left empty, it is made of the title."),
    )
    kind = models.CharField(_("kind"), max_length=25, choices=Kind.choices)
    summary = models.TextField(_("summary"), blank=True, help_text=_("What was done: one to three plain sentences."))
    results = RichTextField(_("results"), blank=True, help_text=_("What came of it."))
    start_date = models.DateField(_("start"))
    start_precision = models.CharField(
        _("precision of the start"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    end_date = models.DateField(_("end"), null=True, blank=True)
    end_precision = models.CharField(
        _("precision of the end"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    activity_status = models.CharField(
        _("activity status"),
        max_length=1,
        choices=ActivityStatus.choices,
        default=ActivityStatus.CLOSED,
    )
    sector = models.ForeignKey(
        Sector,
        verbose_name=_("sector"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="engagements",
        db_index=False,
    )
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="engagements")
    partners = ProtectedManyToManyField(
        Organisation, verbose_name=_("partners"), blank=True, related_name="engagements"
    )
    staff = models.ManyToManyField(
        Profile, verbose_name=_("staff"), through="EngagementStaff", related_name="engagements"
    )
    women_trained = models.PositiveIntegerField(
        _("women trained"), null=True, blank=True, validators=[MaxValueValidator(MOST_TRAINED)]
    )
    men_trained = models.PositiveIntegerField(
        _("men trained"), null=True, blank=True, validators=[MaxValueValidator(MOST_TRAINED)]
    )
    source_url = models.URLField(_("source"), max_length=500, blank=True, help_text=_("A page where this is reported."))

    objects = EngagementQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("engagement")
        verbose_name_plural = _("engagements")
        ordering = ["-start_date", "-pk"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(end_date__isnull=True) | Q(end_date__gte=F("start_date")),
                name="engagement_ends_after_start",
                violation_error_message=_("The end is before the start."),
            ),
            models.CheckConstraint(
                condition=Q(start_date__range=(date(1900, 1, 1), date(2100, 12, 31))),
                name="engagement_start_plausible",
                violation_error_message=_("The start is not between the years 1900 and 2100."),
            ),
            models.CheckConstraint(
                condition=Q(start_precision__in=Precision.values, end_precision__in=Precision.values),
                name="engagement_precisions_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "workshop",
                        "training-of-trainers",
                        "adaptation",
                        "policy-advice",
                        "research",
                        "pilot",
                        "project",
                    ]
                ),
                name="engagement_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(activity_status__in=["1", "2", "3", "4", "5", "6"]),
                name="engagement_activity_status_known",
            ),
            models.CheckConstraint(condition=~Q(slug=""), name="engagement_slug_not_empty"),
            models.CheckConstraint(
                condition=(Q(women_trained__isnull=True) | Q(women_trained__lte=MOST_TRAINED))
                & (Q(men_trained__isnull=True) | Q(men_trained__lte=MOST_TRAINED)),
                name="engagement_trained_plausible",
            ),
        ]
        indexes = [
            # In the order of lists, whole and under a filter: a page of 20 reads 20 rows, whatever the number of rows.
            # They stand in for indexes on the columns alone, of which the fields therefore have none.
            models.Index(fields=["-start_date", "-id"], name="engagement_newest_idx"),
            *(_index_of_lists(*by) for by in LISTED_BY.items()),
            # On an expression, or SQLite would find by it what is public, which is nearly everything, and sort that.
            models.Index(Coalesce("publish_at", "created_at").desc(), F("id").desc(), name="engagement_published_idx"),
            models.Index(fields=["-updated_at", "-id"], name="engagement_changed_idx"),
            # Few are not public. The condition is one that both databases recognise in "is a draft".
            models.Index(
                fields=["status", "-start_date", "-id"],
                name="engagement_not_public_idx",
                condition=Q(status="draft") | Q(status="in_review") | Q(status="archived"),
            ),
            models.Index(fields=["programme", "country"], name="engagement_programme_idx"),
            models.Index(Coalesce("end_date", "start_date"), name="engagement_last_day_idx"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs):
        self._make_slug()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        self._make_slug()
        if self.start_date and self.end_date and self.end_date < self.start_date:
            raise ValidationError({"end_date": _("The end is before the start.")})

    def get_absolute_url(self) -> str:
        return reverse("engagements:detail", args=[self.pk, self.slug])

    @classmethod
    def written(cls, name: str, fields: dict) -> str | None:
        match name:
            case "start_date" | "end_date":
                precision = fields[name.replace("date", "precision")]
                return dates.display(date.fromisoformat(fields[name]), precision)
            case "start_precision" | "end_precision":
                return ""  # it is seen in the date
        return super().written(name, fields)

    def _make_slug(self) -> None:
        self.slug = self.slug or slugify(self.title_en or self.title)[:100] or "engagement"

    @property
    def period(self) -> str:
        """When it was, as precisely as is known."""
        start = dates.display(self.start_date, self.start_precision)
        end = dates.display(self.end_date, self.end_precision) if self.end_date else start
        if start == end:
            return start
        within_a_month = self.start_date.replace(day=1) == self.end_date.replace(day=1)
        if within_a_month and self.start_precision == self.end_precision == Precision.DAY:
            return written_days(self.start_date, self.end_date)
        return f"{start} – {end}"


class EngagementStaff(models.Model):
    """A colleague's part in an engagement."""

    class Role(models.TextChoices):
        LEAD = "lead", _("Lead")
        COORDINATOR = "coordinator", _("Coordinator")
        TRAINER = "trainer", _("Trainer")
        ADVISER = "adviser", _("Adviser")
        RESEARCHER = "researcher", _("Researcher")
        CONTRIBUTOR = "contributor", _("Contributor")

    engagement = models.ForeignKey(
        Engagement, verbose_name=_("engagement"), on_delete=models.CASCADE, related_name="engagement_staff"
    )
    profile = models.ForeignKey(
        Profile, verbose_name=_("profile"), on_delete=models.PROTECT, related_name="engagement_staff"
    )
    role = models.CharField(_("role"), max_length=15, choices=Role.choices, default=Role.CONTRIBUTOR)

    class Meta:
        verbose_name = _("member of staff")
        verbose_name_plural = _("staff")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "profile"],
                name="one_role_per_person_per_engagement",
                violation_error_message=_("This person is on the engagement already."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=["lead", "coordinator", "trainer", "adviser", "researcher", "contributor"]),
                name="engagement_staff_role_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.profile}: {self.get_role_display()}"

    def take_over(self, other: "EngagementStaff") -> None:
        """Of two parts that were one person's in the engagement the weightier role stays, the first in the list."""
        self.role = min(self.role, other.role, key=self.Role.values.index)
        self.save(update_fields=["role"])
