"""Pages and lists are told the same from the tallies as from the engagements."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from codelists.models import Country, Region, Sector, Topic
from engagements.filters import EngagementFilter
from engagements.models import Engagement
from engagements.tallies.reading import Scope
from organisations.models import Organisation
from profiles.models import Profile
from programmes.models import Programme
from publishing.models import Status
from search.indexing import together
from tests.engagements.tallied import told
from tests.factories import EngagementFactory, OrganisationFactory, ProfileFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
HIDDEN = ["draft", "in_review", "scheduled", "archived"]


def grow(number: int) -> Engagement:
    """An engagement like no other, with records that are public but for every fourth."""
    hidden = {HIDDEN[number // 4 % 4]: True} if number % 4 == 0 else {}
    programmes, people, partners = (
        list(model.objects.order_by("pk")) or [None] for model in (Programme, Profile, Organisation)
    )
    engagement = EngagementFactory(
        country_id=["PE", "BO", "KE", "AQ"][number % 4],
        kind=Engagement.Kind.values[number % 3],
        programme=programmes[number % len(programmes)] if number % 5 else ProgrammeFactory(**hidden),
        sector_id=[None, "A", "K"][number % 3],
        activity_status=Engagement.ActivityStatus.values[number % 4],
        start_date=date(2010 + number % 9, 3, 1),
        women_trained=[None, 5][number % 2],
        **({HIDDEN[number % 4]: True} if number % 7 == 0 else {}),
    )
    engagement.topics.set(Topic.objects.order_by("pk")[number % 3 : number % 5 + 1])
    engagement.partners.set({OrganisationFactory(**hidden), partners[number % len(partners)]} - {None})
    engagement.staff.set({ProfileFactory(**hidden), people[number % len(people)]} - {None})
    return engagement


@pytest.fixture(scope="module", autouse=True)
def engagements(django_db_setup, django_db_blocker):
    """The same ones for all tests of the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        with together():
            for number in range(24):
                grow(number)
        yield
        transaction.set_rollback(True)


def scopes() -> list[Scope]:
    records = [
        *Country.objects.filter(pk__in=["PE", "BO", "KE", "AQ", "FR"]),
        *(record for model in (Region, Sector, Topic, Programme) for record in model.objects.all()),
    ]
    return [Scope(), *map(Scope.of, records)]


def test_every_scope_is_told_like_the_engagements_in_it():
    for scope in scopes():
        live = scope.engagements()
        assert told(scope.overview()) == told(live.overview()), scope
        assert scope.figures() == live.figures(), scope
        assert told({"countries": scope.countries()}) == told({"countries": live.countries()}), scope
        assert [(region, region.engagement_count, region.country_count) for region in scope.regions()] == [
            (region, region.engagement_count, region.country_count) for region in live.regions()
        ], scope


@pytest.mark.parametrize("model", [Programme, Profile, Organisation])
def test_a_record_that_is_hidden_or_shown_is_so_at_once(model):
    """Nothing is counted anew for it."""
    for record in model.objects.all():
        record.status = Status.ARCHIVED if record.status == Status.PUBLISHED else Status.PUBLISHED
        record.save()
        assert told(Scope().overview()) == told(Engagement.objects.published().overview())


def test_an_overview_takes_the_same_queries_for_every_scope():
    asked = []
    for scope in (Scope(), Scope.of(Country(pk="PE")), Scope.of(Topic.objects.order_by("pk")[1])):
        with CaptureQueriesContext(connection) as captured:
            list(scope.overview()["engagements"])
        asked.append(len(captured))
    # What has come due, the numbers, the total, how many there are; four kinds of records; the engagements two.
    assert max(asked) == asked[0] == 10  # of no records there is nothing to ask


ASKED = [
    "",
    "country=PE",
    "country=PE&country=BO",
    "region=americas",
    "region=americas&region=africa",
    "programme={programme}",
    "kind=workshop&kind=adaptation",
    "sector=A",
    "topic={topic}",
    "status=1&status=2",
    "country=PE&kind=workshop",
    "country=PE&country=PE&region=americas",
    "region=americas&topic={topic}",
    "topic={topic}&profile={profile}",
    "country=PE&profile={profile}",
    "profile={profile}",
    "organisation={organisation}",
    "programme={programme}&status=4&status=1",
]
UNKNOWN = [
    "topic={topic}&topic={topic2}",
    "q=workshop",
    "year_from=2012",
    "country=PE&kind=workshop&status=1",
    "profile={profile}&organisation={organisation}",
    "profile={profile}&profile={profile2}",
    "country=PE&year_to=2015",
]


def asked(query: str, queryset=None) -> EngagementFilter:
    def slugs(model):
        return model.objects.published().filter(engagements__status="published").order_by("pk")

    query = query.format(
        programme=slugs(Programme)[0].slug,
        profile=slugs(Profile)[0].slug,
        profile2=slugs(Profile).last().slug,
        organisation=slugs(Organisation)[0].slug,
        topic=Topic.objects.order_by("pk")[1].slug,
        topic2=Topic.objects.order_by("pk")[2].slug,
    )
    return EngagementFilter(QueryDict(query), queryset=queryset or Engagement.objects.published())


class TestLists:
    @pytest.mark.parametrize("query", [*ASKED, *UNKNOWN])
    def test_facets_and_length_are_those_of_a_live_count(self, query):
        known, live = asked(query), asked(query, Engagement.objects.published().order_by("pk"))
        assert live.known_count() is None
        assert not any(live.known_counts(name) for name in live.counted)
        assert {name: counted.numbers for name, counted in known.counted.items()} == {
            name: counted.numbers for name, counted in live.counted.items()
        }
        assert known.known_count() in (None, live.qs.count())
        assert live.length() in (None, live.qs.count())
        assert told({"countries": known.countries()}) == told({"countries": live.qs.countries()})

    @pytest.mark.parametrize("query", ASKED)
    def test_where_at_most_two_filters_are_in_force_the_length_is_known(self, query):
        assert asked(query).known_count() is not None

    @pytest.mark.parametrize("query", UNKNOWN)
    def test_what_the_tallies_do_not_know_is_counted(self, query):
        assert asked(query).known_count() is None

    def test_all_known_facets_and_the_length_take_one_query(self, django_assert_num_queries):
        filterset = asked("country=PE")
        filterset.form.is_valid()
        with django_assert_num_queries(1):
            assert filterset.counted
            assert filterset.known_count()

    def test_only_the_most_frequent_records_are_fetched_and_the_chosen_one(self, monkeypatch):
        filters = EngagementFilter.base_filters
        for name in ("profile", "organisation"):
            monkeypatch.setattr(filters[name], "most", 2)
        seldom = Profile.objects.published().filter(engagements__status="published").order_by("-pk")[0]
        filterset = EngagementFilter(QueryDict(f"profile={seldom.slug}"), queryset=Engagement.objects.published())
        facet = next(facet for facet in filterset.facets if facet.name == "profile")
        assert len(filterset.counted["profile"].numbers) <= 4
        assert facet.cut
        assert facet.options[0].selected
        assert facet.options[0].count == seldom.engagements.published().count() > 0

    def test_of_another_list_nothing_is_known(self):
        engagements, country = Engagement.objects, Country.objects.get(pk="PE")
        assert engagements.published().is_all_public
        for other in (
            engagements.all(),
            engagements.published(at=timezone.now()),
            engagements.filter(kind="pilot").published(),
            engagements.published().filter(kind="pilot"),
            country.engagements.published(),
            engagements.published().planned(),
        ):
            assert not other.is_all_public
