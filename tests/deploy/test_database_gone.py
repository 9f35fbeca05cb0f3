"""The database goes under load and comes back: visitors read the copy meanwhile, nobody sees a fault, nothing is
restarted.

PostgreSQL, gunicorn and nginx are real, with the settings of `deploy/`; the content is the sample's.
"""

import json
import subprocess
import time
from itertools import count
from types import SimpleNamespace

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
from tests.scaling.processes import ROOT, Servers, ask, free_port, needs, wait_until
from tests.snapshot.reading import served, walk

COPIED = [
    "/es/",
    "/es/programmes/",
    "/es/programmes/my-coop/",
    "/es/engagements/?country=PE",
    "/es/engagements/?page=2",
]
COPIED += ["/es/engagements/?page=1", "/es/feed/", "/sitemap.xml", "/es/planned.ics"]
NOT_COPIED = ["/es/search/?q=dairy", "/es/engagements/?country=PE&country=BO", "/en/", "/es/profiles/?sort=newest"]
VISITORS = 4
# Seconds after its return within which the database is used again: it has to start, and a page to be made.
SOON = 20


@pytest.fixture(scope="module")
def machine(environment, made_once, tmp_path_factory):
    """The portal behind nginx, with its copy in Spanish; `database` is the process of PostgreSQL."""
    needs("initdb", "nginx", "openssl")
    folder, copy, https = tmp_path_factory.mktemp("machine"), tmp_path_factory.mktemp("copy"), free_port()
    with Servers(folder) as servers:
        port = servers.postgresql()
        ask(port, "CREATE DATABASE portal", "postgres")
        environment = environment | {
            "DATABASE_URL": f"postgres://postgres@127.0.0.1:{port}/portal",
            "SITE_URL": f"https://{NAME}",
            "MEDIA_ROOT": str(folder / "media"),
        }
        servers.manage("migrate", "--verbosity=0", **environment)
        servers.manage("load_sample", "--verbosity=0", **environment)
        servers.manage("snapshot", str(copy), "--languages", "es", **environment)
        with socket_of_systemd() as listening:
            upstream = listening.getsockname()[1]
            process = portal(listening, ROOT, folder / "portal.out", **environment)
            with (
                process.started(lambda: status_of(upstream, "/readyz") == 200),
                nginx(folder / "nginx", upstream, free_port(), https, copy),
            ):
                yield SimpleNamespace(
                    browser=Browser(folder / "nginx", https), database=servers.primary, port=port, copy=copy,
                    process=process, log=folder / "portal.out", upstream=upstream,
                )  # fmt: skip


def workers(process) -> set[str]:
    number = process.running.pid
    with open(f"/proc/{number}/task/{number}/children") as children:
        return set(children.read().split())


def test_the_sample_content_is_copied_with_every_link(machine):
    with served(machine.copy) as site:
        answers, dead = walk(site)
    assert dead == []
    assert len(answers) > 1000
    assert {"/es/", "/es/profiles/john-bliek/", "/es/programmes/~country=PE/", "/es/engagements/~page=2/"} <= set(
        answers
    )
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=machine.copy, check=True)


def test_the_database_goes_under_load_and_comes_back(machine):
    turn, pages = count(), [*COPIED, *NOT_COPIED, "/api/v1/programmes/"]
    during = "before"

    def visit():
        phase, path = during, pages[next(turn) % len(pages)]
        response, content = machine.browser.ask(path, Accept_Language="es")
        again = "Retry-After" in response.headers
        phase = during if during == phase else "between"
        return phase, path, response.status, response.headers.get("X-Served-From", "portal"), again, bool(content)

    before = workers(machine.process)
    with asking_all_the_while(visit, visitors=VISITORS) as outcomes:
        wait_for_more(outcomes, 2 * len(pages))
        during = "it goes"
        machine.database.kill()
        wait_for_more(outcomes, len(pages))
        during = "gone"
        wait_for_more(outcomes, 3 * len(pages))
        during = "it comes"
        machine.database.start()
        returned = time.monotonic()
        wait_until(lambda: machine.browser.ask("/en/")[0].status == 200, "a page comes again")
        soon = time.monotonic() - returned
        during = "back"
        wait_for_more(outcomes, 2 * len(pages))

    assert all(isinstance(outcome, tuple) for outcome in outcomes), outcomes
    assert {status for _phase, _path, status, *_others in outcomes} == {200, 503}
    for phase, path, status, served_from, again, has_content in outcomes:
        assert has_content, path
        assert (status == 503) == again, path
        if phase in ("before", "back"):
            assert (status, served_from) == (200, "portal"), (phase, path)
        elif phase == "gone":
            expected = (200, "copy") if path in COPIED else (503, "portal")
            assert (status, served_from) == expected, path
    assert {path for phase, path, *_others in outcomes if phase == "gone"} == set(pages)
    assert soon < SOON
    assert workers(machine.process) == before
    assert ask(machine.port, "SELECT 1") == 1


@pytest.fixture(scope="module")
def gone(machine):
    """The machine while its database is gone."""
    machine.database.kill()
    yield machine.browser
    machine.database.start()
    wait_until(lambda: status_of(machine.upstream, "/readyz") == 200, "the database is back")


def test_the_copy_says_that_it_is_one_and_is_not_kept(gone):
    response, content = gone.ask("/es/engagements/?country=PE")
    assert (response.headers["X-Served-From"], response.headers["Cache-Control"]) == ("copy", "no-store")
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert b"copy-note" in content
    assert b'rel="canonical" href="https://portal.example.org/es/engagements/"' in content
    for page, kind in {"/es/feed/": "text/xml", "/robots.txt": "text/plain", "/": "text/html"}.items():
        assert gone.ask(page)[0].headers["Content-Type"].startswith(kind), page


def test_whoever_has_the_portals_page_is_sent_the_copy(gone):
    response, _content = gone.ask("/es/", If_Modified_Since="Fri, 01 Jan 2100 00:00:00 GMT", If_None_Match='W/"a"')
    assert response.status == 200
    assert not {"ETag"} & set(response.headers)


@pytest.mark.parametrize(
    ("path", "method", "cookie"),
    [
        ("/es/", "GET", "a=b; __Host-sessionid=somebody"),
        ("/es/", "POST", ""),
        ("/admin/", "GET", "__Host-sessionid=somebody"),
        ("/es/profiles/john-bliek/?preview=token", "GET", ""),
        ("/es/programmes.csv", "GET", ""),
        ("/data/bundle.zip", "GET", ""),
        ("/snapshot.html", "GET", ""),
        ("/static", "GET", ""),
        ("/static/", "GET", ""),
        ("/es", "GET", ""),
    ],
)
def test_what_is_in_no_copy_is_asked_to_come_again(gone, path, method, cookie):
    response, content = gone.ask(path, method, Cookie=cookie)
    # A redirect to the login, or to an address with a slash at its end, needs no database; nor is a form taken then.
    assert response.status in (503, 301, 302, 403)
    assert "X-Served-From" not in response.headers
    if response.status == 503:
        assert response.headers["Retry-After"] == "30"
        assert content


def test_the_apology_is_in_the_language_of_the_address(gone):
    for code, words in {
        "en": "Back in a moment",
        "es": "Volvemos enseguida",
        "fr": "De retour dans un instant",
    }.items():
        response, content = gone.ask(f"/{code}/search/?q=a")
        assert (response.status, response.headers["Cache-Control"]) == (503, "no-store")
        assert f'<html lang="{code}">' in content.decode()
        assert words in content.decode()


def test_the_api_answers_for_itself(gone):
    response, content = gone.ask("/api/v1/programmes/?lang=es")
    assert (response.status, response.headers["Retry-After"]) == (503, "30")
    assert response.headers["Content-Type"].startswith("application/problem+json")
    assert json.loads(content)["status"] == 503


def test_a_link_of_the_copy_leads_to_the_portals_own_address(gone):
    response, _content = gone.ask("/es/engagements/~country=PE/")
    assert response.status == 302
    assert response.headers["Location"].endswith("/es/engagements/?country=PE")


def test_a_portal_that_is_dead_altogether_has_its_copy_shown(machine):
    """Without a socket that somebody holds for it, nobody answers at all."""
    folder, https = machine.copy.parent / "dead", free_port()
    with nginx(folder, free_port(), free_port(), https, machine.copy):
        browser = Browser(folder, https)
        response, _content = browser.ask("/es/programmes/")
        assert (response.status, response.headers["X-Served-From"]) == (200, "copy")
        assert browser.ask("/es/search/")[0].status == 503
        assert browser.ask("/api/v1/programmes/")[0].status == 502
