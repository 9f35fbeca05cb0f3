"""The drivers count what comes back, and notice what is not what it should be."""

import gzip
import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench import driving, memory
from bench.driving import Load, Visitor, WrongAnswerError, percentile

PAGE = b"<html>A page of the test</html>"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = gzip.compress(PAGE)
        status = 304 if self.headers.get("If-None-Match") else 500 if self.path == "/broken" else 200
        self.send_response(status)
        self.send_header("ETag", '"one"')
        if status != 304:
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Server-Timing", 'total;dur=5.5, db;dur=2.25;desc="7", template;dur=1.0')
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status != 304:
            self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="module")
def port():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()


@pytest.fixture(params=["Python", "wrk"])
def driver(request, monkeypatch):
    if request.param == "wrk" and not driving.has_wrk():
        pytest.skip("wrk is not installed")
    monkeypatch.setattr(driving, "has_wrk", lambda: request.param == "wrk")


def load(*arguments, **options) -> Load:
    """As `bench.driving.load`, in a thread of its own: the browser of other tests has an event loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(driving.load, *arguments, **options).result()


def test_an_answer_is_read_with_what_it_says_of_itself(port):
    answer = Visitor(port).ask_for_page("/", "A page")
    assert answer.body == PAGE
    assert answer.sent == len(gzip.compress(PAGE))
    assert answer.timing == {"total": 5.5, "db": 2.25, "queries": 7, "template": 1.0}
    assert Visitor(port).ask("/", {"If-None-Match": '"one"'}).status == 304


def test_another_status_or_body_is_noticed(port):
    with pytest.raises(WrongAnswerError, match="status 500"):
        Visitor(port).ask_for_page("/broken", "A page")
    with pytest.raises(WrongAnswerError, match="without “another”"):
        Visitor(port).ask_for_page("/", "another")


def test_a_load_is_counted(port, driver):
    found = load(port, ["/", "/two"], connections=2, seconds=1)
    assert found.requests > 10
    assert found.errors == 0
    assert found.sent / found.requests > len(gzip.compress(PAGE))
    assert 0 < found.latencies["50"] <= found.latencies["99"]
    assert found.per_second == pytest.approx(found.requests / found.seconds)


def test_errors_under_load_are_counted(port, driver):
    found = load(port, ["/", "/broken"], connections=2, seconds=1)
    assert found.errors == pytest.approx(found.requests / 2, abs=4)


def test_revalidation_under_load_is_no_error(port, driver):
    found = load(port, ["/"], connections=2, seconds=1, headers={"If-None-Match": '"one"'})
    assert found.requests > 10
    assert found.errors == 0


@pytest.mark.parametrize(("share", "value"), [(0, 1), (50, 2.5), (99, 3.97), (100, 4)])
def test_percentiles_lie_between_the_values(share, value):
    assert percentile([4, 1, 3, 2], share) == pytest.approx(value)


def test_growth_is_that_of_the_line_through_the_samples():
    assert memory.growth([(0, 5.0), (10_000, 50.0), (20_000, 51.0), (30_000, 52.0), (40_000, 53.0)]) == pytest.approx(1)
    with pytest.raises(ValueError, match="too few"):
        memory.growth([(0, 5.0)])
