"""The page of gaps: where programmes have not been used yet."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from codelists.models import Country, Region
from search.indexing import together
from tests.factories import EngagementFactory, OfficeFactory, ProgrammeFactory
from tests.pages import addresses, text

pytestmark = pytest.mark.django_db

REGIONS = ["africa", "americas", "arab-states", "asia-pacific", "europe-central-asia"]


def countries_of(region: str) -> int:
    return Country.objects.filter(region=region).count()


def used(response) -> dict[str, list[int]]:
    """How many countries of each region use each programme of the table."""
    return {str(row.programme): [reach.used for reach in row.regions] for row in response.context["programme_reach"]}


def shown(countries) -> list[str]:
    return [country.pk for country in countries]


@pytest.fixture
@together()
def dairy():
    """Used in Kenya, twice, and in Peru."""
    programme = ProgrammeFactory(name_en="Dairy.Coop", slug="dairy")
    for country in ("KE", "KE", "PE"):
        EngagementFactory(country_id=country, programme=programme)
    return programme


def test_the_table_says_in_how_many_countries_of_each_region_a_programme_was_used(client, dairy):
    ProgrammeFactory(name_en="Unused.Coop")
    response = client.get("/en/gaps/")
    assert [region.code for region in response.context["regions"]] == REGIONS
    assert used(response) == {"Dairy.Coop": [1, 1, 0, 0, 0], "Unused.Coop": [0, 0, 0, 0, 0]}
    africa, everywhere = countries_of("africa"), Country.objects.exclude(region=None).count()
    content = text(response)
    assert f"1 of {africa} {africa - 1} not yet" in content
    assert f"2 of {everywhere} {everywhere - 2} not yet" in content


def test_each_number_leads_to_the_countries_behind_it(client, dairy):
    response = client.get("/en/gaps/")
    for reach in response.context["programme_reach"][0].regions:
        address = f"?programme=dairy&region={reach.region.code}"
        assert address in addresses(response)
        (gap,) = client.get(f"/en/gaps/{address}").context["gaps"]
        assert len(gap.used) == reach.used
        assert len(gap.engaged_otherwise) + len(gap.not_engaged) == reach.not_yet
        assert gap.reach == reach


def test_the_countries_of_a_region_are_parted_by_what_happened_there(client, dairy):
    for _number in range(3):
        EngagementFactory(country_id="UG")
    EngagementFactory(country_id="TZ", programme=ProgrammeFactory(slug="other"))
    response = client.get("/en/gaps/?programme=dairy&region=africa")
    (gap,) = response.context["gaps"]
    assert [(country.pk, country.engagement_count) for country in gap.used] == [("KE", 2)]
    assert [(country.pk, country.engagement_count) for country in gap.engaged_otherwise] == [("TZ", 1), ("UG", 3)]
    assert "KE" not in shown(gap.not_engaged)
    assert {"ZM", "EG"} < set(shown(gap.not_engaged))
    assert len(gap.not_engaged) == countries_of("africa") - 3
    africa = countries_of("africa")
    assert f"Africa: not yet used in {africa - 1} of {africa} countries" in text(response)
    assert {"/en/countries/zm/", "/en/countries/ug/", "/en/countries/ke/"} <= set(addresses(response))


def test_each_programme_of_a_page_has_numbers_of_its_own(client, dairy):
    other = ProgrammeFactory(name_en="Apple.Coop")
    EngagementFactory(country_id="KE", programme=other)
    ProgrammeFactory(name_en="Zebra.Coop")
    gaps = client.get("/en/gaps/?region=africa").context["gaps"]
    numbers = {
        str(gap.programme): [country.engagement_count for country in (*gap.used, *gap.engaged_otherwise)]
        for gap in gaps
    }
    assert numbers == {"Apple.Coop": [1], "Dairy.Coop": [2], "Zebra.Coop": [3]}


def test_countries_are_in_the_order_of_their_names_in_the_language_of_the_page(client, dairy):
    (gap,) = client.get("/fr/gaps/?programme=dairy&region=africa").context["gaps"]
    names = [country.name for country in gap.not_engaged]
    assert names.index("Égypte") < names.index("Érythrée") < names.index("Gabon")


def test_engagements_and_programmes_that_are_not_public_do_not_count(client, dairy):
    for state in ("draft", "in_review", "scheduled", "archived"):
        EngagementFactory(country_id="UG", programme=dairy, **{state: True})
        hidden = ProgrammeFactory(name_en=f"Secret {state}", slug=f"hidden-{state}", **{state: True})
        EngagementFactory(country_id="TZ", programme=hidden)
    response = client.get("/en/gaps/")
    assert used(response) == {"Dairy.Coop": [1, 1, 0, 0, 0]}
    assert "secret" not in response.content.decode().casefold()
    (gap,) = client.get("/en/gaps/?programme=dairy&region=africa").context["gaps"]
    assert shown(gap.used) == ["KE"]
    assert "UG" in shown(gap.not_engaged)
    response = client.get("/en/gaps/?programme=hidden-draft")
    assert "gaps" not in response.context
    assert "This value is not known here and was left out: “hidden-draft”" in text(response)


def test_staff_see_the_same_numbers_as_everybody(staff_client, dairy):
    EngagementFactory(country_id="UG", programme=dairy, draft=True)
    assert used(staff_client.get("/en/gaps/")) == {"Dairy.Coop": [1, 1, 0, 0, 0]}


def test_several_programmes_and_regions_are_any_of_them(client, dairy):
    ProgrammeFactory(name_en="Apple.Coop", slug="apple")
    ProgrammeFactory(name_en="Zebra.Coop", slug="zebra")
    response = client.get("/en/gaps/?programme=dairy&programme=apple&region=arab-states&region=africa")
    pairs = [(str(gap.programme), gap.region.code) for gap in response.context["gaps"]]
    assert pairs == [(name, code) for name in ("Apple.Coop", "Dairy.Coop") for code in ("africa", "arab-states")]


def test_a_region_alone_is_asked_of_every_programme_and_a_programme_alone_in_every_region(client, dairy):
    ProgrammeFactory(name_en="Apple.Coop")
    by_region = client.get("/en/gaps/?region=africa").context["gaps"]
    assert [str(gap.programme) for gap in by_region] == ["Apple.Coop", "Dairy.Coop"]
    by_programme = client.get("/en/gaps/?programme=dairy").context["gaps"]
    assert [gap.region.code for gap in by_programme] == REGIONS


def test_a_value_that_is_not_known_is_reported_and_the_rest_still_counts(client, dairy):
    response = client.get("/en/gaps/?programme=dairy&programme=nothing&region=atlantis&page=99")
    assert response.status_code == 200
    assert len(response.context["gaps"]) == len(REGIONS)
    content = text(response)
    assert "“nothing”" in content
    assert "“atlantis”" in content
    assert "There is no page “99”. This is page 1." in content
    assert used(client.get("/en/gaps/?region=%00")) == {"Dairy.Coop": [1, 1, 0, 0, 0]}


def test_the_offices_to_ask_are_named_once_where_they_work_for_the_whole_region(client, dairy):
    regional, standing, covering = OfficeFactory.create_batch(3, country_id="CH")
    regional.countries_covered.set(Country.objects.filter(region="africa"))
    covering.countries_covered.add("ZM")
    standing.country_id = "ZM"
    standing.save()
    (gap,) = client.get("/en/gaps/?programme=dairy&region=africa").context["gaps"]
    (zambia,) = (country for country in gap.not_engaged if country.pk == "ZM")
    assert gap.offices == [regional]
    assert zambia.offices_there == [standing, covering]
    assert all(country.offices_there == [] for country in gap.not_engaged if country.pk != "ZM")


def test_countries_without_a_region_are_left_out_and_the_page_says_how_many(client, dairy):
    outside = Country.objects.filter(region=None)
    EngagementFactory(country_id=outside.first().pk, programme=dairy)
    response = client.get("/en/gaps/")
    assert used(response) == {"Dairy.Coop": [1, 1, 0, 0, 0]}
    assert f"{outside.count()} countries and areas that belong to none of these regions are left out." in text(response)


def test_a_region_that_has_used_it_everywhere_has_no_gap(client, dairy):
    for country in Country.objects.filter(region="arab-states"):
        EngagementFactory(country_id=country.pk, programme=dairy)
    response = client.get("/en/gaps/?programme=dairy&region=arab-states")
    assert response.context["gaps"][0].reach.not_yet == 0
    assert "It has been used in every country of the region." in text(response)


def test_two_hundred_programmes_are_shown_in_pages(client):
    with together():
        for number in range(200):
            ProgrammeFactory(name_en=f"Programme {number:03}")
    response = client.get("/en/gaps/")
    assert len(used(response)) == 20
    assert len(used(client.get("/en/gaps/?page=10"))) == 20
    assert len(client.get("/en/gaps/?region=africa").context["gaps"]) == 10
    last = client.get("/en/gaps/?region=africa&page=20").context["gaps"]
    assert str(last[-1].programme) == "Programme 199"


def test_without_programmes_or_without_regions_there_is_a_page_all_the_same(client):
    assert "Nothing has been published here yet." in text(client.get("/en/gaps/"))
    assert "Nothing has been published here yet." in text(client.get("/en/gaps/?region=africa"))
    ProgrammeFactory()
    Country.objects.update(region=None)
    assert "0 of 0" in text(client.get("/en/gaps/"))
    Region.objects.all().delete()
    assert client.get("/en/gaps/").status_code == 200


@pytest.mark.parametrize("query", ["", "?region=africa", "?region=africa&region=americas&programme=dairy"])
def test_the_queries_do_not_grow_with_programmes_countries_and_offices(client, dairy, query):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/en/gaps/{query}")
        return len(captured)

    OfficeFactory(country_id="KE").countries_covered.add("UG")
    queries()
    at_first = queries()
    for code in Country.objects.filter(region="africa").values_list("pk", flat=True)[:20]:
        EngagementFactory(country_id=code, programme=ProgrammeFactory())
        OfficeFactory(country_id=code).countries_covered.add("UG", "ZM")
    assert queries() == at_first
    assert at_first <= 12


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("/en/programmes/dairy/", "/en/gaps/?programme=dairy"),
        ("/en/regions/africa/", "/en/gaps/?region=africa"),
        ("/en/countries/", "/en/gaps/"),
        ("/en/programmes/", "/en/gaps/"),
    ],
)
def test_other_pages_lead_to_the_gaps(client, dairy, page, link):
    assert link in addresses(client.get(page))
