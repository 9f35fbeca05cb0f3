"""Whether an address works is asked of a real server, here on this machine."""

import socket
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from desk.links import checking
from desk.links.checking import Answer, check, check_all
from desk.management.commands.check_links import remember
from desk.models import CheckedLink
from tests.factories import EngagementFactory


class Server(BaseHTTPRequestHandler):
    """Answers as the path says: /404, /to/<path>, /head-refused, /slow, /garbage …"""

    asked: list[tuple[str, str]] = []

    def answer(self):
        self.asked.append((self.command, self.path))
        path = self.path.split("?")[0]
        if path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", path.removeprefix("/to"))
        elif path == "/circle":
            self.send_response(301)
            self.send_header("Location", "/circle")
        elif path == "/elsewhere":
            self.send_response(301)
            self.send_header("Location", "ftp://example.org/")
        elif path == "/head-refused":
            self.send_response(405 if self.command == "HEAD" else 200)
        elif path == "/head-cut-off" and self.command == "HEAD":
            return
        elif path == "/slow":
            time.sleep(3)
            return
        elif path == "/drip":
            self.drip()
            return
        elif path == "/garbage":
            self.wfile.write(b"\x00\x01 no web server at all\r\n\r\n")
            return
        else:
            self.send_response(int(path[1:]) if path[1:].isdigit() else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def drip(self):
        try:
            for _number in range(600):
                self.wfile.write(b"H")
                time.sleep(0.1)
        except OSError:
            return

    do_HEAD = do_GET = answer  # noqa: N815 - the names that http.server asks for

    def log_message(self, *args):
        return


@pytest.fixture
def server(settings):
    """The address of the server; private addresses are allowed."""
    settings.CHECK_PRIVATE_LINKS = True
    Server.asked = []
    running = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    running.daemon_threads = True
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


@pytest.mark.parametrize(
    ("path", "status", "reason", "http_status"),
    [
        ("/", "ok", "", 200),
        ("/200?a=ü#part", "ok", "", 200),
        ("/página", "ok", "", 200),
        ("/to/200", "ok", "", 200),
        ("/to/to/404", "broken", "answer", 404),
        ("/head-refused", "ok", "", 200),
        ("/head-cut-off", "ok", "", 200),
        ("/404", "broken", "answer", 404),
        ("/410", "broken", "answer", 410),
        ("/500", "broken", "answer", 500),
        ("/503", "broken", "answer", 503),
        ("/403", "unknown", "answer", 403),
        ("/429", "unknown", "answer", 429),
        ("/circle", "broken", "circle", None),
        ("/elsewhere", "broken", "malformed", None),
        ("/garbage", "broken", "nonsense", None),
    ],
)
def test_an_address_is_judged_by_its_answer(server, path, status, reason, http_status):
    answer = check(server + path)
    assert (answer.status, answer.reason, answer.http_status) == (status, reason, http_status)


def test_a_server_that_says_nothing_is_not_waited_for(server, monkeypatch):
    monkeypatch.setattr(checking, "TIMEOUT", 0.5)
    answer = check(f"{server}/slow")
    assert (answer.status, answer.reason, answer.http_status) == ("broken", "timeout", None)


def test_pages_are_asked_for_by_their_heads_first(server):
    check(f"{server}/200")
    check(f"{server}/404")
    assert Server.asked == [("HEAD", "/200"), ("HEAD", "/404"), ("GET", "/404")]


def test_a_server_that_drips_does_not_hold_the_check_up(server, monkeypatch):
    monkeypatch.setattr(checking, "AT_MOST", 0.5)
    start = time.monotonic()
    assert check(f"{server}/drip").status == "broken"
    assert time.monotonic() - start < 30  # it drips for a minute


@pytest.mark.parametrize("url", ["http://", "http://[::1", "http://a..b/", "http://host:port/", "mailto:a@b.org", "x"])
def test_half_an_address_is_said_to_be_one(url):
    assert check(url).reason in ("malformed", "no-host", "nonsense")
    assert [answer.url for answer in check_all([url])] == [url]


def test_a_name_without_a_server_is_said_to_be_one(monkeypatch):
    def resolve(*args, **kwargs):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert check("https://nowhere.example/").reason == "no-host"


def test_a_closed_door_is_said_to_be_one(server):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert check(f"http://127.0.0.1:{port}/").reason == "no-connection"


def test_a_page_without_encryption_where_some_is_expected(server):
    assert check(server.replace("http:", "https:")).status == "broken"


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 - not listened to
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:127.0.0.1",
        "64:ff9b:1::1",
    ],
)
def test_private_addresses_are_not_asked(monkeypatch, ip):
    def connect(*args, **kwargs):
        raise AssertionError("connected")

    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: [(0, 0, 0, "", (ip, 80))])
    monkeypatch.setattr(socket, "create_connection", connect)
    assert check("http://innocent.example/").reason == "not-public"


def test_a_name_with_one_private_address_is_not_asked(monkeypatch):
    found = [(0, 0, 0, "", (ip, 80)) for ip in ("93.184.216.34", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)
    assert check("http://innocent.example/").reason == "not-public"


def test_the_connection_goes_to_the_address_that_was_looked_at(monkeypatch):
    connected = []

    def connect(address, timeout):
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: [(0, 0, 0, "", ("93.184.216.34", 80))])
    monkeypatch.setattr(socket, "create_connection", connect)
    assert check("http://innocent.example/").reason == "no-connection"
    assert set(connected) == {("93.184.216.34", 80)}


def test_one_server_is_not_hurried(server):
    start = time.monotonic()
    answers = list(check_all([f"{server}/200", f"{server}/404", f"{server}/500"], pause=0.2))
    assert time.monotonic() - start >= 0.4
    assert [answer.status for answer in answers] == ["ok", "broken", "broken"]


# What is remembered.


@pytest.fixture
def link(db):
    return CheckedLink.objects.create(url="https://example.org/")


def answered(link, status="broken", **values) -> CheckedLink:
    return remember(Answer(link.url, CheckedLink.Status(status), **values))


def test_a_page_that_is_gone_is_broken_at_once(link):
    assert answered(link, reason="answer", http_status=404, is_certain=True).status == "broken"


def test_any_other_fault_is_believed_when_it_is_there_again(link):
    assert answered(link, reason="timeout").status == "unknown"
    assert answered(link, reason="timeout").status == "unknown"
    CheckedLink.objects.update(first_failed_at=timezone.now() - timedelta(days=1))
    assert answered(link, reason="timeout").status == "broken"


def test_a_link_that_works_again_is_forgiven(link):
    answered(link, reason="answer", http_status=404, is_certain=True)
    link = answered(link, "ok", http_status=200)
    assert (link.status, link.reason, link.first_failed_at, link.why) == ("ok", "", None, "")


def test_the_reason_is_told_in_words(link):
    assert answered(link, reason="answer", http_status=404).why == "The server answers with the error 404"
    assert answered(link, reason="timeout").why == "The server does not answer in time"


@pytest.mark.django_db
def test_the_command_checks_what_records_link_to(server, capsys):
    for path in ("200", "404"):
        EngagementFactory(source_url=f"{server}/{path}")
    CheckedLink.objects.create(url=f"{server}/used-by-nobody", status="broken")
    call_command("check_links", pause=0)
    out = capsys.readouterr().out
    assert "2 checked, 1 work, 1 are broken, 0 are not known." in out
    assert f"broken: {server}/404 – The server answers with the error 404" in out
    assert dict(CheckedLink.objects.values_list("url", "status")) == {f"{server}/200": "ok", f"{server}/404": "broken"}


@pytest.mark.django_db
def test_the_command_skips_what_it_checked_lately_and_looks_again_at_what_failed(server):
    for path in ("200", "503"):
        EngagementFactory(source_url=f"{server}/{path}")
    call_command("check_links", pause=0)
    Server.asked.clear()
    call_command("check_links", pause=0)
    assert {path for _method, path in Server.asked} == {"/503"}
    call_command("check_links", pause=0, older_than=0)
    assert ("HEAD", "/200") in Server.asked


@pytest.mark.django_db
def test_the_command_checks_the_longest_unchecked_first_up_to_a_limit(server):
    for number in range(3):
        EngagementFactory(source_url=f"{server}/200?{number}")
    for _run in range(3):
        call_command("check_links", pause=0, limit=1)
    assert {path for _method, path in Server.asked} == {"/200?0", "/200?1", "/200?2"}


@pytest.mark.django_db
def test_a_portal_without_internet_keeps_what_it_knew(monkeypatch):
    def resolve(*args, **kwargs):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    for number in range(10):
        EngagementFactory(source_url=f"https://server{number}.example/")
    with pytest.raises(CommandError, match="internet"):
        call_command("check_links", pause=0)
    assert not CheckedLink.objects.filter(checked_at__isnull=False).exists()
