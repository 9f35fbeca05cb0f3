"""The engagement list under its filters."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from codelists.models import Topic
from search.indexing import together
from tests.factories import EngagementFactory, OrganisationFactory, ProfileFactory, ProgrammeFactory
from tests.pages import facet, names

pytestmark = pytest.mark.django_db


@pytest.fixture
@together()
def engagements():
    """A dairy course in Peru (2012), a study in Kenya (2015 to 2018), a plan for Colombia (2026)."""
    course = EngagementFactory(
        title_en="Dairy course",
        country_id="PE",
        kind="workshop",
        sector_id="A",
        programme=ProgrammeFactory(slug="my-coop", name_en="My.Coop"),
        start_date=date(2012, 3, 1),
        end_date=date(2012, 3, 5),
    )
    course.partners.add(OrganisationFactory(slug="fao", name_en="FAO"))
    course.staff.add(ProfileFactory(slug="ana", given_name="Ana", family_name="Alva"))
    study = EngagementFactory(
        title_en="Study", country_id="KE", kind="research", start_date=date(2015, 1, 1), end_date=date(2018, 12, 31)
    )
    study.topics.add(Topic.objects.get(slug="youth"))
    plan = EngagementFactory(
        title_en="Plan", country_id="CO", kind="project", start_date=date(2026, 1, 1), end_date=None,
        activity_status="1", summary_en="A dairy to be.",
    )  # fmt: skip
    return course, study, plan


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Plan", "Study", "Dairy course"]),
        ("country=PE", ["Dairy course"]),
        ("country=PE&country=CO", ["Plan", "Dairy course"]),
        ("region=americas", ["Plan", "Dairy course"]),
        ("region=americas&kind=project", ["Plan"]),
        ("programme=my-coop", ["Dairy course"]),
        ("kind=research", ["Study"]),
        ("sector=A", ["Dairy course"]),
        ("topic=youth", ["Study"]),
        ("profile=ana", ["Dairy course"]),
        ("organisation=fao", ["Dairy course"]),
        ("status=1", ["Plan"]),
        ("year_from=2013", ["Plan", "Study"]),
        ("year_from=2018", ["Plan", "Study"]),
        ("year_from=2019", ["Plan"]),
        ("year_to=2012", ["Dairy course"]),
        ("year_from=2016&year_to=2017", ["Study"]),
        ("year_from=2027", []),
        ("q=dairy", ["Plan", "Dairy course"]),
        ("q=dairy+course", ["Dairy course"]),
        ("sort=newest", ["Plan", "Study", "Dairy course"]),
        ("sort=oldest", ["Dairy course", "Study", "Plan"]),
        ("sort=country", ["Plan", "Study", "Dairy course"]),
    ],
)
def test_a_filter_narrows_the_list(client, engagements, query, expected):
    response = client.get(f"/en/engagements/?{query}")
    assert response.status_code == 200
    assert names(response) == expected


def test_every_offered_number_is_the_number_of_results(client, engagements):
    response = client.get("/en/engagements/?region=americas")
    offered = {facet.name: facet.options for facet in response.context["filterset"].facets}
    assert set(offered) == {
        "country", "region", "programme", "kind", "sector", "profile", "organisation", "status"
    }  # fmt: skip
    for name, options in offered.items():
        for option in options:
            query = f"{name}={option.value}" if name == "region" else f"region=americas&{name}={option.value}"
            assert len(names(client.get(f"/en/engagements/?{query}"))) == option.count, (name, option)


def test_facets_count_with_the_years_kept(client, engagements):
    assert facet(client.get("/en/engagements/?year_from=2013&year_to=2020"), "country") == {"Kenya": 1}


def test_countries_sort_by_their_name_in_the_language_of_the_page(client):
    EngagementFactory(title_en="In Germany", country_id="DE")
    EngagementFactory(title_en="In Ecuador", country_id="EC")
    assert names(client.get("/en/engagements/?sort=country")) == ["In Ecuador", "In Germany"]
    assert names(client.get("/es/engagements/?sort=country")) == ["In Germany", "In Ecuador"]


def test_a_programme_that_is_not_public_is_no_value(client, engagements):
    EngagementFactory(programme=ProgrammeFactory(name_en="Hidden.Coop", draft=True))
    assert facet(client.get("/en/engagements/"), "programme") == {"My.Coop": 1}


class TestByCountry:
    """Pages of the list by country are put together country by country: they are those of the whole list, sorted."""

    @pytest.fixture
    @together()
    def engagements(self):
        many, few = ["PE", "BO", "BO", "BO", "CI", "AX", "ZW", "BO"], ["SE", "SK", "SN", "SY", "SV"]
        for number in range(60):
            EngagementFactory(
                country_id=many[number % 8] if number < 50 else few[number % 5],
                kind=("workshop", "research")[number % 2],
                start_date=date(2010 + number % 3, 1, 1),
                end_date=None,
                draft=number % 9 == 0,
            )

    @pytest.mark.parametrize(
        ("language", "query"),
        [
            ("en", ""),
            ("es", ""),
            ("fr", "&kind=research"),
            ("en", "&country=PE&country=AX&country=BO"),
            ("en", "&q=zz"),
        ],
    )
    def test_every_page_is_the_slice_of_the_list(self, client, engagements, language, query):
        address = f"/{language}/engagements/?sort=country{query}"
        first = client.get(address)
        with translation.override(language):
            expected = list(first.context["filterset"].qs)
        pages = range(1, first.context["paginator"].num_pages + 1)
        found = [row for page in pages for row in client.get(f"{address}&page={page}").context["object_list"]]
        assert found == expected

    def test_no_page_sorts_the_whole_list(self, client, engagements):
        with CaptureQueriesContext(connection) as captured:
            client.get("/en/engagements/?sort=country&page=2")
        orders = [query["sql"].rpartition("ORDER BY")[2] for query in captured if "ORDER BY" in query["sql"]]
        assert not [order for order in orders if "COLLATE" in order and "start_date" in order]
