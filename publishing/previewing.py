"""Preview links: for some days, whoever has the link sees one record before it is public, without an account."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.db import models
from django.utils import timezone
from django.utils.translation import override

PARAMETER = "preview"  # of the address
DRAFT = "draft"  # of the address: staff see the working draft of what is public
_signer = signing.Signer(salt="publishing.preview")


@dataclass(frozen=True)
class PreviewLink:
    """The right to see the record `pk` of the model `label`, such as "profiles.profile", until `ends`."""

    label: str
    pk: int
    ends: datetime

    @classmethod
    def to(cls, record: models.Model) -> Self:
        """A new link to `record`. It ends after `PREVIEW_LINK_DAYS`."""
        ends = timezone.now().replace(microsecond=0) + timedelta(days=settings.PREVIEW_LINK_DAYS)
        return cls(record._meta.label_lower, record.pk, ends)

    @classmethod
    def read(cls, token: str) -> Self | None:
        """The link that was written as `token`, ended or not; None where it was never given out by this portal."""
        try:
            label, pk, ends = _signer.unsign_object(token)
        except signing.BadSignature:
            return None
        return cls(label, pk, datetime.fromtimestamp(ends, tz=timezone.get_default_timezone()))

    @property
    def token(self) -> str:
        """The link as it stands in addresses, signed: nobody can make one, or another of it."""
        return _signer.sign_object([self.label, self.pk, int(self.ends.timestamp())])

    @property
    def has_ended(self) -> bool:
        return self.ends <= timezone.now()

    @property
    def query(self) -> str:
        """What follows the path of an address that the link opens."""
        return "?" + urlencode({PARAMETER: self.token})

    def applies_to(self, model: type[models.Model]) -> bool:
        """Whether the link is one to a record of `model`."""
        return self.label == model._meta.label_lower

    def opens(self, record: models.Model) -> bool:
        """Whether the link shows `record` now, as long as it has not ended."""
        return type(record)._default_manager.shown_by(self).filter(pk=record.pk).exists()


def page_addresses(record: models.Model, query: str = "") -> list[dict[str, str]]:
    """The page of `record` in every language of the site: `code` and name of the `language`, `path` with `query`."""
    addresses = []
    for code, name in settings.LANGUAGES:
        with override(code):
            path, mark, fragment = record.get_absolute_url().partition("#")
        addresses.append({"code": code, "language": name, "path": f"{path}{query}{mark}{fragment}"})
    return addresses


def link_of(request) -> PreviewLink | None:
    """The preview link with which the page or picture is asked for; None without one that still counts."""
    link = PreviewLink.read(request.GET.get(PARAMETER, ""))
    return link if link and not link.has_ended else None
