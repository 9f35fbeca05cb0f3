"""Which program this is: another one may say the same facts in another way."""

from functools import cache
from hashlib import sha256

from django.conf import settings

OTHER_PARTS = ("templates/**/*.*", "static/**/*.*", "locale/**/*.mo", "requirements.lock")  # static: in their addresses
# What operators decide and visitors read.
SETTINGS = ("SITE_URL", "PUBLISHER", "DATA_LICENCE", "DATA_LICENCE_URL", "IATI_ORGANISATION", "IATI_ORGANISATION_TYPE")
SETTINGS += ("CONTACT_EMAIL", "API_RATE", "EXTRA_LANGUAGES", "TIME_ZONE", "STATIC_URL", "MEDIA_URL")
# What they decide about headers, and who gets any answer: kept pages have the former, and are for the latter.
SETTINGS += ("DEBUG", "ALLOWED_HOSTS", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER")


@cache
def fingerprint() -> str:
    """A hash of the program, its texts and the settings that visitors see; the same on every server that runs it."""
    digest = sha256()
    apps = [path.parent.name for path in settings.BASE_DIR.glob("*/apps.py")]
    for pattern in (*(f"{app}/**/*.py" for app in sorted(apps)), *OTHER_PARTS):
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            digest.update(str(path.relative_to(settings.BASE_DIR)).encode() + path.read_bytes())
    digest.update(repr([getattr(settings, name) for name in SETTINGS]).encode())
    return digest.hexdigest()
