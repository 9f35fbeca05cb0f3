"""Who knows what: each person whom the filters found is shown with the engagements and languages that they met."""

from datetime import date
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagements.models import EngagementStaff
from search.indexing import together
from tests.factories import (
    EngagementFactory,
    EngagementStaffFactory,
    OrganisationFactory,
    ProfileFactory,
    ProgrammeFactory,
)
from tests.pages import addresses, facet, names, text

pytestmark = pytest.mark.django_db


def matches(response) -> dict[str, list[str]]:
    """The engagements named beside each person of the page, in order."""
    people = response.context["page_obj"].object_list
    return {str(person): [part.engagement.title for part in person.matches] for person in people}


def link_to_all(response, person) -> str | None:
    """Where “All … matching engagements” beside the person leads."""
    links = [link for link in addresses(response) if f"profile={person.slug}" in link]
    return links[0] if links else None


@pytest.fixture
def ana():
    return ProfileFactory(given_name="Ana", family_name="Álvarez", slug="ana")


@pytest.fixture
def my_coop():
    return ProgrammeFactory(name_en="My.Coop", slug="my-coop")


def engage(person, title, year=2019, role=EngagementStaff.Role.CONTRIBUTOR, **fields):
    dates = {"start_date": date(year, 1, 1), "end_date": date(year, 2, 1)}
    engagement = EngagementFactory(title_en=title, **(dates | fields))
    EngagementStaffFactory(engagement=engagement, profile=person, role=role)
    return engagement


def test_the_card_says_by_which_engagement_where_when_and_in_which_role(client, ana):
    engagement = engage(ana, "Dairy course", 2016, country_id="KE", role=EngagementStaff.Role.TRAINER)
    response = client.get("/en/profiles/?country=KE")
    assert "Dairy course Trainer Kenya 1 January 2016 – 1 February 2016" in text(response)
    assert engagement.get_absolute_url() in addresses(response)


def test_only_engagements_that_meet_all_filters_together_explain(client, ana, my_coop):
    engage(ana, "Fits", country_id="KE", programme=my_coop, sector_id="A")
    engage(ana, "Other country", country_id="UG", programme=my_coop, sector_id="A")
    engage(ana, "Other programme", country_id="KE", programme=ProgrammeFactory(), sector_id="A")
    engage(ana, "No programme", country_id="KE", sector_id="A")
    engage(ana, "Other sector", country_id="KE", programme=my_coop, sector_id="G")
    assert matches(client.get("/en/profiles/?country=KE&programme=my-coop&sector=A")) == {"Ana Álvarez": ["Fits"]}
    three = matches(client.get("/en/profiles/?region=africa&programme=my-coop&sort=newest"))
    assert three == {"Ana Álvarez": ["Other sector", "Other country", "Fits"]}


def test_each_person_is_explained_by_engagements_of_their_own(client, ana):
    bo = ProfileFactory(given_name="Bo", family_name="Brown")
    shared = engage(ana, "Shared", 2020, country_id="KE")
    EngagementStaffFactory(engagement=shared, profile=bo, role=EngagementStaff.Role.LEAD)
    engage(ana, "Hers", 2021, country_id="KE")
    engage(bo, "His", 2019, country_id="KE")
    response = client.get("/en/profiles/?country=KE")
    assert matches(response) == {"Ana Álvarez": ["Hers", "Shared"], "Bo Brown": ["Shared", "His"]}
    roles = [part.role for person in response.context["page_obj"].object_list for part in person.matches]
    assert roles == ["contributor", "contributor", "lead", "contributor"]


@pytest.mark.parametrize("number", [3, 4, 7])
def test_the_three_newest_are_named_and_a_link_leads_to_exactly_the_number_it_says(client, ana, my_coop, number):
    partners = OrganisationFactory(slug="fao"), OrganisationFactory(slug="ica")
    for year in range(number):
        engage(ana, f"Course {year}", 2000 + year, programme=my_coop, sector_id="A").partners.add(*partners)
    # Each lacks one thing that is asked for.
    engage(ana, "Elsewhere", 2020, country_id="BO", programme=my_coop, sector_id="A").partners.add(*partners)
    engage(ana, "Other programme", 2020, programme=ProgrammeFactory(), sector_id="A").partners.add(*partners)
    engage(ana, "Other sector", 2020, programme=my_coop, sector_id="G").partners.add(*partners)
    engage(ana, "Without partners", 2020, programme=my_coop, sector_id="A")
    engage(ana, "Draft", 2021, programme=my_coop, sector_id="A", draft=True).partners.add(*partners)
    engage(ProfileFactory(), "Not hers", 2021, programme=my_coop, sector_id="A").partners.add(*partners)
    filters = "country=PE&region=americas&programme=my-coop&sector=A&organisation=fao&organisation=ica"
    # What is asked of the person, not of the engagement, does not narrow the engagements.
    ana.languages.add("es")
    response = client.get(f"/en/profiles/?{filters}&language=es&q=ana&sort=newest")
    assert matches(response) == {"Ana Álvarez": [f"Course {number - n}" for n in (1, 2, 3)]}
    link = link_to_all(response, ana)
    if number == 3:
        assert link is None
        assert "matching engagement" not in text(response)
    else:
        assert f"All {number} matching engagements of Ana Álvarez" in text(response)
        assert urlsplit(link).path == "/en/engagements/"
        behind = client.get(link)
        assert behind.context["paginator"].count == number
        assert set(names(behind)) == {f"Course {year}" for year in range(number)}
        assert behind.context["filterset"].errors == {}


def test_engagements_that_are_not_public_explain_nothing(client, ana, my_coop):
    engage(ana, "Public", country_id="KE", programme=my_coop)
    for state in ("draft", "in_review", "scheduled", "archived"):
        engage(ana, f"Secret {state}", 2022, country_id="KE", programme=my_coop, **{state: True})
        hidden = ProgrammeFactory(slug=f"secret-{state}", **{state: True})
        engage(ana, f"Of a secret programme {state}", 2022, country_id="UG", programme=hidden)
        partner = OrganisationFactory(slug=f"partner-{state}", **{state: True})
        engage(ana, f"With a secret partner {state}", 2010, country_id="TZ").partners.add(partner)
    assert matches(client.get("/en/profiles/?country=KE")) == {"Ana Álvarez": ["Public"]}
    assert matches(client.get("/en/profiles/?programme=my-coop")) == {"Ana Álvarez": ["Public"]}
    response = client.get("/en/profiles/?programme=secret-draft&organisation=partner-draft")
    assert response.context["asked"] is None
    assert "Secret" not in text(response)


def test_colleagues_who_are_not_public_are_absent(client, ana):
    engagement = engage(ana, "Course", country_id="KE")
    for state in ("draft", "in_review", "scheduled", "archived"):
        person = ProfileFactory(given_name="Hidden", slug=f"hidden-{state}", **{state: True})
        EngagementStaffFactory(engagement=engagement, profile=person)
    response = client.get("/en/profiles/?country=KE")
    assert matches(response) == {"Ana Álvarez": ["Course"]}
    assert "hidden-" not in response.content.decode()


def test_the_languages_that_matched_are_named(client, ana):
    ana.languages.add("es", "fr", "sw")
    response = client.get("/en/profiles/?language=sw&language=es&language=de")
    assert "Speaks Spanish, Swahili" in text(response)
    assert "Speaks" not in text(client.get("/en/profiles/?q=ana"))


def test_language_and_engagement_are_both_named(client, ana):
    ana.languages.add("fr")
    engage(ana, "Cours", country_id="SN")
    response = client.get("/en/profiles/?language=fr&region=africa")
    assert matches(response) == {"Ana Álvarez": ["Cours"]}
    assert "Speaks French" in text(response)


def test_without_such_filters_nobody_is_explained(client, ana):
    engage(ana, "Course")
    for query in ("", "q=ana", "sort=newest", "country=ZZ"):
        response = client.get(f"/en/profiles/?{query}")
        assert response.context["asked"] is None
        assert names(response) == ["Ana Álvarez"]
        assert "Course" not in text(response)


def test_the_title_is_marked_where_it_falls_back_to_english(client, ana):
    engage(ana, "Course", country_id="KE")
    assert 'lang="en">Course</a>' in client.get("/fr/profiles/?country=KE").content.decode()


def test_the_page_says_what_filters_mean_together(client, ana):
    engage(ana, "Course", country_id="KE")
    said = "took part in an engagement that fits all of your choices"
    assert said in text(client.get("/en/profiles/"))
    assert "the newest engagements that fit all" in text(client.get("/en/profiles/?country=KE"))


@pytest.mark.parametrize("query", ["country=KE", "country=KE&sector=A&programme=my-coop&organisation=fao&language=es"])
def test_neither_queries_nor_named_engagements_grow_with_people_and_their_engagements(client, my_coop, query):
    fao = OrganisationFactory(slug="fao")

    @together()
    def grow(people: int, engagements: int) -> None:
        for person in ProfileFactory.create_batch(people):
            person.languages.add("es")
            for _number in range(engagements):
                engage(person, "Course", country_id="KE", sector_id="A", programme=my_coop).partners.add(fao)

    def look():
        with CaptureQueriesContext(connection) as captured:
            response = client.get(f"/en/profiles/?{query}")
        return len(captured), matches(response)

    grow(1, 1)
    look()
    queries, _one = look()
    grow(19, 10)
    more_queries, explained = look()
    assert more_queries == queries
    assert sorted({len(titles) for titles in explained.values()}) == [1, 3]


@pytest.mark.parametrize(
    ("page", "query"), [("/en/programmes/my-coop/", "programme=my-coop"), ("/en/countries/ke/", "country=KE")]
)
def test_programme_and_country_lead_to_all_their_people_each_with_the_reason(client, my_coop, page, query):
    with together():
        for person in ProfileFactory.create_batch(30):
            engage(person, "Course", country_id="KE", programme=my_coop)
    assert f"/en/profiles/?{query}" in addresses(client.get(page))
    response = client.get(f"/en/profiles/?{query}")
    assert response.context["paginator"].count == 30
    assert all(titles == ["Course"] for titles in matches(response).values())
    assert facet(response, "country") == {"Kenya": 30}
