"""The portal's own settings, with static files where no other portal's are."""

import os

from coopportal.settings import *  # noqa: F403

STATIC_ROOT = os.environ["STATIC_ROOT_OF_TEST"]
