"""Addresses whose pages were taken down for good."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class GoneAddressQuerySet(models.QuerySet):
    def add(self, path: str) -> None:
        """Remember that the page at `path` was taken down."""
        self.get_or_create(digest=digest_of(path))

    def of(self, path: str) -> Self:
        """What is known of the address with this `path`, in whatever language of the site."""
        return self.filter(digest=digest_of(path))


class GoneAddress(models.Model):
    """The address of a page that was taken down, which answers "410 Gone".

    An address has a name in it; what is kept is its digest, from which nobody can tell whose it was.
    """

    digest = models.CharField(_("digest of the address"), max_length=64, unique=True)
    gone_since = models.DateTimeField(_("gone since"), default=timezone.now)

    objects = GoneAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("address taken down")
        verbose_name_plural = _("addresses taken down")

    def __str__(self) -> str:
        return self.digest


def digest_of(path: str) -> str:
    """The digest of a page's address, the same in every language: of the path without the language.

    It is keyed with the portal's secret, or whoever has the table could try out names.
    """
    language, _slash, rest = path.removeprefix("/").partition("/")
    page = rest if language in dict(settings.LANGUAGES) else path.removeprefix("/")
    return salted_hmac("privacy.GoneAddress", page.rstrip("/"), algorithm="sha256").hexdigest()
