"""Under gunicorn with several workers: one log, and one set of numbers, whichever worker is asked."""

import json
import sys
from contextlib import closing
from http.client import HTTPConnection

import pytest

from tests.scaling.processes import DEPLOY, Process, answers, free_port

HEALTHZ = 'portal_request_seconds_count{method="GET",status="2xx",view="healthz"} '
TOKEN = "a-token-of-this-test"


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """The port of a portal with two workers and no tables, and its log."""
    folder, port = tmp_path_factory.mktemp("workers"), free_port()
    environment = {
        "DJANGO_SETTINGS_MODULE": "tests.scaling.settings",
        "SECRET_KEY": "only-for-tests-" + "0" * 40,
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "CACHE_DIR": str(folder / "cache"),
        "HTTPS": "0",
        "LOG_FORMAT": "json",
        "LOG_REQUESTS": "1",
        "METRICS_TOKEN": TOKEN,
        "WEB_CONCURRENCY": "2",
        "GUNICORN_BIND": f"127.0.0.1:{port}",
        "TMPDIR": str(folder),
    }
    arguments = [sys.executable, "-m", "gunicorn", "coopportal.wsgi", "--config", DEPLOY / "gunicorn.conf.py"]
    with Process(arguments, folder / "log", **environment).started(lambda: answers(port, "/healthz")) as process:
        yield port, folder / "log"
        process.end()


def read(port: int, path: str) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Authorization": f"Bearer {TOKEN}"})
    with closing(connection):
        return connection.getresponse().read().decode()


def test_whichever_worker_is_asked_answers_for_all(portal):
    port, _log = portal
    before = {read(port, "/metrics").partition(HEALTHZ)[2].splitlines()[0] for _ in range(9)}
    for _ in range(24):
        read(port, "/healthz")
    after = {read(port, "/metrics").partition(HEALTHZ)[2].splitlines()[0] for _ in range(9)}
    assert len(before) == len(after) == 1
    assert float(after.pop()) - float(before.pop()) == 24


def test_every_line_of_the_log_is_json_gunicorns_too(portal):
    port, log = portal
    read(port, "/healthz?q=whom-they-look-for")
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert {"gunicorn.error", "monitoring.requests"} <= {line["logger"] for line in lines}
    assert "whom-they-look-for" not in log.read_text()
