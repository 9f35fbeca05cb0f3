"""The directory of profiles under its filters."""

import pytest

from codelists.models import Topic
from search.indexing import together
from tests.factories import EngagementFactory, OrganisationFactory, ProfileFactory, ProgrammeFactory
from tests.pages import facet, names

pytestmark = pytest.mark.django_db


@pytest.fixture
@together()
def directory():
    """Ana (My.Coop in Peru, agriculture, with FAO), Bo (Think.Coop in Kenya), Cy without engagements."""
    ana = ProfileFactory(given_name="Ana", family_name="Álvarez", summary_en="Knows dairies.")
    bo = ProfileFactory(given_name="Bo", family_name="Brown", post_title_en="Statistician")
    cy = ProfileFactory(given_name="Cy", family_name="Cole")
    first = EngagementFactory(country_id="PE", programme=ProgrammeFactory(name_en="My.Coop", slug="my-coop"))
    first.sector_id = "A"
    first.save()
    first.partners.add(OrganisationFactory(slug="fao", name_en="FAO"))
    first.staff.add(ana)
    second = EngagementFactory(country_id="KE", programme=ProgrammeFactory(name_en="Think.Coop", slug="think-coop"))
    second.staff.add(bo)
    ana.languages.add("es", "en")
    bo.languages.add("en")
    cy.topics.add(Topic.objects.get(slug="youth"))
    return ana, bo, cy


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Ana Álvarez", "Bo Brown", "Cy Cole"]),
        ("country=PE", ["Ana Álvarez"]),
        ("country=PE&country=KE", ["Ana Álvarez", "Bo Brown"]),
        ("region=africa", ["Bo Brown"]),
        ("programme=my-coop", ["Ana Álvarez"]),
        ("sector=A", ["Ana Álvarez"]),
        ("organisation=fao", ["Ana Álvarez"]),
        ("language=en", ["Ana Álvarez", "Bo Brown"]),
        ("language=en&country=KE", ["Bo Brown"]),
        ("topic=youth", ["Cy Cole"]),
        ("q=dairies", ["Ana Álvarez"]),
        ("q=brown", ["Bo Brown"]),
        ("q=bo+statistician", ["Bo Brown"]),
        ("q=bo+cole", []),
        ("sort=newest", ["Cy Cole", "Bo Brown", "Ana Álvarez"]),
    ],
)
def test_a_filter_narrows_the_directory(client, directory, query, expected):
    response = client.get(f"/en/profiles/?{query}")
    assert response.status_code == 200
    assert names(response) == expected


def test_engagements_and_programmes_that_are_not_public_lead_to_nobody(client, directory):
    cy = directory[2]
    for state in ("draft", "scheduled", "archived"):
        EngagementFactory(country_id="BO", **{state: True}).staff.add(cy)
        hidden = ProgrammeFactory(slug=f"hidden-{state}", **{state: True})
        EngagementFactory(country_id="CL", programme=hidden).staff.add(cy)
    assert names(client.get("/en/profiles/?country=BO")) == []
    response = client.get("/en/profiles/")
    assert facet(response, "country") == {"Chile": 1, "Kenya": 1, "Peru": 1}
    assert facet(response, "programme") == {"My.Coop": 1, "Think.Coop": 1}


def test_a_person_engaged_twice_is_listed_and_counted_once(client, directory):
    ana = directory[0]
    EngagementFactory(country_id="PE").staff.add(ana)
    response = client.get("/en/profiles/?country=PE")
    assert names(response) == ["Ana Álvarez"]
    assert facet(response, "country")["Peru"] == 1


def test_a_summary_in_the_language_of_the_page_is_searched(client, directory):
    directory[1].summary_fr = "Connaît la pêche."
    directory[1].save()
    assert names(client.get("/fr/profiles/?q=pêche")) == ["Bo Brown"]


def test_country_and_programme_are_those_of_one_and_the_same_engagement(client, directory):
    ana = directory[0]
    EngagementFactory(country_id="BO", programme=ProgrammeFactory(name_en="Start.Coop", slug="start-coop")).staff.add(
        ana
    )
    assert names(client.get("/en/profiles/?country=BO&programme=start-coop")) == ["Ana Álvarez"]
    assert names(client.get("/en/profiles/?country=BO&programme=my-coop")) == []
    response = client.get("/en/profiles/?country=BO")
    assert facet(response, "programme") == {"Start.Coop": 1}
    assert facet(response, "country") == {"Bolivia": 1, "Kenya": 1, "Peru": 1}
    assert facet(response, "language") == {"English": 1, "Spanish": 1}


def test_every_offered_number_is_the_number_of_results(client, directory):
    response = client.get("/en/profiles/?country=PE&language=en")
    for offered in response.context["filterset"].facets:
        for option in offered.options:
            kept = {"country": "PE", "language": "en"} | {offered.name: option.value}
            query = "&".join(f"{name}={value}" for name, value in kept.items())
            assert len(names(client.get(f"/en/profiles/?{query}"))) == option.count, (offered.name, option)
