"""Settings of the portal, all taken from the environment; secure unless told otherwise.

The variables are listed in ``docs/operators.md``. A file ``.env`` beside ``manage.py`` is read too; what the
environment says wins over it.
"""

import os
from datetime import date, timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from coopportal.databases import PATIENCE, REPLICA_PATIENCE, SQLITE
from monitoring.logs import logging_config

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
# HTTPS=0 is for a portal reached without TLS, as on one's own machine.
HTTPS = env.bool("HTTPS", default=not DEBUG)

SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Put a long random text into the environment variable SECRET_KEY "
            "(or run `make .env`, which writes a private one into the file .env)."
        )
    SECRET_KEY = "for-debugging-only-" + "0" * 40

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "modeltranslation",
    "desk.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",  # its templates, for FORM_RENDERER
    "django_filters",
    "django_htmx",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "django_prose_editor",
    "rest_framework",
    "drf_spectacular",
    "corsheaders",
    "coopportal",
    "desk",
    "api",
    "downloads",
    "bundle",
    "iati",
    "calendars",
    "caching",
    "backup",
    "snapshot",
    "monitoring",
    "opendata",
    "sample",
    "privacy",
    "sheets",
    "intake",
    "search",
    "engagements",
    "profiles",
    "programmes",
    "organisations",
    "publishing",
    "codelists",
    "accounts",
    "listing",
    "charts",
    "multilingual",
    "richtext",
]

MIDDLEWARE = [
    "caching.middleware.PageCache",
    "monitoring.middleware.name_of_view",
    # Outside of everything that may answer by itself: static files, redirects, a wrong host.
    "coopportal.protection.protective_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "coopportal.middleware.GZipTextMiddleware",
    "coopportal.middleware.utf8_addresses",
    "csp.middleware.CSPMiddleware",
    # Outside of everything that reads; it needs no session to know a visitor.
    "caching.replica.ReplicaMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    # Outside of what sends / to a language: they look at answers that nothing was found.
    "privacy.middleware.gone_addresses",
    "desk.middleware.former_addresses",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "accounts.middleware.second_factor_first",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "coopportal.urls"
WSGI_APPLICATION = "coopportal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "opendata.copies.in_copy",
            ],
        },
    },
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # templates of form fields are in templates/ like all others

# Databases: SQLite needs nothing; DATABASE_URL=postgres://… is production.

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
# A copy of the database that follows it, from which visitors are answered while it is as new: `caching.replica`.
if replica := env.str("DATABASE_REPLICA_URL", default=""):
    DATABASES["replica"] = env.db_url_config(replica) | {"TEST": {"MIRROR": "default"}}
    if DATABASES["replica"]["ENGINE"] != DATABASES["default"]["ENGINE"]:
        raise ImproperlyConfigured("DATABASE_REPLICA_URL and DATABASE_URL name different kinds of database.")
    DATABASE_ROUTERS = ["caching.replica.Router"]
# Whether PgBouncer stands between, in transaction mode: each transaction may find itself on another connection.
PGBOUNCER = env.bool("PGBOUNCER", default=False)
for database in DATABASES.values():
    # In seconds: to open one takes longer than to answer most questions.
    database["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database["OPTIONS"] = dict(SQLITE)
    else:
        database["CONN_HEALTH_CHECKS"] = True
        patience = REPLICA_PATIENCE if database is DATABASES.get("replica") else PATIENCE
        database["OPTIONS"] = patience | database.get("OPTIONS", {})
        if PGBOUNCER:
            database["ENGINE"] = "coopportal.pgbouncer"

# Whether whole pages are kept for anonymous visitors. Not where templates are being written.
PAGE_CACHE = env.bool("PAGE_CACHE", default=not DEBUG)
PAGE_CACHE_MEGABYTES = env.int("PAGE_CACHE_MEGABYTES", default=16)  # in the memory of each process
CACHE_DIR = env.path("CACHE_DIR", default=str(BASE_DIR / "cache"))

# "default": drawn maps, and the counters of the API's limit, of which there is one for each address that asks.
# "pages": whole pages. Without CACHE_URL in files, so that no visit ever writes to the database.
if "CACHE_URL" in env:
    shared = env.cache_url("CACHE_URL")
    if shared["BACKEND"] == "django.core.cache.backends.redis.RedisCache":
        shared["BACKEND"] = "caching.backends.redis.ForgivingRedisCache"
    CACHES = {"default": shared, "pages": shared}
else:
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 10_000}},
        "pages": {"BACKEND": "caching.backends.files.PageFiles", "LOCATION": str(CACHE_DIR)},
    }

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]

# Whether all staff must have a second factor. Off where the portal runs on one's own machine.
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=HTTPS and not DEBUG)
OTP_TOTP_ISSUER = "COOP Portal"

# A working day from signing in, not from the last click: to move the end along, every answer would have to carry the
# session's cookie, also those that caches may keep.
SESSION_COOKIE_AGE = 12 * 60 * 60

# Five failures lock an account, twenty an address that several people may share.
AXES_FAILURE_LIMIT = 5
ADDRESS_FAILURE_LIMIT = 20
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_HANDLER = "accounts.lockout.LockoutHandler"
AXES_LOCKOUT_CALLABLE = "accounts.lockout.locked_page"
AXES_CLIENT_IP_CALLABLE = "accounts.lockout.client_address"
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_ENABLE_ADMIN = False  # read-only pages of our own
AXES_VERBOSE = False
# Of what a failed attempt sent, these are not kept.
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "present_code", "csrfmiddlewaretoken"]

# Languages of the interface and of the content

LANGUAGE_CODE = "en"
CONTENT_LANGUAGES = [("en", _("English")), ("es", _("Spanish")), ("fr", _("French"))]
# Languages of the interface alone: their readers get the content in English. It shows whether pages bear another script
# and direction before anybody translates the content.
EXTRA_LANGUAGES = env.list("EXTRA_LANGUAGES", default=[])
if unknown_languages := [code for code in EXTRA_LANGUAGES if "name" not in LANG_INFO.get(code, {})]:
    raise ImproperlyConfigured(f"EXTRA_LANGUAGES names languages that Django does not know: {unknown_languages}")
LANGUAGES = [*CONTENT_LANGUAGES, *((code, _(LANG_INFO[code]["name"])) for code in EXTRA_LANGUAGES)]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
USE_I18N = True
FORMAT_MODULE_PATH = ["coopportal.formats"]
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
USE_TZ = True

MODELTRANSLATION_LANGUAGES = [code for code, _name in CONTENT_LANGUAGES]
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en",)


def MODELTRANSLATION_BUILD_LOCALIZED_VERBOSE_NAME(name, language):  # noqa: N802 - modeltranslation's name for it
    """The label of a translated column, as in “Title (Spanish)”."""
    return f"{name} ({dict(LANGUAGES)[language]})"


# Who hears of barriers and mistakes: named on the accessibility statement.
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="")

# Whom to tell of a weakness, named in /.well-known/security.txt (RFC 9116): addresses of e-mail or of pages, the best
# first; and the day from which on they are not to be believed any longer.
SECURITY_CONTACT = env.list("SECURITY_CONTACT", default=[])
SECURITY_EXPIRES = env.str("SECURITY_EXPIRES", default="") or None
if SECURITY_EXPIRES:
    try:
        SECURITY_EXPIRES = date.fromisoformat(SECURITY_EXPIRES)
    except ValueError as error:
        raise ImproperlyConfigured(f"SECURITY_EXPIRES is {SECURITY_EXPIRES!r}. Write a day: 2027-06-30.") from error

# For how many days the server in front keeps its log of who asked for what; 0: it keeps none. The portal cannot know:
# it is named on the privacy page.
ACCESS_LOG_DAYS = env.int("ACCESS_LOG_DAYS", default=None)

# Under which address the public finds the portal: named in what is made without a request, such as the data package.
SITE_URL = env.str("SITE_URL", default="").rstrip("/")

# Who publishes the data, and under what licence others may use it (an SPDX name and the address of its text).
PUBLISHER = env.str("PUBLISHER", default="COOP Portal")
DATA_LICENCE = env.str("DATA_LICENCE", default="CC-BY-4.0")
DATA_LICENCE_URL = env.str("DATA_LICENCE_URL", default="https://creativecommons.org/licenses/by/4.0/")
# The publisher as IATI knows it, and its kind by IATI's code list OrganisationType (40: multilateral).
IATI_ORGANISATION = env.str("IATI_ORGANISATION", default="XM-DAC-41302")
IATI_ORGANISATION_TYPE = env.str("IATI_ORGANISATION_TYPE", default="40")

# How many requests to the API one address may make: a number and s, min, h or d. Empty: as many as it likes.
API_RATE = env.str("API_RATE", default="300/min")

# How long a reviewer without an account can open the preview of a draft.
PREVIEW_LINK_DAYS = env.int("PREVIEW_LINK_DAYS", default=7)

# Static files and uploads

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles"
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "media"))
# What people sent in confidence, such as the proof of a consent. It must not lie where a proxy serves files from.
PRIVATE_ROOT = env.path("PRIVATE_ROOT", default=str(BASE_DIR / "private"))

MATERIAL_MAX_MB = env.int("MATERIAL_MAX_MB", default=50)  # of one file; pictures have a limit of their own

# The key for which `backup` encrypts: age's, one a line. Its public half is enough, and better.
BACKUP_KEY = env.str("BACKUP_KEY", default="")

# Whether `check_links` also asks servers of an internal network, such as an intranet's.
CHECK_PRIVATE_LINKS = env.bool("CHECK_PRIVATE_LINKS", default=False)

STORAGES = {
    "default": {"BACKEND": "publishing.file_storage.WholeFileStorage"},
    "private": {"BACKEND": "publishing.file_storage.WholeFileStorage", "OPTIONS": {"location": PRIVATE_ROOT}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# In a bucket instead of folders. Where it is and who may read it, boto3 takes from AWS's own variables.
MEDIA_BUCKET = env.str("MEDIA_BUCKET", default="")
PRIVATE_BUCKET = env.str("PRIVATE_BUCKET", default=MEDIA_BUCKET)
S3_ADDRESSING_STYLE = env.str("S3_ADDRESSING_STYLE", default="auto")  # MinIO and others need "path"
if MEDIA_BUCKET:
    in_buckets = {"file_overwrite": False, "addressing_style": S3_ADDRESSING_STYLE, "max_memory_size": 1024**2}
    STORAGES |= {
        alias: {
            "BACKEND": "publishing.object_storage.ObjectStorage",
            "OPTIONS": in_buckets | {"bucket_name": bucket, "location": location},
        }
        for alias, bucket, location in (("default", MEDIA_BUCKET, "media"), ("private", PRIVATE_BUCKET, "private"))
    }
WHITENOISE_USE_FINDERS = DEBUG

# Workbooks are read by the standard library's parser, as `sheets.reading` expects: lxml, which the intake needs for web
# pages, would be taken by openpyxl where it is installed, and expands entities.
os.environ.setdefault("OPENPYXL_LXML", "False")

# A text pasted into the intake may be far longer than an article can be, and is told so by its form.
DATA_UPLOAD_MAX_MEMORY_SIZE = 9 * 1024**2
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # an interview of 50 questions in three languages, with room

# Security: what `check --deploy` asks for

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # the admin's icons are data: addresses
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# By such a name browsers take a cookie from this very host alone, by HTTPS (RFC 6265bis, 4.1.3.2).
COOKIES = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{COOKIES}sessionid", f"{COOKIES}csrftoken"
LANGUAGE_COOKIE_NAME = f"{COOKIES}language"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # the others need a cookie of their own
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]  # asked from within, past the proxy
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
# How many proxies append to X-Forwarded-For what they saw; with none, nobody is believed.
PROXY_COUNT = env.int("PROXY_COUNT", default=1) if BEHIND_PROXY else 0
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Pages of other sites may read what is open data, and nothing else; no cookie goes with it.

CORS_ALLOW_ALL_ORIGINS = True
CORS_URLS_REGEX = r"^/(api/|data/|(\w\w/)?[\w/-]+\.(csv|xlsx|json|geojson|ics)$)"
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_ALLOW_HEADERS = ["accept", "accept-language", "content-language", "if-modified-since", "if-none-match"]
CORS_EXPOSE_HEADERS = [
    "Content-Disposition",
    "Content-Language",
    "ETag",
    "Last-Modified",
    "Link",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
]

# Watching it

# "plain" lines for people, or one JSON object a line.
LOG_FORMAT = env.str("LOG_FORMAT", default="plain")
if LOG_FORMAT not in ("plain", "json"):
    raise ImproperlyConfigured(f"LOG_FORMAT is {LOG_FORMAT!r}, and can be plain or json.")
LOGGING = logging_config(LOG_FORMAT, env.str("LOG_LEVEL", default="INFO"))
# Whether each answer has a line of its own. The proxy's log has them too, and costs the portal nothing.
LOG_REQUESTS = env.bool("LOG_REQUESTS", default=False)

# The password of /metrics; without one there is no such page, and nothing is counted.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
if METRICS_TOKEN and len(METRICS_TOKEN) < 16:
    raise ImproperlyConfigured("METRICS_TOKEN can be guessed: it must be at least 16 characters long.")
# Where errors are told: Sentry, or what speaks its language.
SENTRY_DSN = env.str("SENTRY_DSN", default="")
