"""What search engines are told."""

import xml.etree.ElementTree as ElementTree

import pytest

from tests.factories import EngagementFactory, OrganisationFactory, ProfileFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(response) -> list[str]:
    root = ElementTree.fromstring(response.content)  # noqa: S314 - our own answer
    return [location.text for location in root.iter(f"{SITEMAP}loc")]


def test_it_lists_every_public_page_in_every_language(client):
    records = [ProfileFactory(), ProgrammeFactory(), OrganisationFactory(), EngagementFactory(country_id="BO")]
    found = []
    for section in locations(client.get("/sitemap.xml")):
        found += locations(client.get(section.removeprefix("http://testserver")))
    for record in records:
        for language in ("en", "es", "fr"):
            path = record.get_absolute_url().replace("/en/", f"/{language}/", 1)
            assert f"http://testserver{path}" in found
    for path in ("/en/", "/es/countries/bo/", "/fr/regions/africa/", "/en/topics/youth/", "/en/programmes/"):
        assert f"http://testserver{path}" in found
    assert len(found) == len(set(found))
    for address in found:
        assert client.get(address.removeprefix("http://testserver")).status_code == 200


def test_robots_are_led_to_it_and_kept_out_of_the_admin(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Sitemap: http://testserver/sitemap.xml",
    ]
