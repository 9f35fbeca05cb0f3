"""Numbers of facets: exact in lists up to a limit; in longer ones those of the first results, which is said."""

import re

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from engagements.filters import EngagementFilter
from engagements.models import Engagement
from listing.counting import Counted, Limits
from profiles.filters import ProfileFilter
from profiles.models import Profile
from tests.factories import EngagementFactory, EngagementStaffFactory, ProfileFactory
from tests.pages import text

pytestmark = pytest.mark.django_db
HINT = "A number with + was counted in the first results only"
# Three filters: nobody knows beforehand how many rows fit them all, and two lists are counted in.
LIST = "kind=workshop&status=4&year_from=1990"


def counted(query: str) -> dict[str, Counted]:
    return EngagementFilter(QueryDict(query), queryset=Engagement.objects.published()).counted


def engagement(country: str, year: int, kind: str = "workshop") -> None:
    EngagementFactory(kind=kind, activity_status="4", country_id=country, start_date=f"{year}-03-01", end_date=None)


def workshops(*countries: str) -> None:
    """One in each of these countries, the newest first."""
    for number, country in enumerate(countries):
        year = 2020 - number
        EngagementFactory(
            kind="workshop", activity_status="4", country_id=country, start_date=f"{year}-03-01", end_date=None
        )


@pytest.fixture
def three_rows(monkeypatch):
    monkeypatch.setattr(EngagementFilter, "counted_most", Limits(rows=3))


def test_numbers_are_exact_up_to_the_limit(three_rows, client):
    workshops("PE", "PE", "BO")
    assert counted(LIST)["country"] == Counted({"PE": 2, "BO": 1}, length=3)
    assert HINT not in text(client.get(f"/en/engagements/?{LIST}"))


def test_of_a_longer_list_the_newest_are_counted_and_the_page_says_so(three_rows, client):
    workshops("PE", "PE", "BO", "BO", "KE", "KE")
    country = counted(LIST)["country"]
    assert country.is_more
    assert set(country.numbers) == {"PE", "BO"}
    words = text(client.get(f"/en/engagements/?{LIST}"))
    assert HINT in words
    assert "Peru 2+" in words
    assert "The map shows where the first of these engagements were" in words


def test_the_api_says_so_too(three_rows, client):
    workshops("PE", "PE", "BO")
    address = f"/api/v1/engagements/facets/?{LIST}"
    assert not any(facet["more"] for facet in client.get(address).json()["facets"])
    workshops("BO", "KE")
    answer = client.get(address).json()
    assert answer["count"] == 5
    assert {facet["name"] for facet in answer["facets"] if facet["more"]} >= {"country", "status"}


def test_each_list_has_its_own_limit(three_rows):
    workshops("PE", "PE", "BO")
    EngagementFactory.create_batch(
        3, kind="research", activity_status="4", country_id="PE", start_date="2001-01-01", end_date=None
    )
    found = counted(LIST)
    assert found["kind"].is_more  # six are counted, whatever their kind
    assert not found["country"].is_more


def test_many_values_of_few_rows_are_limited_as_well(monkeypatch):
    monkeypatch.setattr(ProfileFilter, "counted_most", Limits(values=2))
    ana = ProfileFactory()
    for country in ("PE", "BO", "KE"):
        EngagementStaffFactory(profile=ana, engagement=EngagementFactory(country_id=country))
    found = ProfileFilter(QueryDict(""), queryset=Profile.objects.published()).counted
    assert found["country"].is_more
    assert not found["topic"].is_more


def test_all_is_counted_in_one_query_that_reads_each_list_once():
    workshops("PE", "BO")
    filterset = EngagementFilter(QueryDict(LIST), queryset=Engagement.objects.published())
    filterset.form.is_valid()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert filterset.counted
    live = [query["sql"] for query in queries if "_values AS (" in query["sql"]]
    assert len(live) == 1
    # Under all filters, without that of the kind, and without that of the status.
    assert set(re.findall(r"\b(rows_\d+) AS \(", live[0])) == {"rows_0", "rows_1", "rows_2"}


def test_what_was_counted_for_the_facets_is_not_counted_again(three_rows, client):
    workshops("PE", "BO")
    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"/en/engagements/?{LIST}")
    assert page.context["paginator"].count == 2
    assert not [query["sql"] for query in queries if query["sql"].startswith("SELECT COUNT(*)")]
    workshops("KE", "AR")
    assert client.get(f"/en/engagements/?{LIST}&q=").context["paginator"].count == 4


def test_in_the_order_of_countries_a_list_is_whole_even_where_not_all_were_counted(three_rows, client):
    workshops("PE", "KE", "BO", "BO", "KE", "AR")
    page = client.get(f"/en/engagements/?{LIST}&sort=country")
    assert [row.country_id for row in page.context["object_list"]] == ["AR", "BO", "BO", "KE", "KE", "PE"]


def test_a_chosen_value_has_the_number_of_its_list_however_rare_it_is_without_it(three_rows, client):
    workshops("KE", "KE", "KE", "KE", "PE", "PE")
    found = counted(f"{LIST}&country=PE")["country"]
    assert found.is_more
    assert found.numbers["PE"] == 2
    page = client.get(f"/en/engagements/?{LIST}&country=PE")
    assert [country.code for country in page.context["countries"]] == ["PE"]
    assert "Peru at a glance" in text(page)


def test_a_list_found_by_words_is_limited_as_well(three_rows, client):
    for number in range(5):
        EngagementFactory(title_en=f"Dairy {number}", country_id="PE")
    assert counted("q=dairy")["country"] == Counted({"PE": 4}, is_more=True)
