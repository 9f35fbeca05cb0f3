"""gunicorn for one portal: `gunicorn coopportal.wsgi --config deploy/gunicorn.conf.py`. See docs/operators.md.

`WEB_CONCURRENCY` says how many workers, which is how many cores are used; each is about 100 MB of memory.
`GUNICORN_BIND` says where it listens; a socket that systemd holds goes first.
`GUNICORN_PIDFILE` is the file for its number.
"""

import gc
import logging
import os
import tempfile
from pathlib import Path

import environ

from monitoring.logs import logging_config


class Environment(environ.Env):
    """The environment and, behind it, `.env`, as the portal's settings read them.

    A copy: what `.env` says must not get into the environment of workers, which read it anew after SIGHUP.
    """

    ENVIRON = dict(os.environ)


Environment.read_env(Path(__file__).resolve().parent.parent / ".env")
env = Environment()

bind = env.str("GUNICORN_BIND", default="127.0.0.1:8000")
# Where its number is written, for `make upgrade`.
pidfile = env.str("GUNICORN_PIDFILE", default=None)
workers = env.int("WEB_CONCURRENCY", default=3)
worker_class = "gthread"
threads = 4  # in each worker: who sends a download slowly does not keep others waiting
# After SIGTERM nothing new is taken, and what was begun is sent to its end, for so many seconds.
graceful_timeout = 60
timeout = 60  # seconds after which a worker that has died without saying so is replaced
# A worker says that it lives by changing a file, which must not lie on a disk that may be slow.
worker_tmp_dir = "/dev/shm"  # noqa: S108 - a file without a name
logconfig_dict = logging_config(env.str("LOG_FORMAT", default="plain"), env.str("LOG_LEVEL", default="INFO"))
logging.captureWarnings(True)

# Where the workers add up what /metrics tells. Kept over SIGHUP and SIGUSR2, by which a newer program takes over.
if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="portal-metrics-")


def post_worker_init(worker):
    """The program itself is no garbage, and pages leave little that only the collector of cycles finds.

    It goes through all objects whenever some hundred more were made than given back, which pages with many records do.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def child_exit(server, worker):
    """What a worker that ended has counted stays; what it was doing at the moment does not."""
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker.pid)
