"""What `check --deploy` asks of the settings beyond what Django asks."""

from datetime import timedelta

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.utils import timezone

from coopportal.well_known import contact_uri

A_YEAR = timedelta(days=366)


@register(Tags.security, deploy=True)
def security_contact(app_configs, **kwargs) -> list[CheckMessage]:
    """Whether /.well-known/security.txt says whom to tell of a weakness, and can be believed (RFC 9116, 2.5.5)."""
    expires, today = settings.SECURITY_EXPIRES, timezone.localdate()
    if not settings.SECURITY_CONTACT:
        hint = "Set SECURITY_CONTACT to an address that somebody reads, and SECURITY_EXPIRES to a day within a year."
        return [
            Warning("Who finds a weakness of the portal cannot know whom to tell.", hint=hint, id="coopportal.W001")
        ]
    found = []
    if wrong := [each for each in settings.SECURITY_CONTACT if not is_address(contact_uri(each))]:
        hint = "Write an address of e-mail, or one that begins with https://, mailto: or tel:."
        found.append(Warning(f"SECURITY_CONTACT has no address: {wrong[0]}", hint=hint, id="coopportal.W002"))
    if expires is None:
        hint = "Set SECURITY_EXPIRES to a day within a year. Without it there is no /.well-known/security.txt."
        found.append(Warning("SECURITY_CONTACT never expires.", hint=hint, id="coopportal.W003"))
    elif expires <= today:
        hint = "Make sure that SECURITY_CONTACT is still right, and set SECURITY_EXPIRES to a day within a year."
        found.append(Warning(f"SECURITY_CONTACT has expired on {expires}.", hint=hint, id="coopportal.W004"))
    elif expires > today + A_YEAR:
        hint = "Set SECURITY_EXPIRES to a day within a year: people and addresses change."
        found.append(Warning(f"SECURITY_CONTACT expires only on {expires}.", hint=hint, id="coopportal.W005"))
    return found


def is_address(uri: str) -> bool:
    """Whether the contact is one line that can be an address."""
    scheme, _colon, rest = uri.partition(":")
    return bool(rest) and not any(sign.isspace() for sign in uri) and (scheme != "mailto" or "@" in rest)
