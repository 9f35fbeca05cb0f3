"""The portal's tables, under Django's default middleware and compression, which the portal has as well."""

from bench.naive import NAME
from bench.settings import *  # noqa: F403

MIDDLEWARE = [
    "bench.tracing.Tracing",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
ROOT_URLCONF = "bench.naive.urls"
TEMPLATES[0]["DIRS"] = [BASE_DIR / "bench" / "naive" / "templates"]  # noqa: F405
INSTALLED_APPS = [app for app in INSTALLED_APPS if app != "desk.apps.DeskAdminConfig"]  # noqa: F405
INSTALLED_APPS.insert(1, "django.contrib.admin.apps.SimpleAdminConfig")
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
if DATABASES["default"]["ENGINE"].endswith("postgresql"):  # noqa: F405
    DATABASES["default"].setdefault("OPTIONS", {})["application_name"] = NAME  # noqa: F405
