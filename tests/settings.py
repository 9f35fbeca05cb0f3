"""The portal's own settings, with what tests need different."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "0" * 40)
os.environ["DEBUG"] = "0"
os.environ["HTTPS"] = "0"

from coopportal.settings import *  # noqa: F403

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":  # noqa: F405
    # In a file, as in use: of a database in memory all threads share one connection, and what one of them locks fails
    # in the others at once.
    directory = tempfile.mkdtemp(prefix="coopportal-test-db-")
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(directory, "db.sqlite3")}  # noqa: F405
else:
    # What a test writes need not outlive a power failure.
    options = DATABASES["default"].setdefault("OPTIONS", {})  # noqa: F405
    options["options"] = f"{options.get('options', '')} -c synchronous_commit=off".strip()
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "publishing.file_storage.WholeFileStorage"},
    "private": {
        "BACKEND": "publishing.file_storage.WholeFileStorage",
        "OPTIONS": {"location": tempfile.mkdtemp(prefix="coopportal-test-private-")},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
MEDIA_ROOT = tempfile.mkdtemp(prefix="coopportal-test-media-")
# What most tests would only trip over; tests of signing in turn them on.
AXES_ENABLED = False
REQUIRE_SECOND_FACTOR = False
API_RATE = ""
# Tests of it, and of what it must not break, turn it on.
PAGE_CACHE = False
CACHES["pages"]["LOCATION"] = tempfile.mkdtemp(prefix="coopportal-test-pages-")  # noqa: F405
