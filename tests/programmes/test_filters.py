"""The programme catalogue under its filters."""

import pytest

from codelists.models import Language, Sector, Topic
from search.indexing import together
from tests.factories import EngagementFactory, OrganisationFactory, ProgrammeFactory
from tests.pages import facet, names, text

pytestmark = pytest.mark.django_db


@pytest.fixture
@together()
def catalogue():
    """My.Coop in Peru (twice) and Colombia, Think.Coop in Peru and Kenya, Start.Coop nowhere."""
    my = ProgrammeFactory(name_en="My.Coop", slug="my-coop", launch_year=2012, aim_en="Run a dairy well.")
    think = ProgrammeFactory(name_en="Think.Coop", slug="think-coop", launch_year=2018, kind="orientation")
    start = ProgrammeFactory(name_en="Start.Coop", slug="start-coop", kind="start-up", audience_en="Core groups.")
    for programme, country in [(my, "PE"), (my, "PE"), (my, "CO"), (think, "PE"), (think, "KE")]:
        EngagementFactory(programme=programme, country_id=country)
    my.sectors.add("A")
    my.topics.add(Topic.objects.get(slug="rural-economy"))
    my.languages.add("es", "fr")
    think.languages.add("es")
    start.topics.add(Topic.objects.get(slug="youth"))
    my.partners.add(OrganisationFactory(name_en="FAO", slug="fao"))
    return my, think, start


def listed(client, query: str) -> list[str]:
    response = client.get(f"/en/programmes/?{query}")
    assert response.status_code == 200
    return names(response)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["My.Coop", "Start.Coop", "Think.Coop"]),
        ("country=PE", ["My.Coop", "Think.Coop"]),
        ("country=CO", ["My.Coop"]),
        ("country=CO&country=KE", ["My.Coop", "Think.Coop"]),
        ("country=BO", []),
        ("region=africa", ["Think.Coop"]),
        ("region=africa&country=CO", []),
        ("kind=start-up", ["Start.Coop"]),
        ("kind=start-up&kind=orientation", ["Start.Coop", "Think.Coop"]),
        ("sector=A", ["My.Coop"]),
        ("topic=youth", ["Start.Coop"]),
        ("language=es", ["My.Coop", "Think.Coop"]),
        ("language=fr&country=PE", ["My.Coop"]),
        ("organisation=fao", ["My.Coop"]),
        ("q=dairy", ["My.Coop"]),
        ("q=DAIRY+well", ["My.Coop"]),
        ("q=core", ["Start.Coop"]),
        ("q=dairy+nowhere", []),
        ("q=think&country=PE", ["Think.Coop"]),
    ],
)
def test_a_filter_narrows_the_list(client, catalogue, query, expected):
    assert listed(client, query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sort=name", ["My.Coop", "Start.Coop", "Think.Coop"]),
        ("sort=newest", ["Think.Coop", "My.Coop", "Start.Coop"]),
        ("sort=most-used", ["My.Coop", "Think.Coop", "Start.Coop"]),
    ],
)
def test_the_list_is_sorted_as_asked(client, catalogue, query, expected):
    assert listed(client, query) == expected


def test_a_draft_scheduled_or_archived_engagement_is_no_use_of_a_programme(client, catalogue):
    start = catalogue[2]
    for state in ("draft", "scheduled", "archived", "in_review"):
        EngagementFactory(programme=start, country_id="BO", **{state: True})
    response = client.get("/en/programmes/?country=BO")
    assert names(response) == []
    assert facet(client.get("/en/programmes/"), "country") == {"Colombia": 1, "Kenya": 1, "Peru": 2}


def test_facets_count_results_with_the_other_filters_kept(client, catalogue):
    response = client.get("/en/programmes/?language=fr")
    assert facet(response, "country") == {"Colombia": 1, "Peru": 1}
    assert facet(response, "kind") == {"Management": 1}
    # Its own filter is not among them: each further value of a facet adds results.
    assert facet(response, "language") == {"French": 1, "Spanish": 2}


def test_a_facet_counts_a_programme_once_however_often_it_was_used_there(client, catalogue):
    assert facet(client.get("/en/programmes/"), "country")["Peru"] == 2


def test_the_number_beside_a_value_is_the_number_of_results_it_gives(client, catalogue):
    first = client.get("/en/programmes/?country=PE")
    for offered in first.context["filterset"].facets:
        for option in offered.options:
            if offered.name == "country":
                continue
            response = client.get(f"/en/programmes/?country=PE&{offered.name}={option.value}")
            assert len(names(response)) == option.count, (offered.name, option)


def test_values_without_results_are_not_offered(client, catalogue):
    response = client.get("/en/programmes/")
    assert "Bolivia" not in facet(response, "country")
    assert set(facet(response, "kind")) == {"Orientation", "Start-up", "Management"}
    assert len(facet(response, "language")) == 2 < Language.objects.count()
    assert len(facet(response, "sector")) == 1 < Sector.objects.count()


def test_a_chosen_value_stays_offered_when_it_has_no_results(client, catalogue):
    response = client.get("/en/programmes/?country=BO")
    assert facet(response, "country")["Bolivia"] == 0
    assert 'value="BO" checked' in response.content.decode()


def test_facets_and_their_labels_take_a_fixed_number_of_queries(client, django_assert_max_num_queries, catalogue):
    client.get("/en/programmes/")
    with django_assert_max_num_queries(13):  # one of them asks which engagements have come due
        client.get("/en/programmes/?country=PE&country=CO&language=es")


def test_a_programme_is_found_by_its_text_in_the_language_of_the_page_and_in_english(client, catalogue):
    my = catalogue[0]
    my.aim_es = "Dirigir bien una lechería."
    my.save()
    assert "My.Coop" in text(client.get("/es/programmes/?q=lechería"))
    assert names(client.get("/en/programmes/?q=lechería")) == []
    assert names(client.get("/es/programmes/?q=core")) == ["Start.Coop"]
