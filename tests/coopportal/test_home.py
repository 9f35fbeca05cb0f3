"""The home page, and how a visitor comes to it."""

import pytest

from tests.factories import EngagementFactory, ProfileFactory, ProgrammeFactory
from tests.pages import addresses, text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("accepted", "address"),
    [("fr-CA,fr;q=0.9,en;q=0.5", "/fr/"), ("es", "/es/"), ("de", "/en/"), ("", "/en/"), ("xx-invalid;q=z", "/en/")],
)
def test_the_browser_chooses_the_language_at_first(client, accepted, address):
    response = client.get("/", headers={"accept-language": accepted})
    assert (response.status_code, response["Location"]) == (302, address)
    assert "Accept-Language" in response["Vary"]


def test_an_address_without_language_leads_to_the_one_with(client):
    ProgrammeFactory(slug="my-coop")
    assert client.get("/programmes/my-coop/")["Location"] == "/en/programmes/my-coop/"


def test_it_shows_featured_people_and_programmes_latest_engagements_and_figures(client):
    ProfileFactory(given_name="Fay", family_name="Featured", featured=True)
    ProfileFactory(given_name="Not", family_name="Featured")
    ProgrammeFactory(name_en="Front.Coop", featured=True)
    ProgrammeFactory(name_en="Back.Coop")
    for year in range(2010, 2020):
        EngagementFactory(title_en=f"Course of {year}", start_date=f"{year}-01-01", end_date=None, country_id="BO")
    response = client.get("/en/")
    shown = text(response)
    assert "Fay Featured" in shown
    assert "Not Featured" not in shown
    assert "Front.Coop" in shown
    assert "Back.Coop" not in shown
    assert shown.index("Course of 2019") < shown.index("Course of 2014")
    assert "Course of 2013" not in shown
    assert "Engagements 10 Countries 1 Programmes 2 People 2" in shown
    assert "Americas 1 country, 10 engagements" in shown


def test_it_leads_to_every_part_of_the_site(client):
    EngagementFactory()
    found = addresses(client.get("/en/"))
    for address in ("profiles/", "programmes/", "engagements/", "countries/", "regions/americas/"):
        assert f"/en/{address}" in found


def test_the_country_finder_offers_countries_with_public_engagements(client):
    EngagementFactory(country_id="BO")
    EngagementFactory(country_id="IS", draft=True)
    content = client.get("/en/").content.decode()
    assert '<option value="BO">Bolivia</option>' in content
    assert "Iceland" not in content


def test_an_empty_portal_has_a_home_page(client):
    assert client.get("/en/").status_code == 200


def test_every_page_leads_to_itself_in_the_other_languages(client):
    ProgrammeFactory(slug="my-coop")
    response = client.get("/en/programmes/my-coop/?from=mail")
    assert {"/es/programmes/my-coop/?from=mail", "/fr/programmes/my-coop/?from=mail"} <= set(addresses(response))
    assert 'hreflang="es" href="http://testserver/es/programmes/my-coop/' in response.content.decode()


def test_a_visitor_gets_no_cookie(client):
    EngagementFactory()
    for address in ("/en/", "/en/engagements/?country=PE", "/en/countries/pe/", "/en/none/"):
        assert not client.get(address).cookies
