"""The portal behind PgBouncer in transaction mode, where each transaction may find itself on another connection."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from zipfile import ZipFile

from tests.scaling.browsing import Browser
from tests.scaling.processes import PATIENCE, Process, Servers, ask, environment_of, needs
from tests.scaling.visitors import Editor, Visitors

CONNECTIONS, VISITORS = 3, 20
STAFF = {"DJANGO_SUPERUSER_USERNAME": "editor", "DJANGO_SUPERUSER_PASSWORD": "a-long-password"}
ADDRESSES = [
    "/en/",
    "/en/programmes/",
    "/en/programmes/my-coop/",
    "/en/engagements/?country=PE&country=BO",
    "/en/search/?q=edition",
    "/en/search/?q=kooperative",  # mistyped: the similarity is set for a transaction
    "/es/countries/",
    "/api/v1/programmes/?expand=topics",
    "/en/engagements.csv",  # streamed: a cursor of the server within a transaction
    "/en/programmes.csv",
    "/data/programmes.csv",
    "/data/bundle.zip",  # a transaction of its own isolation
    "/data/iati-activities.xml",
]
SHEET = "name_en,slug,kind\n" + "".join(f"Union {number},union-{number},federation\n" for number in range(300))


def test_twenty_visitors_and_three_writers_share_three_connections(tmp_path):
    needs("initdb", "pgbouncer")
    with Servers(tmp_path) as servers:
        database = servers.postgresql()
        ask(database, "CREATE DATABASE portal", "postgres")
        pool = servers.pgbouncer(database, CONNECTIONS)
        # Without kept pages every request reaches the database.
        environment = environment_of(tmp_path, pool, PGBOUNCER="1", PAGE_CACHE="0")
        migrate_twice_at_once(tmp_path, environment)
        servers.manage("load_sample", "--verbosity=0", **environment)
        servers.manage("createsuperuser", "--noinput", "--email=editor@example.org", **environment, **STAFF)
        port, _portal = servers.portal("portal", **environment)

        with Editor("my-coop", environment).editing() as editor:
            visitors = Visitors(port, VISITORS, ADDRESSES, editor)
            with visitors.reading(), visitors.phase("all work at once", 10), ThreadPoolExecutor() as staff:
                topics = [staff.submit(add_topics, port, name) for name in ("First", "Second")]
                imported = staff.submit(import_organisations, port)
            assert not visitors.faults, visitors.told_faults()
            assert visitors.editions.keys() >= {
                "/en/programmes/my-coop/",
                "/en/search/?q=edition",
                "/en/programmes.csv",
            }
            for done in (*topics, imported):
                done.result()

        assert ask(database, "SELECT count(*) FROM codelists_topic WHERE slug LIKE '%-written'") == 10
        assert ask(database, "SELECT count(*) FROM organisations_organisation WHERE slug LIKE 'union-%'") == 300
        clients = "SELECT count(*) FROM pg_stat_activity WHERE datname = 'portal' AND backend_type = 'client backend'"
        assert ask(database, clients) <= CONNECTIONS + 1  # and the one that asks
        package = tmp_path / "bundle.zip"
        package.write_bytes(visitors.last["/data/bundle.zip"])
        assert "datapackage.json" in ZipFile(package).namelist()
        servers.manage("rebuild_search", "--check", **environment)


def migrate_twice_at_once(folder: Path, environment: dict[str, str]) -> None:
    logs = [folder / f"migrate-{number}.log" for number in (1, 2)]
    both = [Process([sys.executable, "manage.py", "migrate"], log, **environment) for log in logs]
    for process in both:
        process.start()
    for process in both:
        assert process.running.wait(timeout=4 * PATIENCE) == 0, process.log.read_text()
    assert sum("Another process is migrating this database" in log.read_text() for log in logs) == 1
    assert sum("No migrations to apply." in log.read_text() for log in logs) == 1


def add_topics(port: int, name: str) -> None:
    browser = Browser(port)
    browser.sign_in("editor", STAFF["DJANGO_SUPERUSER_PASSWORD"])
    for number in range(5):
        browser.open("/admin/codelists/topic/add/")
        browser.send("/admin/codelists/topic/add/", name_en=f"{name} {number}", slug=f"{name.lower()}-{number}-written")
        assert browser.address.endswith("/admin/codelists/topic/"), browser.page


def import_organisations(port: int) -> None:
    folder = "/admin/organisations/organisation/import/"
    browser = Browser(port)
    browser.sign_in("editor", STAFF["DJANGO_SUPERUSER_PASSWORD"])
    browser.open(folder)
    browser.upload(folder, "unions.csv", SHEET.encode())
    assert "300" in browser.send(f"{folder}confirm/")
