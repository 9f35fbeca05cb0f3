"""Many visitors at once, and nothing kept yet: the page is made once."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from unittest import mock
from urllib.request import urlopen

from django.db import connections
from django.http import HttpResponse
from django.test import RequestFactory

from caching import store
from caching.middleware import PageCache
from caching.visits import Visit

ROOT = Path(__file__).resolve().parents[2]


class SlowView:
    """A view that counts how often it was asked, in all threads."""

    def __init__(self, seconds=0.3, **headers):
        self.asked, self.seconds, self.headers, self._lock = 0, seconds, headers, Lock()

    def __call__(self, request):
        with self._lock:
            self.asked += 1
        time.sleep(self.seconds)
        return HttpResponse("page", headers=self.headers)


def asked_at_once(view, number=200, threads=40) -> list[bytes]:
    """What so many visitors are answered."""
    middleware = PageCache(view)

    def visit(_number):
        try:
            return middleware(RequestFactory().get("/en/")).content
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(visit, range(number)))


def test_two_hundred_at_once_have_one_page_made(real_transactions, page_cache):
    view = SlowView()
    assert asked_at_once(view) == [b"page"] * 200
    assert view.asked == 1


def test_processes_that_share_only_the_store_make_one_page(real_transactions, page_cache):
    """As two processes would: what is in the memory of the one is not in that of the other."""
    view = SlowView()
    with mock.patch.object(page_cache.memory, "get", return_value=None):
        assert asked_at_once(view, 60, 20) == [b"page"] * 60
    assert view.asked == 1


def test_nobody_waits_for_long_for_one_that_is_no_more(real_transactions, page_cache, monkeypatch):
    monkeypatch.setattr(store, "SECONDS_TO_WAIT", 0.2)
    visit = Visit.of(RequestFactory().get("/en/").META)
    page_cache._shared("add", f"{store._name(visit)}:turn", True, timeout=60)
    view = SlowView(0)
    assert asked_at_once(view, 1) == [b"page"]
    assert view.asked == 1
    assert asked_at_once(view, 5) == [b"page"] * 5  # kept by the one who did not wait
    assert view.asked == 1


def test_what_cannot_be_kept_is_not_made_one_after_the_other(real_transactions, page_cache):
    view = SlowView(0.2, **{"Cache-Control": "private"})
    began = time.monotonic()
    asked_at_once(view, 20, 20)
    assert view.asked == 20
    assert time.monotonic() - began < 20 * 0.2


SERVED = """
from tests.settings import *
PAGE_CACHE = True
CACHES["pages"]["LOCATION"] = "{directory}"
"""
SERVER = ["--workers", "2", "--threads", "8", "--log-level", "warning"]
COUNTING = """
import time
from coopportal.wsgi import application
from coopportal.views import HomeView
made = HomeView.get_context_data
def counted(view, **kwargs):
    print("made", flush=True)
    time.sleep(0.5)
    return made(view, **kwargs)
HomeView.get_context_data = counted
"""


def test_two_processes_of_the_server_make_one_page(real_transactions, tmp_path):
    (tmp_path / "counting.py").write_text(COUNTING)
    (tmp_path / "served.py").write_text(SERVED.format(directory=tmp_path / "pages"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site = f"http://127.0.0.1:{port}"
    database = connections["default"].settings_dict
    url = (
        f"sqlite:///{database['NAME']}"
        if connections["default"].vendor == "sqlite"
        else "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database)
    )
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "served"}
    environment["PYTHONPATH"] = f"{tmp_path}:{ROOT}"
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "counting", "--bind", f"127.0.0.1:{port}", *SERVER],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            deadline = time.monotonic() + 60
            while True:
                try:
                    urlopen(f"{site}/healthz", timeout=30)  # noqa: S310
                    break
                except OSError:
                    assert time.monotonic() < deadline, (tmp_path / "log").read_text()
                    time.sleep(0.2)
            with ThreadPoolExecutor(40) as pool:
                answers = pool.map(lambda _number: urlopen(f"{site}/en/", timeout=60).status, range(200))  # noqa: S310
                assert set(answers) == {200}
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)
    assert len(re.findall("^made$", (tmp_path / "log").read_text(), re.MULTILINE)) == 1
