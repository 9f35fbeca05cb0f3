"""The settings of tests, for a portal in a process of its own: its files lie where the environment says."""

from tests.settings import *  # noqa: F403
from tests.settings import STORAGES, env

MEDIA_ROOT = env.path("MEDIA_ROOT")
STORAGES["private"]["OPTIONS"]["location"] = env.path("PRIVATE_ROOT")
