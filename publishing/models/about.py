"""What is kept about a record of any kind: who did what to it, its versions, who has it open."""

from typing import Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


def name_of(user) -> str:
    """What colleagues call the user: the full name, or else the username; "" for nobody."""
    return (user.get_full_name() or user.get_username()) if user else ""


class AboutQuerySet(models.QuerySet):
    def of(self, record: models.Model) -> Self:
        """Those about `record`."""
        return self.filter(content_type=ContentType.objects.get_for_model(record), object_id=record.pk)

    def of_kind(self, model: type[models.Model]) -> Self:
        """Those about records of `model`."""
        return self.filter(content_type=ContentType.objects.get_for_model(model))


class AboutRecord(models.Model):
    """Abstract base. No foreign key in the database: what is known of a record outlives its deletion."""

    content_type = models.ForeignKey(ContentType, verbose_name=_("kind"), on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField(_("record number"))
    record = GenericForeignKey()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = AboutQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def who(self) -> str:
        """The name of the user, "" where nobody is known any more."""
        return name_of(self.user)
