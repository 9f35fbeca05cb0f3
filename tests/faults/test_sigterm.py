"""SIGTERM under load: the server takes nothing new, answers what was begun, and ends well."""

import signal
import time
from http.client import HTTPConnection, HTTPException, IncompleteRead
from threading import Event, Thread
from urllib.parse import urlencode

import pytest

from tests.faults.content import PASSWORD
from tests.faults.serving import served
from tests.scaling.browsing import HIDDEN, Browser
from tests.scaling.processes import PATIENCE

pytestmark = pytest.mark.django_db
PAGES = ["/en/", "/en/engagements/?sort=oldest", "/es/countries/", "/en/engagements.csv", "/api/v1/engagements/"]
# Who sent a request so shortly before the signal may have been waiting to be taken.
AT_THE_DOOR = 0.5  # seconds


class Visitors:
    """They ask on and on until nobody is there; `answered`, and `broken` with the moment at which it was asked."""

    def __init__(self, port: int):
        self.port, self.over, self.answered, self.broken = port, Event(), 0, []
        self.threads = [Thread(target=self.visit, args=[number]) for number in range(6)]

    def visit(self, number: int) -> None:
        while not self.over.is_set():
            number += 1
            connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            try:
                connection.connect()
            except OSError:  # nobody takes anything any more
                return
            self.ask(connection, f"{PAGES[number % len(PAGES)]}")

    def ask(self, connection: HTTPConnection, path: str) -> None:
        asked, got = time.monotonic(), b""
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            got = b"something"
            response.read()
            assert response.status == 200, response.status
            self.answered += 1
        except (OSError, HTTPException, AssertionError) as error:
            self.broken.append((asked, bool(got) or isinstance(error, IncompleteRead), repr(error)))
        finally:
            connection.close()


class Begun:
    """A form of the admin of which half was sent."""

    def __init__(self, port: int):
        browser = Browser(port)
        browser.sign_in("head", PASSWORD)
        browser.open("/admin/codelists/topic/add/")
        fields = dict(HIDDEN.findall(browser.page)) | {"name_en": "Sent in two pieces", "slug": "in-two-pieces"}
        self.body = urlencode(fields | browser._token()).encode()
        [jar] = [handler.cookiejar for handler in browser.opener.handlers if hasattr(handler, "cookiejar")]
        self.connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.connection.putrequest("POST", "/admin/codelists/topic/add/")
        self.connection.putheader("Content-Type", "application/x-www-form-urlencoded")
        self.connection.putheader("Content-Length", str(len(self.body)))
        self.connection.putheader("Cookie", "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar))
        self.connection.endheaders(self.body[:20])

    def send_the_rest(self) -> tuple[int, str]:
        self.connection.send(self.body[20:])
        response = self.connection.getresponse()
        response.read()
        return response.status, response.headers["Location"]


def test_what_was_begun_is_answered_and_nothing_is_cut_off(lived_in, tmp_path):
    with served(lived_in, tmp_path, PAGE_CACHE="0") as portal:
        visitors = Visitors(portal.port)
        form = Begun(portal.port)
        for thread in visitors.threads:
            thread.start()
        time.sleep(3)
        signalled = time.monotonic()
        portal.process.running.send_signal(signal.SIGTERM)
        time.sleep(1)
        assert form.send_the_rest() == (302, "/admin/codelists/topic/")
        code = portal.process.running.wait(timeout=PATIENCE)
        took = time.monotonic() - signalled
        visitors.over.set()
        for thread in visitors.threads:
            thread.join()
    assert code == 0
    assert took < 30
    assert visitors.answered > 20
    assert [each for each in visitors.broken if each[1] or each[0] < signalled - AT_THE_DOOR] == []
    assert lived_in.ask("SELECT COUNT(*) FROM codelists_topic WHERE slug = 'in-two-pieces'") == [(1,)]
    assert "Traceback" not in portal.process.log.read_text()
