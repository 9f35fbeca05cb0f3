"""The benchmark's settings for a run in which no static files were collected."""

from bench.settings import *

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
