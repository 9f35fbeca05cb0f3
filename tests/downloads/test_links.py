"""Where pages lead to files."""

from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup

from tests.factories import EngagementFactory, EngagementStaffFactory, OrganisationFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db


def links(response) -> dict[str, str]:
    """The addresses of the files by the names that screen readers say."""
    soup = BeautifulSoup(response.content, "html.parser")
    return {" ".join(link.get_text(" ").split()): link["href"] for link in soup.select(".downloads li a")}


@pytest.mark.parametrize("path", ["engagements", "programmes", "profiles"])
def test_a_list_leads_to_its_files(client, path):
    engagement = EngagementFactory(programme=ProgrammeFactory())
    EngagementStaffFactory(engagement=engagement)
    found = links(client.get(f"/en/{path}/"))
    assert found == {f"Download as {name}": f"/en/{path}.{name.lower()}" for name in ("CSV", "XLSX", "JSON", "GeoJSON")}
    for address in found.values():
        assert client.get(address).status_code == 200


def test_files_hold_what_the_page_shows(client):
    programme = ProgrammeFactory(slug="my-coop")
    EngagementFactory.create_batch(25, programme=programme)
    page = "/es/engagements/?country=PE&country=BO&country=ZZ&programme=my-coop&q=&sort=oldest&page=2&utm=x&year_from=y"
    (address, *_others) = links(client.get(page)).values()
    assert urlsplit(address).path == "/es/engagements.csv"
    assert parse_qs(urlsplit(address).query) == {
        "country": ["PE", "BO"],
        "programme": ["my-coop"],
        "sort": ["oldest"],
    }
    assert client.get(address).status_code == 200


def test_the_links_come_with_the_results_when_filters_change(client):
    EngagementFactory()
    response = client.get("/en/engagements/?country=PE", headers={"hx-request": "true", "hx-target": "results"})
    results = BeautifulSoup(response.content, "html.parser").select_one("#results")
    assert results.select_one('.downloads a[href="/en/engagements.csv?country=PE"]')
    assert "Download this result" in " ".join(results.get_text(" ").split())


def test_a_list_without_results_leads_to_no_file(client):
    assert links(client.get("/en/engagements/?q=nothing-like-it")) == {}


def test_pages_that_list_engagements_lead_to_all_of_them(client):
    engagement = EngagementFactory(programme=ProgrammeFactory(slug="my-coop"))
    engagement.partners.add(OrganisationFactory(slug="union"))
    for page, query in (
        ("countries/pe/", "country=PE"),
        ("programmes/my-coop/", "programme=my-coop"),
        ("organisations/union/", "organisation=union"),
        ("regions/americas/", "region=americas"),
    ):
        assert f"/fr/engagements.csv?{query}" in links(client.get(f"/fr/{page}")).values()
        assert client.get(f"/fr/engagements.csv?{query}").status_code == 200


def test_a_preview_leads_to_no_file_which_nobody_could_open(staff_client):
    programme = ProgrammeFactory(slug="hidden", draft=True)
    EngagementFactory(programme=programme)
    response = staff_client.get("/en/programmes/hidden/")
    assert response.status_code == 200
    assert links(response) == {}


def test_the_list_of_countries_leads_to_its_files(client):
    EngagementFactory()
    assert links(client.get("/en/countries/"))["Download as GeoJSON"] == "/en/countries.geojson"
