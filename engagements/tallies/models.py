"""The tables. They are written by `counting` and `rebuilding` alone, and hold nothing that is not in the records.

`scope` and `dimension` are numbers of `dimensions.Dimension`, `scope_key` is the key of the scope as text, "" for
everything. Rows with the number 0 are deleted.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from codelists.models import Country
from programmes.models import Programme


class InScope(models.Model):
    """Abstract base: a number of the public engagements within a scope."""

    scope = models.SmallIntegerField(_("scope"))
    scope_key = models.CharField(_("key of the scope"), max_length=30)
    number = models.IntegerField(_("engagements"))

    class Meta:
        abstract = True


class Total(InScope):
    """How many engagements a scope has, and what they add up to.

    The numbers of women and men trained mean nothing where nobody counted them: `women_counted` and `men_counted` say
    how many engagements have them.
    """

    pk = models.CompositePrimaryKey("scope", "scope_key")
    women_trained = models.BigIntegerField(_("women trained"))
    women_counted = models.IntegerField(_("engagements with women trained"))
    men_trained = models.BigIntegerField(_("men trained"))
    men_counted = models.IntegerField(_("engagements with men trained"))

    class Meta:
        verbose_name = _("total")
        verbose_name_plural = _("totals")

    def __str__(self) -> str:
        return f"{self.scope} {self.scope_key}: {self.number}"


class Tally(InScope):
    """How many engagements of a scope have a value of one of the dimensions in `dimensions.CODES`."""

    pk = models.CompositePrimaryKey("scope", "scope_key", "dimension", "key")
    dimension = models.SmallIntegerField(_("dimension"))
    key = models.CharField(_("key"), max_length=30)

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")

    def __str__(self) -> str:
        return f"{self.scope} {self.scope_key}, {self.dimension} {self.key}: {self.number}"


class RecordTally(InScope):
    """How many engagements of a scope have a record of one of the dimensions in `dimensions.RECORDS`, public or not."""

    pk = models.CompositePrimaryKey("scope", "scope_key", "dimension", "key")
    dimension = models.SmallIntegerField(_("dimension"))
    key = models.BigIntegerField(_("key"))

    class Meta:
        verbose_name = _("tally of a record")
        verbose_name_plural = _("tallies of records")
        indexes = [
            # A page shows the most frequent ones, and of those with the same number the oldest.
            models.Index(fields=["scope", "scope_key", "dimension", "-number", "key"], name="engagement_tally_most_idx")
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.scope_key}, {self.dimension} {self.key}: {self.number}"


class Use(models.Model):
    """That a programme, public or not, is used in a country: by that number of public engagements.

    Programmes know nothing of engagements, and find here by their own relation `uses` where they are used. Without
    constraints in the database: who writes here would have to wait for whoever has locked the programme.
    """

    programme = models.ForeignKey(
        Programme,
        verbose_name=_("programme"),
        on_delete=models.DO_NOTHING,
        related_name="uses",
        db_constraint=False,
        db_index=False,  # the constraint below has one
    )
    country = models.ForeignKey(
        Country, verbose_name=_("country"), on_delete=models.DO_NOTHING, related_name="uses", db_constraint=False
    )
    number = models.IntegerField(_("engagements"))

    class Meta:
        verbose_name = _("use of a programme")
        verbose_name_plural = _("uses of programmes")
        constraints = [models.UniqueConstraint(fields=["programme", "country"], name="programme_use_once_per_country")]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.country_id}: {self.number}"


class Counted(models.Model):
    """What an engagement was last counted as: exactly what is in the numbers of it. Several keys stand with commas."""

    engagement = models.BigIntegerField(_("number of the engagement"), primary_key=True)
    country = models.CharField(_("country"), max_length=2)
    region = models.CharField(_("region"), max_length=30, blank=True)
    programme = models.BigIntegerField(_("programme"), null=True)
    kind = models.CharField(_("kind"), max_length=25)
    sector = models.CharField(_("sector"), max_length=1, blank=True)
    topics = models.TextField(_("topics"), blank=True)
    status = models.CharField(_("activity status"), max_length=1)
    year = models.SmallIntegerField(_("year"))
    profiles = models.TextField(_("staff"), blank=True)
    organisations = models.TextField(_("partners"), blank=True)
    women_trained = models.IntegerField(_("women trained"), null=True)
    men_trained = models.IntegerField(_("men trained"), null=True)

    class Meta:
        verbose_name = _("counted engagement")
        verbose_name_plural = _("counted engagements")

    def __str__(self) -> str:
        return str(self.engagement)


class Coming(models.Model):
    """An engagement that is public from `publish_at` on, and not counted before."""

    engagement = models.BigIntegerField(_("number of the engagement"), primary_key=True)
    publish_at = models.DateTimeField(_("publication date"), db_index=True)

    class Meta:
        verbose_name = _("engagement still to come")
        verbose_name_plural = _("engagements still to come")

    def __str__(self) -> str:
        return f"{self.engagement}: {self.publish_at}"
