"""The free text of lists is answered by the index: words, their stems and beginnings, whatever else is asked for."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from engagements.filters import EngagementFilter
from engagements.models import Engagement
from organisations.filters import OrganisationFilter
from organisations.models import Organisation
from profiles.filters import ProfileFilter
from profiles.models import Profile
from programmes.filters import ProgrammeFilter
from programmes.models import Programme
from search import lists
from search.indexing import together
from tests.factories import EngagementFactory, OrganisationFactory, ProfileFactory, ProgrammeFactory
from tests.pages import text

pytestmark = pytest.mark.django_db

FILTERS = {
    EngagementFilter: Engagement,
    ProfileFilter: Profile,
    ProgrammeFilter: Programme,
    OrganisationFilter: Organisation,
}


@pytest.fixture(params=["looked up", "met on the way"], autouse=True)
def form(request, monkeypatch):
    """Both forms of the condition: that for few records and that for many."""
    if request.param == "met on the way":
        monkeypatch.setattr(lists, "FEW", 0)


def found(filterset_class, words: str, **others) -> list[str]:
    records = FILTERS[filterset_class].objects.published()
    return sorted(str(record) for record in filterset_class({"q": words, **others}, queryset=records).qs)


@pytest.fixture
@together()
def engagements():
    EngagementFactory(
        title_en="Training in Lima",
        title_es="Capacitación en Lima",
        summary_en="Dairy trainers learned to teach.",
        results_en="<p>Twenty trainers are <strong>certified</strong>.</p>",
        country_id="PE",
    )
    EngagementFactory(title_en="Advice in Lima", summary_en="A law was drafted.", country_id="KE")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("lima", ["Advice in Lima", "Training in Lima"]),
        ("LIMA law", ["Advice in Lima"]),
        ("certified dairy training", ["Training in Lima"]),
        ("certif dai", ["Training in Lima"]),  # what is being typed
        ("laws", ["Advice in Lima"]),  # the stem
        ("líma", ["Advice in Lima", "Training in Lima"]),
        ("dairy law", []),
        ("iry", []),  # the end of a word is no word
        ("strong", []),
        ("kenya", ["Advice in Lima"]),  # a key fact
        ("", ["Advice in Lima", "Training in Lima"]),
        ("%", []),
        ("'; DROP TABLE search_entry; --", []),
    ],
)
def test_every_word_is_found_in_the_title_key_facts_or_text(engagements, words, expected):
    assert found(EngagementFilter, words) == expected


def test_the_language_of_the_reader_is_searched_with_english_for_what_is_not_translated(engagements):
    EngagementFactory(title_en="Visit", summary_en="Milk", summary_es="Leche de cabra")
    assert found(EngagementFilter, "cabra") == []
    assert found(EngagementFilter, "capacitación") == ["Training in Lima"]  # titles are found in every language
    with override("es"):
        assert found(EngagementFilter, "capacitación dairy") == ["Capacitación en Lima"]
        assert found(EngagementFilter, "cabra") == ["Visit"]
        assert found(EngagementFilter, "milk") == []
        assert found(EngagementFilter, "advice") == ["Advice in Lima"]


def test_people_programmes_and_organisations_are_found_too():
    ProfileFactory(given_name="Ana", family_name="Quispe", summary_en="Works with dairy cooperatives.")
    ProfileFactory(given_name="Joseph", family_name="Otieno", summary_en="Ana taught him finance.")
    ProgrammeFactory(name_en="My.Coop", aim_en="Managers lead.", audience_en="Board members")
    OrganisationFactory(name_en="Dairy union", acronym_en="DU")
    assert found(ProfileFilter, "ana") == ["Ana Quispe", "Joseph Otieno"]
    assert found(ProfileFilter, "ana dairy") == ["Ana Quispe"]
    assert found(ProgrammeFilter, "my.coop board") == found(ProgrammeFilter, "mycoop") == ["My.Coop"]
    assert len(found(OrganisationFilter, "du")) == 1


def test_it_goes_together_with_other_filters_and_what_is_counted_is_what_is_listed(engagements, client):
    EngagementFactory(title_en="Lima hidden", draft=True)
    page = client.get("/en/engagements/?q=lima&country=PE")
    assert page.context["paginator"].count == 1
    countries = next(facet for facet in page.context["filterset"].facets if facet.name == "country")
    assert {option.value: option.count for option in countries.options} == {"PE": 1, "KE": 1}
    assert "Training in Lima" in text(page)


def test_a_record_that_has_come_due_is_listed(monkeypatch):
    moment = timezone.now()
    EngagementFactory(title_en="Zanthoxylum", publish_at=moment + timedelta(minutes=1))
    assert found(EngagementFilter, "zanthoxylum") == []
    monkeypatch.setattr(timezone, "now", lambda: moment + timedelta(minutes=2))
    assert found(EngagementFilter, "zanthoxylum") == ["Zanthoxylum"]


def test_the_index_is_asked_once_a_page(engagements):
    filterset = EngagementFilter({"q": "lima"}, queryset=Engagement.objects.published())
    with CaptureQueriesContext(connection) as captured:
        assert list(filterset.qs)
        assert filterset.facets
    probes = [
        query["sql"] for query in captured if "UNION ALL" not in query["sql"] and "search_scheduled" in query["sql"]
    ]
    assert len(probes) == 1
