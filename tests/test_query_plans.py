"""No public list reads or sorts a whole large table for a page: looked at in the plans of the database at hand."""

from datetime import date, timedelta
from itertools import combinations
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from codelists.models import Country, Topic
from engagements.filters import CountryFilter, EngagementFilter
from engagements.models import LISTED_BY, Engagement, EngagementStaff
from listing.facet_filters import RecordsFilter
from listing.filters import ListingFilterSet, SortFilter, TextFilter, YearFilter
from organisations.filters import OrganisationFilter
from organisations.models import Organisation
from profiles.filters import ProfileFilter
from profiles.models import Profile
from programmes.filters import ProgrammeFilter
from programmes.models import Programme
from tests.factories import LONG_AGO, OrganisationFactory, ProfileFactory, ProgrammeFactory
from tests.plans import LARGE, faults, indexes, no_whole_tables

pytestmark = pytest.mark.django_db

ROWS = 2000
LISTS = {
    EngagementFilter: Engagement,
    ProfileFilter: Profile,
    ProgrammeFilter: Programme,
    OrganisationFilter: Organisation,
}
SMALL = {CountryFilter}  # 250 rows
# What is known to read or sort more than a page, and why that is so.
EXEMPT_FILTERS = {
    "q": "words in texts: not a matter of these indexes",
}
EXEMPT_ORDERS = {
    (EngagementFilter, "country"): "the page puts it together country by country, see engagements.country_order",
    (ProgrammeFilter, "most-used"): "some hundred programmes, each counted over an index",
}
# Of the others the tables have some hundred or thousand rows.
SORTED_BY_INDEX = {EngagementFilter, ProfileFilter}


@pytest.fixture
def many():
    """Many engagements with all that filters ask of them, in the database's statistics too where it keeps any."""
    programmes, organisations = ProgrammeFactory.create_batch(3), OrganisationFactory.create_batch(3)
    people, topics = ProfileFactory.create_batch(3), list(Topic.objects.all()[:3])
    countries = list(Country.objects.exclude(region=None).values_list("pk", flat=True)[:50])
    made = Engagement.objects.bulk_create(
        Engagement(
            title_en=f"Workshop {number}",
            slug="workshop",
            kind=Engagement.Kind.values[number % 7],
            activity_status=Engagement.ActivityStatus.values[number % 6],
            country_id=countries[number % 50],
            programme=programmes[number % 3],
            sector_id="AG"[number % 2],
            start_date=date(2000, 1, 1) + timedelta(days=number),
            status="published",
            publish_at=LONG_AGO,
        )
        for number in range(ROWS)
    )
    for through, name, others in (
        (Engagement.topics.through, "topic", topics),
        (Engagement.partners.through, "organisation", organisations),
        (EngagementStaff, "profile", people),
    ):
        through.objects.bulk_create(
            through(**{"engagement": each, name: others[place % 3]}) for place, each in enumerate(made)
        )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table in LARGE:
                cursor.execute(f"ANALYZE {table}")
    no_whole_tables()


def values(filterset: type[ListingFilterSet], model) -> dict[str, str]:
    """A value that each filter of the list takes; the names of all filters are there, but those that are exempt."""
    found = {}
    for name, filter_ in filterset(QueryDict(), queryset=model.objects.published()).filters.items():
        if isinstance(filter_, TextFilter):
            assert name in EXEMPT_FILTERS
        elif isinstance(filter_, YearFilter):
            found[name] = "2005"
        elif isinstance(filter_, RecordsFilter):
            found[name] = filter_.address_of(filter_.records.first())
        elif not isinstance(filter_, SortFilter):
            found[name] = next(iter(filter_.labels))
    return found


def orders(filterset: type[ListingFilterSet]) -> list[str]:
    [filter_] = [one for one in filterset.base_filters.values() if isinstance(one, SortFilter)]
    return [order for order in filter_.orders if (filterset, order) not in EXEMPT_ORDERS]


def test_every_filterset_is_looked_at():
    assert set(ListingFilterSet.__subclasses__()) == set(LISTS) | SMALL


def test_a_page_is_served_by_indexes(many):
    """Under no filter, each filter and each two of them; each filter in every order. With statistics and without.

    Counting needs no index: it ends at a limit.
    """
    wrong = [faults_of(filterset, model) for filterset, model in LISTS.items()]
    if connection.vendor == "sqlite":  # PostgreSQL has looked at its tables already
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        wrong += [faults_of(filterset, model) for filterset, model in LISTS.items()]
    assert [case for case in wrong if case] == []


def faults_of(filterset: type[ListingFilterSet], model) -> dict[str, list[str]]:
    """What is wrong with the list's pages, by what was asked."""
    taken, found = values(filterset, model), {}
    alone = [{}, *({name: value} for name, value in taken.items())]
    pairs = [dict(pair) for pair in combinations(taken.items(), 2)]
    asked = [(query, order) for query in alone for order in orders(filterset)]
    for query, order in [*asked, *((query, orders(filterset)[0]) for query in pairs)]:
        address = urlencode(query | {"sort": order})
        listed = filterset(QueryDict(address), queryset=model.objects.published())
        assert not listed.errors
        page = faults(*listed.qs[:20].query.sql_with_params())
        if filterset not in SORTED_BY_INDEX:
            page = [fault for fault in page if not fault.startswith("sorts")]
        found[f"{filterset.__name__} {address}"] = page
    return {case: wrong for case, wrong in found.items() if wrong}


def test_of_two_filters_by_columns_one_index_knows_both(many):
    """Else the rows of one are all read to find out which of them the other lets through."""
    known = {index.name: set(index.fields) for index in Engagement._meta.indexes}
    taken = values(EngagementFilter, Engagement)
    # PostgreSQL knows that many rows match, and takes the newest ones until it has a page.
    newest = {"engagement_newest_idx"} if connection.vendor == "postgresql" else set()
    for pair in combinations(LISTED_BY, 2):
        query = QueryDict(urlencode({LISTED_BY[column]: taken[LISTED_BY[column]] for column in pair}))
        listed = EngagementFilter(query, queryset=Engagement.objects.published()).qs[:20]
        used = indexes(*listed.query.sql_with_params()) & set(known)
        assert used, pair
        assert all(known[name] >= set(pair) for name in used - newest), (pair, used)


def test_what_else_shows_a_few_of_all_is_served_by_indexes(client, many):
    addresses = ["/en/feed/", "/sitemap.xml", "/sitemap-engagements.xml"]
    assert {address: wrong for address in addresses if (wrong := faults_at(client, address))} == {}


def test_the_list_of_the_admin_is_served_by_indexes(staff_client, many):
    assert faults_at(staff_client, "/admin/engagements/engagement/") == {}


def faults_at(client, address: str) -> dict[str, list[str]]:
    """What is wrong with the queries about engagements that answer the `address`."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    asked = [query["sql"] for query in captured if query["sql"].startswith("SELECT") and f'"{LARGE[0]}' in query["sql"]]
    assert asked
    wrong = {}
    for sql in asked:
        # A query that was sent has no parameters left; what looks like one would be taken for one.
        found = faults(sql.replace("%", "%%"))
        if f' FROM "{LARGE[0]}' not in sql[: sql.index(" FROM ") + 40]:  # others sort what is few
            found = [fault for fault in found if not fault.startswith("sorts")]
        if found:
            wrong[sql] = found
    return wrong


def test_it_sees_a_table_that_is_read_or_sorted_as_a_whole(many):
    """The look at plans is worth something: it finds fault with what has no index."""
    by_title = Engagement.objects.order_by("title")[:20]
    unindexed = Engagement.objects.filter(women_trained=3).order_by()[:20]
    assert "sorts" in " ".join(faults(*by_title.query.sql_with_params()))
    assert faults(*unindexed.query.sql_with_params()) == ["reads all of engagements_engagement"]
