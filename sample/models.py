"""What the loader of the sample content remembers, so that it never touches an editor's work."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SampleRecord(models.Model):
    """A record that was made from the data files, and what it was like then."""

    model = models.CharField(_("kind of record"), max_length=100)
    key = models.CharField(_("key in the data files"), max_length=100)
    object_id = models.BigIntegerField(_("number of the record"))
    content = models.CharField(_("fingerprint of the data file's text"), max_length=64)
    state = models.CharField(_("fingerprint of the record as loaded"), max_length=64)

    class Meta:
        verbose_name = _("sample record")
        verbose_name_plural = _("sample records")
        ordering = ["model", "key"]
        constraints = [models.UniqueConstraint(fields=["model", "key"], name="sample_record_once_per_key")]

    def __str__(self) -> str:
        return f"{self.model} {self.key}"
