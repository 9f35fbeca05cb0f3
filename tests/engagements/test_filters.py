"""The engagement list under its filters."""

from datetime import date

import pytest

from codelists.models import Topic
from tests.factories import EngagementFactory, OrganisationFactory, ProfileFactory, ProgrammeFactory
from tests.pages import facet, names

pytestmark = pytest.mark.django_db


@pytest.fixture
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
