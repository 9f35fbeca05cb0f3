"""Caddy with its file in `deploy/`, before a portal that answers 503: it shows the copy and nothing else."""

import threading
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.scaling.processes import DEPLOY, Process, free_port, listens, needs

FILES = {
    "index.html": "languages",
    "en/index.html": "home",
    "en/programmes/index.html": "programmes",
    "en/programmes/~country=PE/index.html": "in Peru",
    "en/programmes/~page=2/index.html": "page 2",
    "en/feed/index.xml": "feed",
    "robots.txt": "robots",
    "sitemap-engagements.xml": "map",
    "sitemap-engagements.xml~p=2.xml": "map 2",
    "static/base.css": "style",
    "en/secret.csv": "no page",
    "admin/index.html": "no page",
}


class Down(BaseHTTPRequestHandler):
    """A portal whose database is gone."""

    def answer(self):
        self.send_response(503)
        self.send_header("Retry-After", "30")
        self.send_header("Content-Length", "4")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(b"down")

    do_GET = do_HEAD = do_POST = answer  # noqa: N815 - names of the standard library

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def caddy(tmp_path_factory):
    """The port of Caddy."""
    needs("caddy")
    folder, port = tmp_path_factory.mktemp("caddy"), free_port()
    for name, content in FILES.items():
        (folder / "copy" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "copy" / name).write_text(content)
    portal = ThreadingHTTPServer(("127.0.0.1", 0), Down)
    threading.Thread(target=portal.serve_forever, daemon=True).start()
    server = Process(
        ["caddy", "run", "--config", DEPLOY / "container" / "Caddyfile", "--adapter", "caddyfile"],
        folder / "log",
        HOME=str(folder),
        PORTAL_HOST=f"http://127.0.0.1:{port}",
        PORTAL_UPSTREAM=f"127.0.0.1:{portal.server_port}",
        PORTAL_COPY=str(folder / "copy"),
    )
    with server.started(lambda: listens(port)):
        yield port
        server.end()
    portal.shutdown()
    portal.server_close()


def ask(port: int, path: str, method: str = "GET", **headers: str):
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, headers=headers)
        response = connection.getresponse()
        return response, response.read().decode()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("/", "languages"),
        ("/en/", "home"),
        ("/en/programmes/?country=PE", "in Peru"),
        ("/en/programmes/?page=1", "programmes"),
        ("/en/programmes/?page=2", "page 2"),
        ("/en/feed/", "feed"),
        ("/robots.txt", "robots"),
        ("/sitemap-engagements.xml?p=1", "map"),
        ("/sitemap-engagements.xml?p=2", "map 2"),
        ("/static/base.css", "style"),
    ],
)
def test_pages_are_those_of_the_copy(caddy, path, content):
    response, sent = ask(caddy, path)
    assert (response.status, sent) == (200, content)
    assert (response.headers["X-Served-From"], response.headers["Cache-Control"]) == ("copy", "no-store")
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("path", "method", "cookie"),
    [
        ("/en/programmes/?country=PE&page=2", "GET", ""),
        ("/en/programmes/?country=BO", "GET", ""),
        ("/en/?preview=token", "GET", ""),
        ("/en/search/", "GET", ""),
        ("/en", "GET", ""),
        ("/static/", "GET", ""),
        ("/en/", "GET", "__Host-sessionid=somebody"),
        ("/en/", "POST", ""),
    ],
)
def test_who_asks_for_anything_else_is_asked_to_come_again(caddy, path, method, cookie):
    response, sent = ask(caddy, path, method, Cookie=cookie)
    assert (response.status, response.headers["Retry-After"]) == (503, "30")
    assert "Back in a moment" in sent
    assert "X-Served-From" not in response.headers


@pytest.mark.parametrize("path", ["/admin/", "/api/v1/", "/data/bundle.zip", "/en/secret.csv", "/readyz"])
def test_what_is_no_page_the_portal_answers_itself(caddy, path):
    response, sent = ask(caddy, path)
    assert (response.status, sent) == (503, "down")


def test_a_link_of_the_copy_leads_to_the_portals_own_address(caddy):
    response, _sent = ask(caddy, "/en/programmes/~country=PE/")
    assert (response.status, response.headers["Location"]) == (302, "/en/programmes/?country=PE")
