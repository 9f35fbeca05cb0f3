"""Who the unit works with, and from where: partner organisations and the unit's own offices."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from codelists.models import Country
from organisations.querysets import OfficeQuerySet, OrganisationQuerySet
from publishing.fields import ProtectedManyToManyField
from publishing.models import Publishable


class Organisation(Publishable):
    """A partner: a ministry, a federation, a university …"""

    class Kind(models.TextChoices):
        GOVERNMENT = "government", _("Government")
        COOPERATIVE = "cooperative", _("Cooperative")
        FEDERATION = "federation", _("Cooperative federation or union")
        EMPLOYERS = "employers", _("Employers' organisation")
        WORKERS = "workers", _("Workers' organisation")
        UNIVERSITY = "university", _("University or research institute")
        NGO = "ngo", _("Non-governmental organisation")
        UN_AGENCY = "un-agency", _("United Nations agency")
        INTERGOVERNMENTAL = "intergovernmental", _("Other intergovernmental organisation")
        COMPANY = "company", _("Company")

    required_for_publication = ("name_en",)
    proper_names = ("name", "acronym")

    name = models.CharField(_("name"), max_length=250)
    slug = models.SlugField(
        _("slug"), max_length=100, unique=True, help_text=_("The last part of the organisation's address.")
    )
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, db_index=True)
    country = models.ForeignKey(
        Country,
        verbose_name=_("country"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organisations",
        help_text=_("Where it has its seat. Empty for a regional or worldwide organisation without one."),
    )
    website = models.URLField(_("website"), blank=True)
    description = models.TextField(
        _("description"), blank=True, help_text=_("One or two sentences: what the organisation is.")
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=[
                        "government",
                        "cooperative",
                        "federation",
                        "employers",
                        "workers",
                        "university",
                        "ngo",
                        "un-agency",
                        "intergovernmental",
                        "company",
                    ]
                ),
                name="organisation_kind_known",
            ),
            models.CheckConstraint(condition=~models.Q(slug=""), name="organisation_slug_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.acronym})" if self.acronym else self.name

    def get_absolute_url(self) -> str:
        return reverse("organisations:detail", args=[self.slug])


class Office(models.Model):
    """A duty station of the unit's own organisation."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    city = models.CharField(_("city"), max_length=100)
    country = models.ForeignKey(Country, verbose_name=_("country"), on_delete=models.PROTECT, related_name="offices")
    countries_covered = ProtectedManyToManyField(
        Country,
        verbose_name=_("countries covered"),
        blank=True,
        related_name="covering_offices",
        help_text=_("The countries that the office works for."),
    )
    source_url = models.URLField(_("source"), blank=True, max_length=500, help_text=_("Where this is stated."))

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
