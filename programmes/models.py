"""Cooperative training programmes, with their modules and materials."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from codelists.models import DeliveryMode, Language, Sector, SustainableDevelopmentGoal, Topic
from organisations.models import Organisation
from programmes.files import Kind, MaterialFileField
from programmes.querysets import MaterialQuerySet, ProgrammeQuerySet
from publishing.fields import ProtectedManyToManyField
from publishing.images import RandomName
from publishing.models import Publishable
from publishing.ordering import Ordered
from richtext.fields import RichTextField

LONGEST_FILE_NAME = 120  # characters


class Programme(Publishable):
    """A training programme, such as My.Coop.

    Where it is used is not written here: that is what its published engagements say.
    """

    class Kind(models.TextChoices):
        ORIENTATION = "orientation", _("Orientation")
        START_UP = "start-up", _("Start-up")
        MANAGEMENT = "management", _("Management")
        SECTOR = "sector", _("Sector-specific")
        FINANCE = "finance", _("Finance")
        POLICY = "policy", _("Policy and advocacy")

    required_for_publication = ("name_en", "aim_en")
    proper_names = ("name",)
    parts = ("modules", "materials")

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(
        _("slug"), max_length=100, unique=True, help_text=_("The last part of the programme's address.")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, db_index=True)
    aim = models.TextField(
        _("aim"), blank=True, help_text=_("What people can do after it. One to three plain sentences.")
    )
    audience = models.TextField(_("audience"), blank=True, help_text=_("Who it is for."))
    duration = models.CharField(_("duration"), max_length=200, blank=True, help_text=_("For example: five days."))
    delivery_modes = ProtectedManyToManyField(
        DeliveryMode, verbose_name=_("delivery modes"), blank=True, related_name="programmes"
    )
    languages = ProtectedManyToManyField(Language, verbose_name=_("languages"), blank=True, related_name="programmes")
    launch_year = models.PositiveSmallIntegerField(
        _("launch year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2100)],
    )
    partners = ProtectedManyToManyField(
        Organisation,
        verbose_name=_("partners"),
        blank=True,
        related_name="programmes",
        help_text=_("Organisations that made or carry the programme."),
    )
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="programmes")
    sectors = ProtectedManyToManyField(Sector, verbose_name=_("sectors"), blank=True, related_name="programmes")
    sdgs = ProtectedManyToManyField(
        SustainableDevelopmentGoal,
        verbose_name=_("Sustainable Development Goals"),
        blank=True,
        related_name="programmes",
    )
    source_url = models.URLField(
        _("source"), max_length=500, blank=True, help_text=_("A page where these facts are stated.")
    )
    featured = models.BooleanField(_("show on the home page"), default=False, db_index=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["name"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(launch_year__isnull=True) | Q(launch_year__range=(1900, 2100)),
                name="programme_launch_year_plausible",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["orientation", "start-up", "management", "sector", "finance", "policy"]),
                name="programme_kind_known",
            ),
            models.CheckConstraint(condition=~Q(slug=""), name="programme_slug_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programmes:detail", args=[self.slug])


class Module(Ordered):
    """One part of a programme's contents."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="modules"
    )
    title = models.CharField(_("title"), max_length=250)
    summary = RichTextField(_("summary"), blank=True)

    class Meta(Ordered.Meta):
        verbose_name = _("module")
        verbose_name_plural = _("modules")
        constraints = [
            models.UniqueConstraint(fields=["programme", "order"], name="one_module_per_order"),
            models.CheckConstraint(
                condition=Q(order__gte=1),
                name="module_order_from_1",
                violation_error_message=_("The order counts from 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.title}"


class Material(models.Model):
    """Something to read or use: an uploaded file or a link."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="materials"
    )
    title = models.CharField(_("title"), max_length=250)
    file = MaterialFileField(
        _("file"),
        upload_to=RandomName("materials"),
        blank=True,
        db_index=True,
        help_text=_("PDF, office document or ZIP. Either a file or a link."),
    )
    file_size = models.PositiveBigIntegerField(_("size of the file in bytes"), null=True, blank=True, editable=False)
    url = models.URLField(_("link"), max_length=500, blank=True)
    language = models.ForeignKey(
        Language,
        verbose_name=_("language"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="materials",
    )
    edition = models.CharField(
        _("edition"), max_length=100, blank=True, help_text=_("For example: second edition, 2020.")
    )

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(file="") & ~Q(url="")) | (~Q(file="") & Q(url="")),
                name="material_file_or_link",
                violation_error_message=_("Give either a file or a link, not both and not neither."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs):
        """Save, and remember how large the file is: pages say so and open no file."""
        self.file_size = self._size_of_file()
        if kwargs.get("update_fields") is not None and "file" in kwargs["update_fields"]:
            kwargs["update_fields"] = {*kwargs["update_fields"], "file_size"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The address of the thing itself."""
        return self.url or self.file.url

    @property
    def kind(self) -> Kind | None:
        """What kind of file it is; None for a link."""
        return self.file.kind

    @property
    def download_name(self) -> str:
        """A name for the downloaded file: title and edition, in the language of the material where there is one."""
        title = getattr(self, f"title_{self.language_id}", None) or self.title_en
        edition = f" ({self.edition})" if self.edition else ""
        name = "".join(
            " " if character in '/\\:*?"<>|' or not character.isprintable() else character
            for character in title + edition
        )
        short = " ".join(name.split())[:LONGEST_FILE_NAME].strip(" .") or "material"
        return f"{short}.{self.kind.extension}" if self.kind else short

    def _size_of_file(self) -> int | None:
        try:
            return self.file.size if self.file else None
        except OSError:  # the file is lost; the record is still good for its title
            return None
