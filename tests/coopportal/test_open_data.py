"""The page of open data."""

import json
import re
from datetime import date
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.coopportal.test_structured_data import node, wrong_with
from tests.factories import EngagementFactory, OrganisationFactory, ProfileFactory, ProgrammeFactory
from tests.page_types import LANGUAGES
from tests.pages import addresses, text

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
LISTS = ["engagements", "programmes", "profiles", "organisations", "countries"]
FORMATS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "geojson": "application/geo+json",
}


def rows(response) -> dict[str, str]:
    """The number of records that the page names beside each list, by the list's name in its addresses."""
    found = {}
    for part in response.content.decode().split("<tr>")[2 : 2 + len(LISTS)]:
        row = part.partition("</tr>")[0]
        (name,) = set(re.findall(r'href="/\w\w/(\w+)\.', row))
        (found[name],) = re.findall(r'<td class="number">([^<]*)</td>', row)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_leads_to_it(client, language):
    assert f"/{language}/data/" in addresses(client.get(f"/{language}/"))
    assert client.get(f"/{language}/data/").status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_it_leads_to_answers(client, language):
    EngagementFactory()
    found = {address.partition("#")[0] for address in addresses(client.get(f"/{language}/data/"))}
    ours = {address for address in found if address.startswith("/") and not address.startswith("/static/")}
    for expected in (
        *(f"/{language}/{name}.{extension}" for name in LISTS for extension in FORMATS),
        "/data/bundle.zip",
        "/data/iati-activities.xml",
        "/api/v1/",
        "/api/v1/docs/",
        "/api/v1/openapi.json",
        f"/{language}/planned.ics",
        f"/{language}/feeds/",
    ):
        assert expected in ours
    for address in sorted(ours):
        assert client.get(address).status_code == 200, address


def test_files_say_what_they_are(client):
    page = client.get("/en/data/").content.decode()
    for name in LISTS:
        for extension, media_type in FORMATS.items():
            assert f'<a href="/en/{name}.{extension}" type="{media_type}">' in page
            assert client.get(f"/en/{name}.{extension}")["Content-Type"].startswith(media_type)


def test_it_counts_what_is_public_and_nothing_else(client):
    ProfileFactory.create_batch(2)
    ProgrammeFactory.create_batch(3)
    OrganisationFactory.create_batch(4)
    for code in ("PE", "PE", "BO", "KE", "BO"):
        EngagementFactory(country_id=code)
    for hidden in ("draft", "in_review", "scheduled", "archived"):
        for factory in (ProfileFactory, ProgrammeFactory, OrganisationFactory):
            factory(**{hidden: True})
        EngagementFactory(country_id="IS", **{hidden: True})
    assert rows(client.get("/en/data/")) == {
        "engagements": "5",
        "programmes": "3",
        "profiles": "2",
        "organisations": "4",
        "countries": "3",
    }


@pytest.mark.parametrize("name", LISTS)
def test_a_file_has_as_many_records_as_the_page_says(client, name):
    for code in ("PE", "PE", "BO"):
        EngagementFactory(country_id=code, programme=ProgrammeFactory())
    ProfileFactory.create_batch(2)
    OrganisationFactory.create_batch(2)
    EngagementFactory(country_id="IS", draft=True)
    file = json.loads(client.get(f"/en/{name}.json").getvalue())
    assert rows(client.get("/en/data/"))[name] == str(len(file["records"]))


@pytest.mark.parametrize(("language", "number"), [("en", "12,345"), ("es", "12\xa0345"), ("fr", "12\xa0345")])
def test_numbers_are_written_as_people_write_them(client, language, number):
    with patch("programmes.models.Programme.objects.published") as published:
        published.return_value.count.return_value = 12345
        assert rows(client.get(f"/{language}/data/"))["programmes"] == number


@pytest.mark.parametrize(
    ("language", "day"), [("en", "29 November 2026"), ("es", "29 de noviembre de 2026"), ("fr", "29 novembre 2026")]
)
def test_it_says_the_licence_and_how_to_cite_the_data(client, settings, language, day):
    settings.PUBLISHER = "Cooperatives Unit"
    settings.DATA_LICENCE, settings.DATA_LICENCE_URL = "ODbL-1.0", "https://example.org/odbl"
    with patch("coopportal.open_data.timezone.localdate", return_value=date(2026, 11, 29)):
        response = client.get(f"/{language}/data/")
    words = text(response)
    assert "Cooperatives Unit (2026). " in words
    assert "ODbL-1.0" in words
    assert f"{HOST}/{language}/data/ ( {day} )".replace("( ", "(").replace(" )", ")") in words
    assert '<a href="https://example.org/odbl" rel="license external">ODbL-1.0</a>' in response.content.decode()


def test_programs_find_licence_and_api_in_its_head(client):
    head = client.get("/en/data/").content.decode().partition("</head>")[0]
    links = dict(re.findall(r'<link rel="(license|service-desc|service-doc)" href="([^"]+)"', head))
    assert links == {
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "service-desc": "/api/v1/openapi.json",
        "service-doc": "/api/v1/docs/",
    }


def test_data_search_engines_find_a_catalogue_of_datasets_with_files(client):
    EngagementFactory()
    catalogue = node(client.get("/en/data/"), "DataCatalog")
    assert wrong_with(catalogue) == []
    whole, *datasets = catalogue["dataset"]
    assert [each["contentUrl"] for each in whole["distribution"]] == [
        f"{HOST}/data/bundle.zip",
        f"{HOST}/data/iati-activities.xml",
    ]
    for name, dataset in zip(LISTS, datasets, strict=True):
        assert dataset["license"] == "https://creativecommons.org/licenses/by/4.0/"
        # What Google's guide to datasets asks of a description.
        assert 50 <= len(dataset["description"]) <= 5000
        assert {each["contentUrl"]: each["encodingFormat"] for each in dataset["distribution"]} == {
            f"{HOST}/en/{name}.{extension}": media_type for extension, media_type in FORMATS.items()
        }


def test_without_engagements_nothing_leads_to_activities_that_are_not_there(client):
    response = client.get("/en/data/")
    assert "/data/iati-activities.xml" not in addresses(response)
    (whole, *_lists) = node(response, "DataCatalog")["dataset"]
    assert [each["contentUrl"] for each in whole["distribution"]] == [f"{HOST}/data/bundle.zip"]


def test_it_explains_the_columns_of_every_file(client):
    page = client.get("/en/data/").content.decode()
    for name in LISTS:
        assert f'id="columns-{name}"' in page


def test_its_queries_do_not_grow_with_the_records(client):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/en/data/")
        return len(captured)

    queries()
    at_none = queries()
    for code in ("PE", "BO", "KE"):
        EngagementFactory(country_id=code, programme=ProgrammeFactory())
    ProfileFactory.create_batch(3)
    OrganisationFactory.create_batch(3)
    assert queries() == at_none <= 7
