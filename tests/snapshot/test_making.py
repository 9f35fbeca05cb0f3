"""A snapshot is the whole public site and nothing else, and follows it."""

import json
import subprocess
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.db import OperationalError, transaction
from django.utils import translation

from codelists.models import Country, Topic
from organisations.models import Organisation
from publishing.models import Status
from snapshot.addresses import Scope
from snapshot.checking import dead_links
from snapshot.faults import SnapshotError
from snapshot.making import make
from tests.factories import EngagementFactory, OrganisationFactory, ProfileFactory
from tests.snapshot.reading import served, walk
from tests.test_leaks import HIDDEN_YEAR, SECRET, both_worlds

pytestmark = pytest.mark.django_db

PORTAL = "http://testserver"
ALL = Scope(("en", "es", "fr"))
ENGLISH = Scope(("en",))


@pytest.fixture(scope="module")
def worlds(django_db_setup, django_db_blocker, tmp_path_factory):
    """The public records, the addresses of hidden ones, the folder, and what a plain server shows of it."""
    folder = tmp_path_factory.mktemp("snapshot")
    with django_db_blocker.unblock(), translation.override("en"), transaction.atomic():
        public, hidden = both_worlds()
        # The pages of gaps lead to every country of a region; here a few are enough.
        Country.objects.exclude(region="europe-central-asia").exclude(pk__in=["PE", "KE"]).update(region=None)
        Country.objects.filter(region="europe-central-asia").exclude(pk="IS").update(region=None)
        outcome = make(folder, PORTAL, ALL)
        transaction.set_rollback(True)
    assert not outcome.broken
    with served(folder) as site:
        return public, hidden, folder, *walk(site)


def test_every_link_within_answers(worlds):
    _public, _hidden, folder, answers, dead = worlds
    assert dead == []
    assert list(dead_links(folder)) == []
    assert len(answers) > 150


def test_it_is_there_in_every_language_with_filters_feeds_and_pictures(worlds):
    public, _hidden, _folder, answers, _dead = worlds
    assert {f"/{code}/{page}" for code in ("en", "es", "fr") for page in ("", "programmes/", "data/")} <= set(answers)
    assert public["profile"].get_absolute_url() in answers
    assert {"/en/programmes/~country=PE/", "/fr/engagements/~programme=open-coop/", "/es/gaps/~region=africa/"} <= set(
        answers
    )
    assert {"/es/feed/index.xml", "/en/planned.ics", "/en/about-this-copy/"} <= set(answers)
    assert any(path.startswith("/media/photos/") and path.endswith(".avif") for path in answers)


def test_what_is_not_linked_but_asked_for_is_there_too(worlds):
    folder = worlds[2]
    for name in ("robots.txt", "favicon.ico", "site.webmanifest", "sitemap.xml", "sitemap-engagements.xml"):
        assert (folder / name).stat().st_size > 0, name
    assert (folder / "static" / "icons" / "portal.svg").is_file()  # only a style sheet names it
    assert (folder / "static" / "icons" / "icon-512.png").is_file()  # only the manifest names it


def test_there_is_no_trace_of_what_is_not_public(worlds):
    _public, hidden, folder, _answers, _dead = worlds
    for file in folder.rglob("*"):
        if file.is_file():
            name, content = str(file.relative_to(folder)), file.read_bytes().decode(errors="replace")
            assert SECRET not in name, name
            assert SECRET not in content.casefold(), name
            assert not any(address in content for address in hidden), name
            assert name.startswith("sitemap") or file.suffix != ".html" or str(HIDDEN_YEAR) not in content, name


def test_pages_of_it_have_no_form_and_no_script_and_say_that_they_are_a_copy(worlds):
    for path, page in worlds[3].items():
        if path.endswith("/") and path != "/":
            soup = BeautifulSoup(page, "html.parser")
            scripts = [tag for tag in soup.select("script") if tag.get("type") != "application/ld+json"]
            assert (soup.select("form, input, select, button"), scripts) == ([], []), path
            code = path.split("/")[1]
            assert soup.select_one(".copy-note a")["href"] == f"/{code}/about-this-copy/", path


def test_search_engines_are_told_the_address_of_the_portal(worlds):
    soup = BeautifulSoup(worlds[3]["/es/programmes/open-coop/"], "html.parser")
    assert soup.select_one("link[rel=canonical]")["href"] == f"{PORTAL}/es/programmes/open-coop/"
    assert soup.select_one("link[hreflang=fr]")["href"] == f"{PORTAL}/fr/programmes/open-coop/"


def test_what_is_not_in_it_is_linked_on_the_portal(worlds):
    soup = BeautifulSoup(worlds[3]["/en/data/"], "html.parser")
    assert {f"{PORTAL}/data/bundle.zip", f"{PORTAL}/api/v1/docs/", f"{PORTAL}/en/programmes.csv"} <= {
        link["href"] for link in soup.select("main a[href]")
    }


def test_the_sums_are_those_of_all_files(worlds):
    folder = worlds[2]
    done = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=folder, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")
    named = {line.split("  ", 1)[1] for line in (folder / "SHA256SUMS").read_text().splitlines()}
    there = {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}
    assert there - named == {"SHA256SUMS", "snapshot.json"}
    assert json.loads((folder / "snapshot.json").read_text())["files"] == len(there) - 1


def files_of(folder: Path) -> dict[str, tuple[int, int]]:
    """Which file is under which name, and since when."""
    found = {str(file.relative_to(folder)): file.stat() for file in folder.rglob("*") if file.is_file()}
    return {name: (about.st_ino, about.st_mtime_ns) for name, about in found.items()}


@pytest.fixture
def small(tmp_path):
    """A few records, and their snapshot in English."""
    Topic.objects.all().delete()
    organisation = OrganisationFactory(name_en="Union of Dairies", slug="dairies", website="https://a.example/")
    other = OrganisationFactory(name_en="Union of Bakers", slug="bakers")
    EngagementFactory(country_id="PE", programme=None).partners.add(organisation, other)
    ProfileFactory(slug="ana")
    folder = tmp_path / "copy"
    make(folder, PORTAL, ENGLISH)
    return folder


def test_where_nothing_changed_nothing_is_asked(small):
    before = files_of(small)
    with patch("snapshot.making.Portal.ask", side_effect=AssertionError):
        assert not make(small, PORTAL, ENGLISH).is_new
    assert files_of(small) == before


def test_only_pages_that_differ_are_written(small):
    before = files_of(small)
    organisation = Organisation.objects.get(slug="dairies")
    organisation.website = "https://b.example/"
    organisation.save()
    assert make(small, PORTAL, ENGLISH).is_new
    after = files_of(small)
    assert after.keys() == before.keys()
    changed = {name for name in after if after[name] != before[name]}
    follows = {"en/organisations/dairies/index.html", "snapshot.json", "SHA256SUMS"}
    telling_when = {"sitemap.xml", "sitemap-organisations.xml", "en/data/index.html", "en/about-this-copy/index.html"}
    assert follows <= changed <= follows | telling_when
    assert b"https://b.example/" in (small / "en/organisations/dairies/index.html").read_bytes()


def test_the_page_of_a_record_that_was_archived_goes(small):
    assert (small / "en/organisations/dairies/index.html").is_file()
    organisation = Organisation.objects.get(slug="dairies")
    organisation.status = Status.ARCHIVED
    organisation.save()
    make(small, PORTAL, ENGLISH)
    assert not (small / "en/organisations/dairies").exists()
    assert not (small / "en/engagements/~organisation=dairies").exists()
    assert (small / "en/organisations/bakers/index.html").is_file()
    assert list(dead_links(small)) == []


def test_the_next_day_is_asked_for_anew(small):
    with patch("snapshot.manifest.timezone.localdate", return_value=date(2099, 1, 1)):
        assert make(small, PORTAL, ENGLISH).is_new


def test_other_options_make_another_snapshot(small):
    make(small, PORTAL, Scope(("es",), data=True))
    assert not (small / "en").exists()
    assert b"dairies" in (small / "es/organisations.csv").read_bytes()
    assert (small / "data/bundle.zip").read_bytes().startswith(b"PK")
    soup = BeautifulSoup((small / "es/index.html").read_bytes(), "html.parser")
    assert soup.select_one(".languages a[lang=fr]")["href"] == f"{PORTAL}/fr/"
    assert soup.select_one(".languages a[lang=es]")["href"] == "/es/"
    assert list(dead_links(small)) == []


def test_a_database_that_goes_ends_it_and_deletes_nothing(small):
    before = set(files_of(small))
    Organisation.objects.get(slug="bakers").save()
    gone = OperationalError()
    with (
        patch("coopportal.faults.database_is_gone", return_value=True),
        patch("coopportal.views.AccessibilityView.get", side_effect=gone),
        pytest.raises(SnapshotError, match="database"),
    ):
        make(small, PORTAL, ENGLISH)
    assert set(files_of(small)) == before
    assert make(small, PORTAL, ENGLISH).is_new


def test_a_page_that_cannot_be_made_keeps_its_file_and_is_named(small, settings):
    Organisation.objects.get(slug="bakers").save()
    settings.SITE_URL = PORTAL
    with (
        patch("coopportal.views.AccessibilityView.get", side_effect=RuntimeError),
        pytest.raises(CommandError, match="/en/accessibility/"),
    ):
        call_command("snapshot", small, languages=["en"], verbosity=0)
    assert (small / "en/accessibility/index.html").is_file()
    assert make(small, PORTAL, ENGLISH).is_new


def test_what_only_a_broken_page_leads_to_stays(small):
    filtered = small / "en/engagements/~country=PE/index.html"
    assert filtered.is_file()
    Organisation.objects.get(slug="bakers").save()
    with patch("engagements.views.EngagementListView.get", side_effect=RuntimeError):
        assert make(small, PORTAL, ENGLISH).broken
    assert filtered.is_file()
    assert list(dead_links(small)) == []


def test_who_is_killed_before_the_deleting_does_it_the_next_time(small):
    organisation = Organisation.objects.get(slug="dairies")
    organisation.status = Status.ARCHIVED
    organisation.save()
    with patch("snapshot.folder.Folder.tidy", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        make(small, PORTAL, ENGLISH)
    assert (small / "en/organisations/dairies/index.html").is_file()
    assert make(small, PORTAL, ENGLISH).is_new
    assert not (small / "en/organisations/dairies").exists()


def test_kept_pages_are_neither_read_nor_written(client, page_cache, tmp_path):
    OrganisationFactory(slug="dairies")
    page = client.get("/en/").content
    make(tmp_path / "copy", PORTAL, ENGLISH)
    assert b"site-search" not in (tmp_path / "copy/en/index.html").read_bytes()
    assert client.get("/en/").content == page
    assert b"site-search" in client.get("/en/organisations/dairies/").content


def test_no_visitor_can_ask_for_a_page_of_a_copy(client):
    names = ["opendata.copy", "Opendata.Copy", "opendata-copy"]
    assert b"site-search" in client.get("/en/", headers=dict.fromkeys(names, "2026-01-01")).content
    response = client.get("/es/about-this-copy/")
    assert (response.status_code, response["Location"]) == (302, "/es/")


@pytest.mark.parametrize(
    ("address", "what"),
    [("", "SITE_URL"), ("portal.example.org", "no address"), ("http://other.example", "ALLOWED_HOSTS")],
)
def test_an_address_that_cannot_be_right_is_refused(address, what, tmp_path, settings):
    settings.SITE_URL = ""
    settings.ALLOWED_HOSTS = ["testserver"]
    with pytest.raises(CommandError, match=what):
        call_command("snapshot", tmp_path / "copy", address=address, verbosity=0)


def test_a_language_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="no language de"):
        call_command("snapshot", tmp_path / "copy", address=PORTAL, languages=["de"])


def test_a_link_that_leads_nowhere_is_found(small):
    (small / "en/accessibility/index.html").unlink()
    with pytest.raises(CommandError, match="/en/accessibility/"):
        call_command("snapshot", small, check=True)
