from django.db import models
from django.utils.translation import gettext_lazy as _


class ContentVersion(models.Model):
    """Which state of the public content this is. One row, written by `opendata.versions.bump()` alone.

    The token is drawn anew at each change and never comes back, also where an older backup is restored.
    """

    token = models.CharField(_("token"), max_length=32)
    changed_at = models.DateTimeField(_("last changed"))
    release = models.CharField(_("fingerprint of the program"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("content version")
        verbose_name_plural = _("content versions")
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_content_version")]

    def __str__(self) -> str:
        return self.token
