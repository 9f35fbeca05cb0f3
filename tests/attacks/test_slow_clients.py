"""Who sends a request by drops, or takes an answer by drops, keeps nobody else waiting.

nginx as `deploy/nginx.conf` sets it reads a request to its end before the portal hears of it, and takes the answer from
the portal at once, to hand it on as slowly as the visitor likes. So no visitor holds one of the portal's threads.
"""

import re
import socket
import threading
import time
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.deploy.machine import NAME, Browser, nginx
from tests.scaling.processes import DEPLOY, free_port, needs

SLOW = 60  # clients at once: more than all threads of a portal together
SOON = 30  # seconds, on a machine that has much to do; a client that is slow takes longer for a single drop


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """nginx before a portal of one single thread, which any slow client could hold."""
    needs("nginx", "openssl")
    asked = []

    class OneThread(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            content = bytes(200_000)
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def do_POST(self):
            asked.append(self.path)
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), OneThread)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    folder, https = tmp_path_factory.mktemp("slow"), free_port()
    with nginx(folder, server.server_port, free_port(), https):
        yield Browser(folder, https), asked
    server.shutdown()
    server.server_close()


@contextmanager
def slow_clients(browser: Browser, begin: bytes):
    """Many connections on which that much has been sent, and no more comes."""
    with ExitStack() as stack:
        for _number in range(SLOW):
            connection = browser.connection()
            stack.callback(connection.close)
            connection.sock.sendall(begin)
        yield


@pytest.mark.parametrize(
    "begin",
    [
        b"GET /slow HTTP/1.1\r\nHost: %b\r\nX-Drop: " % NAME.encode(),
        b"POST /slow HTTP/1.1\r\nHost: %b\r\nContent-Length: 100000\r\n\r\nab" % NAME.encode(),
        b"GET /slowly-read HTTP/1.1\r\nHost: %b\r\n\r\n" % NAME.encode(),
        b"",
    ],
    ids=["header", "body", "answer not read", "nothing"],
)
def test_others_are_answered_meanwhile(served, begin):
    browser, asked = served
    with slow_clients(browser, begin):
        began = time.monotonic()
        for _number in range(3):
            response, content = browser.ask("/meanwhile")
            assert (response.status, len(content)) == (200, 200_000)
        assert time.monotonic() - began < SOON
    assert "/slow" not in asked  # the portal never heard of a request that was not complete


def test_nobody_is_waited_for_without_end():
    settings = (DEPLOY / "nginx.conf").read_text()
    for name in ("client_header_timeout", "client_body_timeout"):
        assert 0 < int(re.search(rf"^\s*{name} (\d+)s;", settings, re.M)[1]) <= 30, name
    assert "proxy_request_buffering off" not in settings
    assert "proxy_buffering off" not in settings


def test_without_a_proxy_one_client_would_hold_the_thread(tmp_path):
    """What nginx is for: the same server alone waits for who sends nothing."""

    class OneThread(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), OneThread)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with socket.create_connection(server.server_address) as slow:
        slow.sendall(b"GET / HTTP/1.1\r\n")
        with socket.create_connection(server.server_address, timeout=1) as other:
            other.sendall(b"GET / HTTP/1.1\r\n\r\n")
            with pytest.raises(TimeoutError):
                other.recv(1)
    server.shutdown()
    server.server_close()
