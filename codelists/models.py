"""Reference data with official codes: regions, countries, sectors, languages, goals; and the editable topics.

The rows come from `codelists/data/`, whose README names the source of each list.
"""

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class CodeList(models.Model):
    """Abstract base: a name in every site language."""

    name = models.CharField(_("name"), max_length=200)

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Region(CodeList):
    """One of the organisation's five regions."""

    code = models.SlugField(_("code"), primary_key=True, max_length=30)
    position = models.PositiveSmallIntegerField(_("order"), unique=True)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["position"]

    def get_absolute_url(self) -> str:
        return reverse("engagements:region", args=[self.pk])


class Subregion(CodeList):
    """A sub-region of UN M49."""

    code = models.CharField(_("UN M49 code"), primary_key=True, max_length=3, validators=[RegexValidator(r"^\d{3}$")])

    class Meta(CodeList.Meta):
        verbose_name = _("UN sub-region")
        verbose_name_plural = _("UN sub-regions")


class Country(CodeList):
    """A country or area of ISO 3166-1."""

    code = models.CharField(
        _("ISO 3166-1 alpha-2 code"), primary_key=True, max_length=2, validators=[RegexValidator(r"^[A-Z]{2}$")]
    )
    alpha3 = models.CharField(
        _("ISO 3166-1 alpha-3 code"), max_length=3, unique=True, validators=[RegexValidator(r"^[A-Z]{3}$")]
    )
    m49 = models.CharField(_("UN M49 code"), max_length=3, unique=True, validators=[RegexValidator(r"^\d{3}$")])
    subregion = models.ForeignKey(
        Subregion,
        verbose_name=_("UN sub-region"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="countries",
    )
    region = models.ForeignKey(
        Region,
        verbose_name=_("region"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="countries",
        help_text=_("The organisation's region. Empty for areas that it has not assigned to one."),
    )
    # Degrees of WGS 84, on the largest piece of its land: a point that stands for the country on a map.
    latitude = models.DecimalField(_("latitude"), max_digits=5, decimal_places=2, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta(CodeList.Meta):
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="country_point_on_earth",
                violation_error_message=_("Give latitude (−90 to 90) and longitude (−180 to 180), or neither."),
            )
        ]

    def get_absolute_url(self) -> str:
        return reverse("engagements:country", args=[self.pk.lower()])


class Sector(CodeList):
    """A section of ISIC Rev. 4 under a plain name."""

    code = models.CharField(_("ISIC section"), primary_key=True, max_length=1, validators=[RegexValidator(r"^[A-U]$")])
    isic_title = models.CharField(_("official title"), max_length=200)

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ["code"]


class Language(CodeList):
    """A language of programmes, materials and people."""

    code = models.CharField(
        _("ISO 639 code"), primary_key=True, max_length=3, validators=[RegexValidator(r"^[a-z]{2,3}$")]
    )

    class Meta(CodeList.Meta):
        verbose_name = _("language")
        verbose_name_plural = _("languages")


class DeliveryMode(CodeList):
    """How a training programme is given: face to face, online, …"""

    code = models.SlugField(_("code"), primary_key=True, max_length=30)

    class Meta(CodeList.Meta):
        verbose_name = _("delivery mode")
        verbose_name_plural = _("delivery modes")


class SustainableDevelopmentGoal(CodeList):
    """One of the 17 goals of the 2030 Agenda."""

    number = models.PositiveSmallIntegerField(_("number"), primary_key=True)

    class Meta:
        verbose_name = _("Sustainable Development Goal")
        verbose_name_plural = _("Sustainable Development Goals")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"


class Topic(CodeList):
    """A subject that editors tag records with."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True, help_text=_("The last part of the topic's address."))
    description = models.TextField(_("description"), blank=True, help_text=_("One or two sentences in plain words."))

    class Meta(CodeList.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def get_absolute_url(self) -> str:
        return reverse("engagements:topic", args=[self.slug])
