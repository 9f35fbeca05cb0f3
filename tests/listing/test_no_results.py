"""A list with no results says which filter keeps them away, and how many there would be without it."""

from urllib.parse import parse_qs

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.indexing import together
from tests.factories import EngagementFactory, EngagementStaffFactory, ProfileFactory, ProgrammeFactory
from tests.pages import addresses, text

pytestmark = pytest.mark.django_db

EVERYTHING = (
    "q=course&country=PE&country=KE&region=africa&programme=used&kind=workshop&sector=A&topic=youth&profile=ana"
    "&organisation=no&status=4&year_from=2015&year_to=2030&sort=oldest"
)


def ways_out(response) -> dict[str, int]:
    return {
        f"{way.filters[0].label}: {', '.join(filter_.value for filter_ in way.filters)}": way.total.number
        for way in response.context["filterset"].ways_out
    }


@pytest.fixture
@together()
def engagements():
    """Courses and workshops in three countries, with a programme and a colleague here and there."""
    used, ana = ProgrammeFactory(slug="used", name_en="Used.Coop"), ProfileFactory(slug="ana")
    for number in range(12):
        engagement = EngagementFactory(
            title_en=f"{'Course' if number % 2 else 'Workshop'} {number}",
            country_id=("PE", "KE", "BO")[number % 3],
            kind="workshop" if number % 4 else "research",
            programme=used if number % 5 == 0 else None,
            sector_id="A" if number % 2 else "G",
        )
        if number < 4:
            EngagementStaffFactory(engagement=engagement, profile=ana)


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("engagements", "country=BO&profile=ana&kind=research"),
        ("engagements", "q=course&kind=research&country=PE&country=KE"),
        ("engagements", "programme=used&year_to=2010&sort=country"),
        ("engagements", "programme=used&year_to=abc&q=nothing&page=3"),
        ("engagements", "year_from=2025&year_to=2020&region=africa"),
        ("profiles", "country=BO&programme=used&q=ana"),
        ("profiles", "programme=used&country=KE&sector=G"),
        ("programmes", "country=KE&region=americas&kind=management"),
        ("programmes", "country=KE&topic=youth"),
        ("programmes", "country=TZ&q=used"),
    ],
)
def test_the_number_is_the_number_of_results_that_the_link_gives(client, engagements, path, query):
    response = client.get(f"/en/{path}/?{query}")
    assert response.context["paginator"].count == 0
    filterset = response.context["filterset"]
    said = {way.without: way.total.number for way in filterset.ways_out}
    assert said
    for without, count in said.items():
        assert f"/en/{path}/{without}" in addresses(response)
        assert client.get(f"/en/{path}/{without}").context["paginator"].count == count > 0


def test_only_filters_that_keep_results_away_are_offered_most_results_first(client):
    for country in ("PE", "PE", "KE"):
        EngagementFactory(country_id=country, kind="workshop")
    EngagementFactory(country_id="BO", kind="research")
    response = client.get("/en/engagements/?country=PE&country=KE&kind=research&q=work&sort=oldest")
    assert ways_out(response) == {"Kind: Research": 3, "Country: Peru, Kenya": 1}
    assert list(ways_out(response)) == ["Kind: Research", "Country: Peru, Kenya"]
    assert "Without Kind: Research 3 results" in text(response)
    assert "Without Country: Peru , Kenya 1 result" in text(response)


def test_the_link_keeps_the_other_filters_and_the_order(client):
    EngagementFactory(country_id="PE", kind="workshop")
    response = client.get("/en/engagements/?country=PE&kind=research&year_from=2001&sort=oldest&page=4&topic=zz")
    [way] = response.context["filterset"].ways_out
    assert parse_qs(way.without[1:]) == {"country": ["PE"], "year_from": ["2001"], "sort": ["oldest"]}


def test_where_no_single_filter_helps_all_can_be_removed(client):
    EngagementFactory(country_id="PE", kind="workshop")
    response = client.get("/en/engagements/?country=KE&kind=research")
    assert ways_out(response) == {}
    assert "dropping one of them alone does not help" in text(response)
    assert "/en/engagements/" in addresses(response)


def test_an_empty_list_without_filters_does_not_blame_them(client):
    assert "Nothing has been published here yet" in text(client.get("/en/engagements/"))


def test_records_that_are_not_public_are_not_counted(client):
    EngagementFactory(country_id="PE", kind="workshop")
    EngagementFactory(country_id="KE", kind="research", draft=True)
    EngagementFactory(country_id="PE", kind="research", scheduled=True)
    assert ways_out(client.get("/en/engagements/?country=PE&kind=research")) == {"Kind: Research": 1}


def test_it_costs_one_query_whatever_the_number_of_filters(client):
    EngagementFactory(country_id="PE", kind="workshop")

    def queries(query: str) -> int:
        filterset = client.get(f"/en/engagements/?{query}").context["filterset"]
        del filterset.ways_out
        with CaptureQueriesContext(connection) as captured:
            assert filterset.ways_out is not None
        return len(captured)

    assert queries("country=KE") == 1
    assert queries(EVERYTHING) == 1


def test_a_list_with_results_does_not_ask(client):
    EngagementFactory(country_id="PE")
    filterset = client.get("/en/engagements/?country=PE").context["filterset"]
    assert "ways_out" not in vars(filterset)
