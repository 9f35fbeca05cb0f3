"""The partner organisations under their filters."""

import pytest
from django.utils.translation import override

from codelists.models import Topic
from organisations.filters import OrganisationFilter
from organisations.models import Organisation
from search.indexing import together
from tests.factories import EngagementFactory, OrganisationFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
@together()
def organisations():
    """A dairy union in Peru that worked on My.Coop and youth, a ministry in Kenya that worked on mining."""
    union = OrganisationFactory(name_en="Dairy union", name_es="Unión lechera", acronym_en="DU", country_id="PE")
    ministry = OrganisationFactory(name_en="Ministry", description_en="Trade.", country_id="KE", kind="government")
    with_union = EngagementFactory(programme=ProgrammeFactory(slug="my-coop"), country_id="BO")
    with_union.topics.add(Topic.objects.get(slug="youth"))
    with_union.partners.add(union)
    EngagementFactory(sector_id="B").partners.add(ministry)


def found(query: dict) -> list[str]:
    filterset = OrganisationFilter(query, queryset=Organisation.objects.published())
    assert not filterset.errors
    return [organisation.name_en for organisation in filterset.qs]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["Dairy union", "Ministry"]),
        ({"q": "DAIRY"}, ["Dairy union"]),
        ({"q": "du"}, ["Dairy union"]),
        ({"q": "trade"}, ["Ministry"]),
        ({"country": ["PE"]}, ["Dairy union"]),
        ({"country": ["BO"]}, []),  # it worked there, but has its seat elsewhere
        ({"country": ["PE", "KE"]}, ["Dairy union", "Ministry"]),
        ({"region": ["africa"]}, ["Ministry"]),
        ({"kind": ["government"]}, ["Ministry"]),
        ({"programme": ["my-coop"]}, ["Dairy union"]),
        ({"topic": ["youth"], "programme": ["my-coop"]}, ["Dairy union"]),
        ({"topic": ["youth"], "sector": ["B"]}, []),
        ({"sector": ["B"]}, ["Ministry"]),
        ({"sort": "newest"}, ["Ministry", "Dairy union"]),
    ],
)
def test_a_filter_narrows_the_list(organisations, query, names):
    assert found(query) == names


def test_names_are_searched_and_sorted_in_the_language_of_the_reader(organisations):
    with override("es"):
        assert found({"q": "lechera"}) == ["Dairy union"]
        assert found({}) == ["Ministry", "Dairy union"]


@pytest.mark.parametrize("state", ["draft", "in_review", "scheduled", "archived"])
def test_work_that_is_not_public_is_no_reason_to_be_found(organisations, state):
    engagement = EngagementFactory(sector_id="C", programme=ProgrammeFactory(slug="other"), **{state: True})
    engagement.partners.add(Organisation.objects.get(name_en="Dairy union"))
    assert found({"sector": ["C"]}) == []
    assert found({"programme": ["other"]}) == []
