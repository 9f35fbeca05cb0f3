"""The public address of a merged record leads to the record that it is part of now."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from desk.merging import Merge
from tests.factories import OrganisationFactory, ProfileFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept():
    kept, other = ProfileFactory(slug="kept"), ProfileFactory(slug="other")
    with transaction.atomic():
        Merge.of(type(kept), kept.pk, other.pk, locked=True).carry_out({})
    return kept


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_it_leads_there_for_good_in_every_language(client, kept, language):
    answer = client.get(f"/{language}/profiles/other/")
    assert (answer.status_code, answer.url) == (301, f"/{language}/profiles/kept/")
    assert client.head(f"/{language}/profiles/other/").status_code == 301


def test_what_follows_the_address_comes_along(client, kept):
    assert client.get("/en/profiles/other/?from=feed&x=1").url == "/en/profiles/kept/?from=feed&x=1"


def test_nothing_is_said_of_a_record_that_is_not_public(client, kept):
    kept.archive()
    assert client.get("/en/profiles/other/").status_code == 404


def test_nothing_is_found_once_the_kept_record_is_deleted(client, kept):
    kept.delete()
    assert client.get("/en/profiles/other/").status_code == 404


def test_a_new_record_may_take_the_address(client, kept):
    ProfileFactory(slug="other", given_name="Somebody new")
    assert "Somebody new" in client.get("/en/profiles/other/").content.decode()


def test_other_addresses_are_not_found_as_before(client, kept):
    for path in ("/en/nowhere/", "/xx/profiles/other/", "/en/%00", "/nowhere", "/en/organisations/other/"):
        assert client.get(path).status_code == 404, path
    assert client.post("/en/profiles/other/").status_code in (403, 404, 405)


def test_a_page_that_is_found_costs_no_query_more_and_one_that_is_not_one(client, kept):
    OrganisationFactory(slug="union")

    def queries(path: str) -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        return [query["sql"] for query in captured if "formeraddress" in query["sql"]]

    assert len(queries("/en/organisations/union/")) == 0
    assert len(queries("/en/organisations/nowhere/")) == 1
