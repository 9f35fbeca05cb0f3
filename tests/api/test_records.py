"""What the API tells of each kind of record."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from codelists.models import Country, Topic
from engagements.models import Engagement, EngagementStaff
from search.indexing import together
from tests.api.asking import COLLECTIONS, ROOT, answer
from tests.documents import pdf
from tests.factories import (
    LONG_AGO,
    EngagementFactory,
    EngagementStaffFactory,
    MaterialFactory,
    ModuleFactory,
    OfficeFactory,
    OrganisationFactory,
    PositionFactory,
    ProfileFactory,
    ProgrammeFactory,
    full_engagement,
    full_organisation,
    full_profile,
    full_programme,
)

pytestmark = pytest.mark.django_db

HERE = "http://testserver"


def test_an_engagement_tells_all_its_facts():
    engagement = EngagementFactory(
        title_en="Course",
        kind="training-of-trainers",
        country_id="BO",
        summary_en="Ten trainers.",
        results_en="<p>A <strong>network</strong></p>",
        start_date=date(2018, 3, 1),
        start_precision="month",
        end_date=date(2019, 12, 31),
        end_precision="year",
        activity_status="2",
        sector_id="A",
        women_trained=12,
        source_url="https://example.org/report",
    )
    engagement.topics.add(topic := Topic.objects.get(slug="youth"))
    found = answer(f"engagements/{engagement.pk}/")
    assert found == found | {
        "id": engagement.pk,
        "url": f"{HERE}{ROOT}engagements/{engagement.pk}/",
        "page": f"{HERE}/en/engagements/{engagement.pk}-course/",
        "title": "Course",
        "kind": {"code": "training-of-trainers", "name": "Training of trainers"},
        "country": {"id": "BO", "url": f"{HERE}{ROOT}countries/BO/", "name": "Bolivia"},
        "programme": None,
        "summary": "Ten trainers.",
        "results": {"html": "<p>A <strong>network</strong></p>", "text": "A network"},
        "start": {"value": "2018-03", "precision": "month"},
        "end": {"value": "2019", "precision": "year"},
        "activity_status": {"code": "2", "name": "Under way"},
        "sector": {"id": "A", "url": f"{HERE}{ROOT}sectors/A/", "name": "Agriculture, forestry and fishing"},
        "topics": [{"id": topic.pk, "url": f"{HERE}{ROOT}topics/{topic.pk}/", "name": topic.name}],
        "women_trained": 12,
        "men_trained": None,
        "source_url": "https://example.org/report",
        "published_at": "2020-01-01T00:00:00Z",
    }


def test_an_engagement_that_lasts_has_no_end():
    engagement = EngagementFactory(end_date=None, start_date=date(2019, 5, 1))
    found = answer(f"engagements/{engagement.pk}/?fields=start,end")
    assert found == {"start": {"value": "2019-05-01", "precision": "day"}, "end": None}


def test_a_programme_tells_its_contents_and_where_it_is_used():
    programme = ProgrammeFactory(name_en="My.Coop", kind="management", launch_year=2012, audience_en="Members.")
    ModuleFactory(programme=programme, order=2, title_en="Services")
    ModuleFactory(programme=programme, order=1, title_en="Basics", summary_en="<p>Why</p>")
    MaterialFactory(programme=programme, title_en="Site", url="https://example.org/", language_id="es", edition="2nd")
    programme.sdgs.add(8)
    programme.delivery_modes.add("online")
    for code in ("PE", "CI", "PE"):
        EngagementFactory(programme=programme, country_id=code)
    found = answer(f"programmes/{programme.pk}/")
    assert found["modules"] == [
        {"order": 1, "title": "Basics", "summary": {"html": "<p>Why</p>", "text": "Why"}},
        {"order": 2, "title": "Services", "summary": None},
    ]
    assert found["materials"] == [
        {
            "title": "Site",
            "url": "https://example.org/",
            "media_type": None,
            "size": None,
            "language": {"code": "es", "name": "Spanish"},
            "edition": "2nd",
        }
    ]
    assert (found["launch_year"], found["audience"], found["duration"]) == (2012, "Members.", None)
    assert found["sdgs"] == [{"number": 8, "name": "Decent work and economic growth"}]
    assert [mode["code"] for mode in found["delivery_modes"]] == ["online"]
    assert [country["name"] for country in found["countries"]] == ["Côte d'Ivoire", "Peru"]
    assert (found["country_count"], found["engagement_count"]) == (2, 3)


def test_the_file_of_a_material_has_an_address_a_type_and_a_size():
    content = pdf()
    material = MaterialFactory(url="", file=ContentFile(content, name="manual.pdf"))
    (found,) = answer(f"programmes/{material.programme_id}/")["materials"]
    assert found["url"] == f"{HERE}{material.file.url}"
    assert (found["media_type"], found["size"]) == ("application/pdf", len(content))


def test_a_profile_tells_of_career_and_engagements():
    office = OfficeFactory(name_en="Andean office", city_en="Lima", country_id="PE")
    profile = ProfileFactory(given_name="Ana", family_name="Alva", office=office, slug="ana-alva")
    old = PositionFactory(profile=profile, title_en="Adviser", from_year=2001, to_year=2004)
    old.countries.add("CO")
    PositionFactory(profile=profile, title_en="Director", organisation=OrganisationFactory(name_en="FAO"))
    older, newer = (EngagementFactory(start_date=date(year, 1, 1), end_date=None) for year in (2010, 2015))
    for engagement in (older, newer):
        EngagementStaffFactory(engagement=engagement, profile=profile, role="lead")
    found = answer(f"profiles/{profile.pk}/")
    assert (found["name"], found["given_name"], found["family_name"]) == ("Ana Alva", "Ana", "Alva")
    assert found["office"] == {
        "name": "Andean office",
        "city": "Lima",
        "country": {"id": "PE", "url": f"{HERE}{ROOT}countries/PE/", "name": "Peru"},
    }
    first, second = found["positions"]
    assert (first["title"], first["from_year"], first["to_year"]) == ("Adviser", 2001, 2004)
    assert [country["id"] for country in first["countries"]] == ["CO"]
    assert (second["from_year"], second["organisation"]["name"]) == (None, "FAO")
    assert [part["engagement"]["id"] for part in found["engagements"]] == [newer.pk, older.pk]
    assert found["engagements"][0]["role"] == {"code": "lead", "name": "Lead"}
    assert found["engagement_count"] == 2


def test_an_organisation_tells_what_it_is():
    country = "PE"
    organisation = OrganisationFactory(name_en="Dairy union", acronym_en="DU", kind="cooperative", country_id=country)
    EngagementFactory().partners.add(organisation)
    ProgrammeFactory().partners.add(organisation)
    found = answer(f"organisations/{organisation.pk}/")
    assert (found["name"], found["acronym"], found["website"]) == ("Dairy union", "DU", None)
    assert found["kind"] == {"code": "cooperative", "name": "Cooperative"}
    assert (found["engagement_count"], found["programme_count"]) == (1, 1)


def test_a_country_tells_codes_region_and_point():
    Country.objects.filter(pk="PE").update(latitude="-9.50", longitude="-75.25")
    EngagementFactory(country_id="PE")
    assert answer("countries/PE/") == {
        "id": "PE",
        "url": f"{HERE}{ROOT}countries/PE/",
        "page": f"{HERE}/en/countries/pe/",
        "name": "Peru",
        "alpha3": "PER",
        "m49": "604",
        "region": {"id": "americas", "url": f"{HERE}{ROOT}regions/americas/", "name": "Americas"},
        "subregion": {"code": "419", "name": "Latin America and the Caribbean"},
        "latitude": -9.5,
        "longitude": -75.25,
        "engagement_count": 1,
        "engagements_url": f"{HERE}{ROOT}engagements/?country=PE",
    }


def test_a_region_counts_its_countries_with_engagements():
    for code in ("PE", "PE", "BO", "KE"):
        EngagementFactory(country_id=code)
    found = answer("regions/americas/")
    assert (found["country_count"], found["engagement_count"]) == (2, 3)


def test_topics_and_sectors_count_what_is_about_them():
    topic = Topic.objects.get(slug="youth")
    EngagementFactory(sector_id="A").topics.add(topic)
    programme = ProgrammeFactory()
    programme.topics.add(topic)
    programme.sectors.add("A")
    ProfileFactory().topics.add(topic)
    found = answer(f"topics/{topic.pk}/")
    assert [found[f"{kind}_count"] for kind in ("engagement", "programme", "profile")] == [1, 1, 1]
    found = answer("sectors/A/")
    assert [found[f"{kind}_count"] for kind in ("engagement", "programme")] == [1, 1]


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_a_record_in_a_list_is_the_one_at_its_address(collection):
    for make in (full_profile, full_programme, full_organisation, full_engagement):
        make()
    for record in answer(f"{collection}/?page_size=5")["results"]:
        assert answer(record["url"]) == record


def test_every_address_in_an_answer_leads_somewhere(client):
    for make in (full_profile, full_programme, full_organisation, full_engagement):
        make()
    for collection in COLLECTIONS:
        record = answer(f"{collection}/?page_size=1")["results"][0]
        for name, address in record.items():
            if name == "page" or (name.endswith("_url") and name != "source_url"):
                assert client.get(address).status_code == 200, address


@pytest.mark.parametrize(
    "path",
    [
        "profiles/999999/",
        "profiles/999999999999999999/",
        "profiles/9999999999999999999999/",
        f"profiles/{'9' * 5000}/",
        "profiles/x/",
        "profiles/-1/",
        "profiles/٣/",
        "profiles/%00/",
        "countries/ZZ/",
        "countries/pe/",
        "regions/nowhere/",
        "sectors/Z/",
        "countries/facets/",
        "nothing/",
        "profiles/1/nothing/",
    ],
)
def test_where_there_is_nothing_the_answer_says_so(path):
    response = Client().get(ROOT + path)
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response["Content-Language"] == "en"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["", "profiles/", "countries/PE/", "engagements/facets/", "search/?q=x"])
def test_nothing_can_be_written(method, path):
    response = getattr(Client(enforce_csrf_checks=True), method)(ROOT + path)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("path", ["", "profiles/", "countries/PE/", "engagements/facets/", "search/?q=x"])
def test_what_can_be_done_can_be_asked(path):
    response = Client().options(ROOT + path)
    assert (response.status_code, response["Allow"]) == (204, "GET, HEAD, OPTIONS")
    head = Client().head(ROOT + path)
    assert (head.status_code, head.content) == (200, b"")


def test_an_answer_sets_no_cookie_and_asks_no_session(staff_client):
    with CaptureQueriesContext(connection) as captured:
        response = staff_client.get(f"{ROOT}sectors/?fields=id")
    assert not response.cookies
    assert not any("session" in query["sql"] for query in captured)
    assert "Cookie" not in response["Vary"]


def test_the_root_names_every_list_and_the_search(client):
    found = answer("")
    assert set(COLLECTIONS) < set(found)
    for name in COLLECTIONS:
        assert client.get(found[name]).status_code == 200
    assert found["search"] == f"{HERE}{ROOT}search/"
    assert found["licence"] == {"name": "CC-BY-4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}


def test_of_very_many_engagements_of_a_person_the_newest_are_sent():
    profile = ProfileFactory()
    with together():
        for number in range(52):
            engagement = EngagementFactory(start_date=date(2000 + number % 20, 1, 1), end_date=None)
            EngagementStaffFactory(engagement=engagement, profile=profile)
    other = EngagementStaffFactory()
    found = answer(f"profiles/{profile.pk}/")
    assert (len(found["engagements"]), found["engagement_count"]) == (50, 52)
    assert len(answer(found["engagements_url"] + "&page_size=100")["results"]) == 52
    by_id = {record["id"]: record for record in answer("profiles/")["results"]}
    assert by_id[profile.pk]["engagements"] == found["engagements"]
    assert len(by_id[other.profile_id]["engagements"]) == 1


def test_more_related_records_than_sqlite_takes_in_one_condition_are_sent():
    profiles = ProfileFactory.create_batch(21)
    engagements = Engagement.objects.bulk_create(
        Engagement(
            country_id="PE",
            title_en=f"Course {number}",
            slug="course",
            kind="workshop",
            start_date=date(2010, 1, 1),
            status="published",
            publish_at=LONG_AGO,
        )
        for number in range(21 * 50)
    )
    EngagementStaff.objects.bulk_create(
        EngagementStaff(engagement=engagement, profile=profiles[number % 21])
        for number, engagement in enumerate(engagements)
    )
    found = answer("profiles/?page_size=100&fields=engagements.engagement.id")["results"]
    assert len({part["engagement"]["id"] for record in found for part in record["engagements"]}) == 21 * 50


@pytest.mark.parametrize("address", ["/api/v1/", "/api/v1/countries/", "/api/v1/countries/PE/", "/api/v1/search/"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_other_methods_are_refused_on_a_page_too(client, address, method):
    response = getattr(client, method)(address, headers={"accept": "text/html"})
    assert response.status_code == 405
    assert b"<h1" in response.content
