"""A server without containers: the portal as its systemd unit starts it, asked through nginx by HTTPS."""

import re
import signal
import ssl
import threading
from http.client import HTTPConnection, RemoteDisconnected
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event

import pytest

from tests.deploy.machine import (
    NAME,
    Browser,
    asking_all_the_while,
    nginx,
    portal,
    socket_of_systemd,
    status_of,
    wait_for_more,
)
from tests.scaling.processes import ROOT, free_port, needs, wait_until

MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def machine(environment, tmp_path_factory):
    """Socket, portal and nginx; the ports of nginx, and its log."""
    needs("nginx", "openssl")
    folder, http, https = tmp_path_factory.mktemp("machine"), free_port(), free_port()
    with socket_of_systemd() as listening:
        upstream = listening.getsockname()[1]
        process = portal(listening, ROOT, folder / "portal.out", **environment)
        ready = lambda: status_of(upstream, "/readyz") == 200  # noqa: E731 - who comes too early waits in the socket
        with process.started(ready), nginx(folder, upstream, http, https) as log:
            yield Machine(process, listening, folder, http, https, log)


class Machine:
    def __init__(self, process, listening, folder, http, https, log):
        self.process, self.listening, self.folder, self.http, self.log = process, listening, folder, http, log
        self.browser = Browser(folder, https)

    def ask_plainly(self, path: str, host: str = NAME):
        connection = HTTPConnection("127.0.0.1", self.http, timeout=180)
        connection.request("GET", path, headers={"Host": host})
        return connection.getresponse()


def test_a_page_comes_by_https_with_its_policy_and_number(machine):
    response, content = machine.browser.ask("/en/")
    assert response.status == 200
    assert b"<html" in content
    assert response.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert re.fullmatch("[0-9a-f]{32}", response.headers["X-Request-ID"])
    assert "nginx/" not in response.headers["Server"]


def test_the_number_is_the_one_in_nginxs_log(machine):
    response, _content = machine.browser.ask("/en/accessibility/", X_Request_ID="made-up-by-a-visitor")
    number = response.headers["X-Request-ID"]
    assert number != "made-up-by-a-visitor"
    wait_until(lambda: number in machine.log.read_text(), "the line in the log")


def test_static_files_come_compressed_and_stay_in_the_browser(machine):
    _response, page = machine.browser.ask("/en/")
    style = re.search(rb'href="(/static/css/base\.[0-9a-f]+\.css)"', page)[1].decode()
    for encoding in ("br", "gzip"):
        response, _content = machine.browser.ask(style, Accept_Encoding=encoding)
        assert response.headers["Content-Encoding"] == encoding
        assert "immutable" in response.headers["Cache-Control"]


def test_the_log_has_no_query_string_and_no_referrer(machine):
    machine.browser.ask(
        "/en/search/?q=secret-search&preview=secret-link", Referer=f"https://{NAME}/?preview=secret-from"
    )
    machine.ask_plainly("/en/?preview=secret-plain").read()
    wait_until(lambda: "GET /en/search/ HTTP" in machine.log.read_text(), "the line in the log")
    logs = [file.read_text() for file in machine.folder.iterdir() if file.suffix in (".log", ".out")]
    assert "secret" not in "".join(logs)


def test_plain_http_leads_to_https_and_keeps_the_address(machine):
    response = machine.ask_plainly("/en/profiles/?q=rosa")
    assert (response.status, response.headers["Location"]) == (301, f"https://{NAME}/en/profiles/?q=rosa")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", f"{NAME}.evil.example"])
def test_who_asks_for_another_name_gets_no_answer(machine, host):
    with pytest.raises(RemoteDisconnected):
        machine.ask_plainly("/en/", host)
    connection = machine.browser.connection()
    connection.request("GET", "/en/", headers={"Host": host})
    with pytest.raises(RemoteDisconnected):
        connection.getresponse()


def test_who_asks_for_no_name_is_refused(machine):
    assert machine.ask_plainly("/en/", "").status == 400


def test_there_is_no_certificate_for_another_name(machine):
    with pytest.raises(ssl.SSLError):
        machine.browser.connection("evil.example")


def test_forwarded_headers_of_visitors_count_for_nothing(machine):
    response, _content = machine.browser.ask("/", X_Forwarded_Proto="http", X_Forwarded_Host="evil.example")
    assert response.status == 302
    assert "evil" not in response.headers["Location"]


def test_a_reload_fails_no_request(machine):
    """SIGHUP is what the unit's ExecReload sends."""
    with asking_all_the_while(lambda: machine.browser.ask("/en/accessibility/")[0].status) as outcomes:
        wait_for_more(outcomes)
        pid = machine.process.running.pid
        before = _workers(pid)
        machine.process.running.send_signal(signal.SIGHUP)
        wait_until(lambda: _workers(pid) and not _workers(pid) & before, "all workers are new")
        wait_for_more(outcomes)
    assert set(outcomes) == {200}


def test_a_restart_fails_no_request(machine):
    """SIGTERM, the end, and a new start: systemd holds the socket meanwhile."""
    with asking_all_the_while(lambda: machine.browser.ask("/en/accessibility/")[0].status) as outcomes:
        wait_for_more(outcomes)
        machine.process.end()
        assert machine.process.running.returncode == 0
        machine.process.start()
        wait_for_more(outcomes)
    assert set(outcomes) == {200}


def _workers(master: int) -> set[str]:
    with open(f"/proc/{master}/task/{master}/children") as children:
        return set(children.read().split())


@pytest.fixture
def told_in_pieces(tmp_path):
    """nginx before a server that says how much was sent to it, and answers in two pieces, the second when told to."""
    needs("nginx", "openssl")
    go_on = Event()

    class Server(BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers["Content-Length"])
            read = sum(len(self.rfile.read(min(MEGABYTE, length - at))) for at in range(0, length, MEGABYTE))
            self.send_response(200)
            self.send_header("X-Accel-Buffering", "no")
            self.end_headers()
            self.wfile.write(b"%d\n" % read)
            self.wfile.flush()
            go_on.wait(timeout=180)
            self.wfile.write(b"done\n")

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    https = free_port()
    with nginx(tmp_path / "nginx", server.server_port, free_port(), https):
        yield Browser(tmp_path / "nginx", https), go_on
    go_on.set()
    server.shutdown()
    server.server_close()


def test_a_large_upload_passes_and_its_answer_is_not_held_back(told_in_pieces):
    browser, go_on = told_in_pieces
    connection = browser.connection()
    connection.request("POST", "/admin/", bytes(51 * MEGABYTE))
    response = connection.getresponse()
    assert response.readline() == b"%d\n" % (51 * MEGABYTE)
    assert not go_on.is_set()
    go_on.set()
    assert response.read() == b"done\n"


def test_a_larger_one_is_refused_before_it_reaches_the_portal(told_in_pieces):
    browser, _go_on = told_in_pieces
    connection = browser.connection()
    connection.putrequest("POST", "/admin/")
    connection.putheader("Content-Length", str(200 * MEGABYTE))
    connection.endheaders()
    assert connection.getresponse().status == 413
