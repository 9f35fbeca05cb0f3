"""What search engines are told."""

import xml.etree.ElementTree as ElementTree
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coopportal.sitemaps import PortalSitemap
from profiles.models import Profile
from tests.factories import EngagementFactory, OrganisationFactory, ProfileFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


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


def test_each_address_names_the_page_in_the_other_languages_and_for_everybody_else(client):
    ProfileFactory(slug="ana")
    root = ElementTree.fromstring(client.get("/sitemap-profiles.xml").content)  # noqa: S314 - our own answer
    for entry in root.iter(f"{SITEMAP}url"):
        links = {link.get("hreflang"): link.get("href") for link in entry.iter(f"{XHTML}link")}
        assert links == {
            "en": "http://testserver/en/profiles/ana/",
            "es": "http://testserver/es/profiles/ana/",
            "fr": "http://testserver/fr/profiles/ana/",
            "x-default": "http://testserver/profiles/ana/",
        }
    assert client.get("/profiles/ana/", headers={"accept-language": "fr"})["Location"] == "/fr/profiles/ana/"


def test_a_scheduled_record_is_new_when_it_becomes_public(client):
    now = timezone.now()
    profile = ProfileFactory(publish_at=now)
    Profile.objects.filter(pk=profile.pk).update(updated_at=now - timedelta(days=30))
    root = ElementTree.fromstring(client.get("/sitemap-profiles.xml").content)  # noqa: S314 - our own answer
    assert {day.text for day in root.iter(f"{SITEMAP}lastmod")} == {now.date().isoformat()}
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own answer
    assert [day.text for day in index.iter(f"{SITEMAP}lastmod")] == [profile.publish_at.isoformat()]


@pytest.mark.parametrize("address", ["/sitemap.xml", "/sitemap-profiles.xml"])
def test_it_reads_no_text_of_any_record(client, address):
    ProfileFactory.create_batch(3)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    asked = [query["sql"] for query in captured if "profiles_profile" in query["sql"]]
    assert asked
    assert not [sql for sql in asked if "summary" in sql]
    assert len(asked) <= 2


def test_robots_are_led_to_it_and_kept_out_of_the_admin_and_the_search(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /en/search/",
        "Disallow: /es/search/",
        "Disallow: /fr/search/",
        "Sitemap: http://testserver/sitemap.xml",
    ]


def test_a_record_stays_in_its_file_and_each_file_reads_only_its_own(client, monkeypatch):
    monkeypatch.setattr(PortalSitemap, "limit", 6)  # two records in three languages
    engagements = [EngagementFactory(pk=number) for number in range(1, 6)]  # there are few files, wherever the keys are
    files = [address for address in locations(client.get("/sitemap.xml")) if "-engagements" in address]
    assert files[1].endswith("/sitemap-engagements.xml?p=2")
    found = {address: locations(client.get(address.removeprefix("http://testserver"))) for address in files}
    for engagement in engagements:
        [file] = [
            name for name, inside in found.items() if f"http://testserver{engagement.get_absolute_url()}" in inside
        ]
        assert file == files[(engagement.pk - 1) // 2]
    engagements[0].delete()
    again = {address: locations(client.get(address.removeprefix("http://testserver"))) for address in files[1:]}
    assert again == {address: found[address] for address in files[1:]}
    assert client.get("/sitemap-engagements.xml?p=4").status_code == 404
