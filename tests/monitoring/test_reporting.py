"""What a server of Sentry's is told of a fault: a real one takes what the portal sends."""

import gzip
import json
import os
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import brotli
import pytest

from monitoring.reporting import fit_to_send
from tests.monitoring.secrets import PATH, REQUEST_ID

UNPACKED_BY = {None: bytes, "gzip": gzip.decompress, "br": brotli.decompress}
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> list[str]:
    """The envelopes that a failing portal sent."""
    envelopes = []

    class Server(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            envelopes.append(UNPACKED_BY[self.headers["Content-Encoding"]](body).decode())
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    Thread(target=server.serve_forever, daemon=True).start()
    folder = tmp_path_factory.mktemp("failing")
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "tests.scaling.settings",  # no static files need be collected
        "SECRET_KEY": "secret-key-" + "0" * 40,
        "DATABASE_URL": f"sqlite:///{folder}/empty.sqlite3",
        "CACHE_DIR": str(folder / "cache"),
        "HTTPS": "0",
        "BEHIND_PROXY": "1",
        "SENTRY_DSN": f"http://public@127.0.0.1:{server.server_port}/1",
    }
    module = "tests.monitoring.failing_portal"
    done = subprocess.run([sys.executable, "-m", module], cwd=ROOT, env=environment, capture_output=True, text=True)
    server.shutdown()
    server.server_close()
    assert done.returncode == 0, done.stderr
    return envelopes


def events(envelopes: list[str]) -> list[dict]:
    lines = [json.loads(line) for envelope in envelopes for line in envelope.splitlines() if line.startswith("{")]
    return [line for line in lines if "event_id" in line and "platform" in line]


def test_each_fault_is_told_with_its_kind_and_place(told):
    found = events(told)
    assert len(found) >= 2
    for event in found:
        (*_causes, fault) = event["exception"]["values"]
        assert fault["type"] == "OperationalError"
        assert fault["value"].startswith("no such table")
        assert any(frame["module"].startswith("django.db") for frame in fault["stacktrace"]["frames"])


def test_it_says_which_release_and_which_request(told):
    for event in events(told):
        assert len(event["release"]) == 16
        assert event["tags"]["request_id"] == REQUEST_ID
    assert {(each["request"]["method"], each["request"]["url"]) for each in events(told)} == {
        ("GET", f"http://localhost{PATH}"),
        ("POST", "http://localhost/admin/login/"),
    }


def test_nothing_that_people_trusted_the_portal_with_is_told(told):
    assert told
    assert "secret" not in "\n".join(told).replace("SECRET_KEY", "").casefold()


def test_values_that_a_database_names_stay():
    value = 'duplicate key value violates unique constraint "name"\nDETAIL:  Key (username)=(rosa) already exists.'
    event = {"exception": {"values": [{"value": value}]}, "logentry": {"message": "of %s", "params": ["rosa"]}}
    sent = fit_to_send(event, {})
    assert "rosa" not in json.dumps(sent)
    assert sent["exception"]["values"][0]["value"].startswith("duplicate key")
    assert sent["logentry"] == {"message": "of %s"}
