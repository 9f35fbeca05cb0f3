"""The portal's own settings, as the benchmark runs it: in production's mode, over plain HTTP on this machine."""

import os

os.environ["DEBUG"] = "0"
os.environ["HTTPS"] = "0"
os.environ.setdefault("SECRET_KEY", "only-for-the-benchmark-" + "0" * 40)
os.environ.setdefault("LOG_LEVEL", "WARNING")

from coopportal.settings import *  # noqa: F403

INSTALLED_APPS.append("bench")  # noqa: F405 - for its commands
if env.bool("BENCH_TRACE", default=False):  # noqa: F405
    MIDDLEWARE.insert(0, "bench.tracing.Tracing")  # noqa: F405
