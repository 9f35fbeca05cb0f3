"""What a colleague learned and did before: education and positions."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from codelists.models import Country
from multilingual.text import in_some_language
from organisations.models import Organisation
from profiles.models.profiles import Profile
from publishing.fields import ProtectedManyToManyField

YEAR_VALIDATORS = [MinValueValidator(1900), MaxValueValidator(2100)]


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
