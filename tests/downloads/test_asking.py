"""What an address asks for: filters, languages, and addresses that are not understood."""

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from engagements.models import Engagement
from tests.downloads.reading import EXTENSIONS, loaded, rows
from tests.factories import EngagementFactory, OrganisationFactory, ProfileFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_a_file_holds_what_the_filters_choose_in_the_order_asked_for(client, extension):
    old = EngagementFactory(country_id="PE", start_date="2012-01-01", end_date=None)
    new = EngagementFactory(country_id="PE", start_date="2018-01-01", end_date=None)
    EngagementFactory(country_id="BO")
    address = f"/en/engagements.{extension}?country=PE"
    assert [int(row["id"]) for row in rows(client, address)] == [new.pk, old.pk]
    assert [int(row["id"]) for row in rows(client, f"{address}&sort=oldest")] == [old.pk, new.pk]


@pytest.mark.parametrize(
    ("name", "query", "chosen"),
    [
        ("profiles", "q=Quispe", "quispe"),
        ("programmes", "kind=finance", "finance"),
        ("organisations", "kind=ngo", "ngo"),
        ("organisations", "q=acme&country=BO&sort=newest", "ngo"),
        ("organisations", "region=americas&kind=ngo&kind=company", "ngo"),
    ],
)
def test_every_list_takes_its_own_filters(client, name, query, chosen):
    ProfileFactory.create_batch(2)
    ProfileFactory(slug="quispe", family_name="Quispe")
    ProgrammeFactory()
    ProgrammeFactory(slug="finance", kind="finance")
    OrganisationFactory()
    OrganisationFactory(slug="ngo", kind="ngo", country_id="BO", name_en="Acme")
    assert [row["slug"] for row in loaded(client, f"/en/{name}.json?{query}")["records"]] == [chosen]


def test_the_page_of_the_list_does_not_count_nor_do_empty_fields(client):
    EngagementFactory.create_batch(25)
    assert len(rows(client, "/en/engagements.json?page=2&q=&country=&year_from=")) == 25


@pytest.mark.parametrize(
    ("language", "title", "country"), [("en", "Course", "Peru"), ("es", "Curso", "Perú"), ("fr", "Course", "Pérou")]
)
def test_a_file_is_in_the_language_of_its_address(client, language, title, country):
    EngagementFactory(title_en="Course", title_es="Curso")
    file = loaded(client, f"/{language}/engagements.json")
    assert (file["records"][0]["title"], file["records"][0]["country"]) == (title, country)
    assert file["records"][0]["page"].startswith(f"http://testserver/{language}/")
    assert file["about"]["language"] == language


@override_settings(SITE_URL="https://coop.example.org")
def test_addresses_are_those_of_the_site_whatever_host_was_asked(client):
    EngagementFactory()
    file = loaded(client, "/en/engagements.json")
    assert file["about"]["source"] == "https://coop.example.org/en/engagements.json"
    assert file["records"][0]["page"].startswith("https://coop.example.org/en/engagements/")


def test_a_file_has_a_name_and_headers_that_say_what_it_is(client):
    response = client.get("/en/engagements.geojson")
    assert response["Content-Disposition"].startswith('attachment; filename="engagements-2')
    assert response["Content-Disposition"].endswith('.geojson"')
    assert response["Content-Type"] == "application/geo+json"
    assert 'rel="license"' in response["Link"]
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Content-Language"] == "en"


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_a_head_request_reads_no_records(client, extension):
    EngagementFactory()
    whole = client.get(f"/en/engagements.{extension}")
    b"".join(whole.streaming_content)
    with CaptureQueriesContext(connection) as captured:
        head = client.head(f"/en/engagements.{extension}")
    assert not [query for query in captured if Engagement._meta.db_table in query["sql"]]
    assert head.status_code == 200
    for name in ("Content-Type", "Content-Disposition", "Link"):
        assert head[name] == whole[name]
    assert "Content-Length" not in head


@pytest.mark.parametrize("extension", EXTENSIONS)
@pytest.mark.parametrize(
    ("query", "parameter", "words"),
    [
        ("country=ZZ", "country", "not known: “ZZ”"),
        ("country=PE&country=%00", "country", "not known"),
        ("year_from=abc", "year_from", "whole number"),
        ("year_to=99999999999999999999", "year_to", "2100"),
        ("year_from=2020&year_to=2010", "year_to", "before year_from"),
        ("contry=PE", "contry", "no such parameter"),
        ("sort=best", "sort", "best"),
        ("q=%00", "q", "Null"),
        ("%0aq=1", "�q", "no such parameter"),
    ],
)
def test_what_is_not_understood_is_refused_by_name(client, extension, query, parameter, words):
    response = client.get(f"/en/engagements.{extension}?{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "Content-Disposition" not in response
    _intro, *lines = response.content.decode().splitlines()
    assert [line.split(": ")[0] for line in lines] == [parameter]
    assert words in lines[0]


def test_all_faults_are_named_at_once(client):
    text = client.get("/en/engagements.csv?country=ZZ&year_from=abc&colour=red").content.decode()
    assert {line.split(": ")[0] for line in text.splitlines()[1:]} == {"country", "year_from", "colour"}


def test_countries_are_filtered_by_region(client):
    for code in ("PE", "KE"):
        EngagementFactory(country_id=code)
    assert [row["code"] for row in loaded(client, "/en/countries.json?region=africa")["records"]] == ["KE"]


def test_a_file_that_has_not_changed_is_not_sent_again(client):
    EngagementFactory()
    etag = client.get("/en/engagements.csv")["ETag"]
    assert client.get("/en/engagements.csv", headers={"if-none-match": etag}).status_code == 304
    assert client.get("/en/engagements.json", headers={"if-none-match": etag}).status_code == 200
    EngagementFactory()
    assert client.get("/en/engagements.csv", headers={"if-none-match": etag}).status_code == 200


def test_a_browser_is_told_on_a_page(client):
    response = client.get("/es/engagements.csv?country=<script>", headers={"accept": "text/html,*/*;q=0.8"})
    assert response.status_code == 400
    page = response.content.decode()
    assert "&lt;script&gt;" in page
    assert '<html lang="es"' in page
    assert 'href="/es/engagements/"' in page
    assert "Accept" in response["Vary"]


def test_a_hidden_record_is_as_unknown_as_none(client):
    ProgrammeFactory(slug="hidden", draft=True)
    hidden = client.get("/en/engagements.csv?programme=hidden").content.decode()
    none = client.get("/en/engagements.csv?programme=nothere").content.decode()
    assert hidden.replace("hidden", "nothere") == none


@pytest.mark.parametrize("path", ["nothing.csv", "engagements.pdf", "topics.json", "engagements.csvx"])
def test_there_are_no_other_files(client, path):
    assert client.get(f"/en/{path}").status_code == 404


def test_files_are_only_read(client):
    assert client.post("/en/engagements.csv").status_code == 405
