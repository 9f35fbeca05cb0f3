"""What Prometheus can ask: how many requests of which view were answered how and how fast, and what failed.

Labels are names of views, never addresses: there are as many as the program has. With several gunicorn workers all
write into the files of PROMETHEUS_MULTIPROC_DIR, and whichever is asked answers for all.
"""

import os
import sys
from http import HTTPStatus

from django.core.signals import got_request_exception
from django.db import Error
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess

from monitoring.middleware import VIEW
from monitoring.published import PublishedRecords

METHODS = {"GET", "HEAD", "POST", "OPTIONS"}
KEPT = (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)

ours = CollectorRegistry()
requests = Histogram(
    "portal_request_seconds",
    "Seconds until an answer that had to be made began, by view",
    ["view", "method", "status"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=ours,
)
pages = Counter("portal_pages", "Answers to visitors of pages that may be kept", ["from"], registry=ours)
kept, made = pages.labels("kept"), pages.labels("made")
failures = Counter("portal_failures", "Exceptions that ended a request", ["kind"], registry=ours)


def count(environ: dict, status: int, seconds: float, visit_key: str) -> None:
    """Count an answer that begins, `seconds` after it was asked for.

    No view had to be asked for a page that was kept; everything that was made for it is in the environment.
    """
    view = environ.get(VIEW)
    if view is None and status in KEPT:
        kept.inc()
        return
    if environ.get(visit_key):
        made.inc()
    method = environ["REQUEST_METHOD"]
    requests.labels(view or "none", method if method in METHODS else "other", f"{status // 100}xx").observe(seconds)


def count_failures() -> None:
    """Count from now on what Django answers with a page of fault."""
    got_request_exception.connect(_failed, dispatch_uid="monitoring.metrics")


def _failed(sender, **kwargs) -> None:
    failures.labels("database" if isinstance(sys.exc_info()[1], Error) else "other").inc()


def text() -> bytes:
    """All of it in Prometheus's text format, of all processes, with the numbers of public records of this moment."""
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        multiprocess.MultiProcessCollector(registry)
    else:
        registry.register(ours)
    registry.register(PublishedRecords())
    return generate_latest(registry)
