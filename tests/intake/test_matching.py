"""What of an article is in the portal already."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from intake.findings import Finding, ProposedOrganisation, ProposedProgramme, Span
from intake.likeness import ALIKE
from intake.likeness import people as people_alike
from intake.matching import known_from_database, matches_of
from search.indexing import together
from tests.factories import (
    EngagementFactory,
    EngagementStaffFactory,
    InterviewFactory,
    OfficeFactory,
    OrganisationFactory,
    ProfileFactory,
    ProgrammeFactory,
    SeriesFactory,
)
from tests.intake.proposed import ADVICE, FEDERATION, INTERVIEW, TRAINED, TRAINING, evidence, proposals

pytestmark = pytest.mark.django_db


def milena(**values):
    return ProfileFactory(given_name="Milena", family_name="Orsolic", **values)


def about(**values):
    """What is proposed, with another interview."""
    return proposals(interview=replace(INTERVIEW, **values))


def said(value: str) -> Finding:
    return Finding(value, Span(0, 1))


def test_what_is_known_are_the_names_of_all_records_in_every_language():
    ProgrammeFactory(name_en="My.Coop", name_es="Mi.Coop", slug="my-coop", draft=True)
    OrganisationFactory(name_en="Union of Bakers", name_fr="Union des boulangers", acronym_en="UB")
    OfficeFactory(name_en="ILO Office in Quelimane")
    SeriesFactory(name_en="Voices")
    known = known_from_database()
    (programme,) = known.programmes
    assert (programme.slug, programme.name, programme.aliases) == ("my-coop", "My.Coop", ("Mi.Coop",))
    # The acronym stands for the English name.
    assert known.organisations == {"Union of Bakers": "UB", "Union des boulangers": ""}
    assert (known.offices, known.series) == (("ILO Office in Quelimane",), ("Voices",))


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Milena Orsolić", "MILENA ORSOLIC", True),
        ("Orsolic Milena", "Milena Orsolic", True),
        ("Milena Ana Orsolic", "Milena Orsolic", True),
        ("Milena Orsolik", "Milena Orsolic", True),
        ("Mila Orsolic", "Milena Orsolic", False),
        ("Milena Tarvo", "Milena Orsolic", False),
        ("Orsolic", "Milena Orsolic", False),
        ("", "Milena Orsolic", False),
    ],
)
def test_people_are_known_by_their_names(one, other, alike):
    assert (people_alike(one, other) >= ALIKE) == alike


def test_the_person_is_found_public_or_not_and_at_the_office_first():
    office = OfficeFactory(name_en="ILO Office in Quelimane", city_en="Quelimane")
    milena()
    there = milena(draft=True, office=office)
    assert matches_of(proposals()).profile == there.pk


def test_nobody_is_found_where_nobody_is():
    ProfileFactory(given_name="Milan", family_name="Tarvo")
    found = matches_of(proposals())
    assert (found.profile, found.interview, found.office, found.series) == (None, None, None, None)
    assert found.organisations == found.programmes == found.engagements == {}


@pytest.mark.parametrize(
    ("values", "title", "is_same"),
    [
        ({"published_on": date(2018, 5, 3)}, None, True),
        ({"published_on": date(2017, 5, 3)}, None, False),
        ({"published_on": date(2017, 5, 3), "title_en": "Bees and nets"}, "Bees and nets", False),
        ({"published_on": None, "title_en": "Bees and nets: a talk"}, "Bees and nets", True),
        ({"published_on": None, "title_en": "On the sea"}, "Bees and nets", False),
    ],
)
def test_the_interview_is_known_by_its_day_or_title(values, title, is_same):
    interview = InterviewFactory(profile=milena(), **values)
    found = matches_of(about(title=said(title) if title else None)).interview
    assert found == (interview.pk if is_same else None)


def test_the_interview_is_known_by_its_address_and_tells_the_person():
    url = "https://example.org/voices/7"
    interview = InterviewFactory(source_url=url, profile=ProfileFactory(given_name="M.", family_name="Orsolic"))
    found = matches_of(proposals(), url)
    assert (found.interview, found.profile) == (interview.pk, interview.profile_id)
    assert matches_of(proposals(), "").interview is None


def test_the_interview_of_somebody_else_is_another_one():
    InterviewFactory(published_on=date(2018, 5, 3))
    assert matches_of(proposals()).interview is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ILO Office in Quelimane", "Quelimane"),
        ("ILO DWT Quelimane", "Quelimane"),
        ("ILO Country Office for Norway", "Oslo"),
        ("ILO Decent Work Team for the Fjords", "Fjords"),
        ("DWT for the Fjords", "Fjords"),
        ("Cooperatives Unit, ILO headquarters", "Cooperatives"),
        ("Enterprises Department, ILO headquarters, Geneva", "Enterprises"),
        ("OIT, Hanói", "Ha Noi"),
        ("International Labour Organization in Quelimane", "Quelimane"),
        ("The ILO’s Cooperatives Unit (COOP)", "Cooperatives"),
        ("Union of Bakers, Quelimane", None),
        ("International Co-operative Alliance, Norway", None),
        ("ILO", None),
        ("", None),
    ],
)
def test_the_office_is_known_by_name_city_or_country(text, found):
    offices = {
        "Quelimane": OfficeFactory(name_en="ILO Country Office for Mozambique", city_en="Quelimane", country_id="MZ"),
        "Oslo": OfficeFactory(name_en="ILO Office for Norway", city_en="Oslo", country_id="NO"),
        "Fjords": OfficeFactory(name_en="ILO DWT for the Fjords", city_en="Bergen", country_id="SE"),
        "Cooperatives": OfficeFactory(name_en="Cooperatives Unit, ILO headquarters", city_en="Geneva", country_id="CH"),
        "Enterprises": OfficeFactory(
            name_en="Enterprises Department, ILO headquarters", city_en="Geneva", country_id="CH"
        ),
        "Ha Noi": OfficeFactory(name_en="ILO Country Office for Viet Nam", city_en="Ha Noi", country_id="VN"),
    }
    assert matches_of(about(office=said(text) if text else None)).office == (offices[found].pk if found else None)


@pytest.mark.parametrize(
    ("name", "is_same"),
    [("Voices of the Valley", True), ("VOICES of the Valley: talks", True), ("Voices of the Hills", False)],
)
def test_the_series_is_known_by_its_name(name, is_same):
    series = SeriesFactory(name_en=name)
    assert matches_of(proposals()).series == (series.pk if is_same else None)


@pytest.mark.parametrize("values", [{"slug": "my-coop"}, {"name_en": "MyCoop"}, {"name_es": "MY COOP"}])
def test_programmes_are_known_by_slug_and_names(values):
    programme = ProgrammeFactory(**values)
    ProgrammeFactory(name_en="Think.Coop")
    wanted = (
        ProposedProgramme("my-coop", "My.Coop", evidence(TRAINED)),
        ProposedProgramme("x", "X", evidence(TRAINED)),
    )
    assert matches_of(proposals(programmes=wanted)).programmes == {"my-coop": programme.pk}


@pytest.mark.parametrize(
    ("values", "is_same"),
    [
        ({"name_en": "The Federation of Net-Menders"}, True),
        ({"name_en": "Federation of Nett Menders"}, True),
        ({"name_es": FEDERATION}, True),
        ({"name_en": "Federation of Menders", "acronym_en": "FNM"}, True),
        ({"name_en": "Fundación Nueva Meta", "acronym_en": "FNM", "country_id": None}, False),
        ({"name_en": FEDERATION, "country_id": "KE"}, False),
        ({"name_en": FEDERATION, "country_id": None}, True),
        ({"name_en": "Federation of Net Makers 2"}, False),
        ({"name_en": "Federation of Net Menders of Peru"}, True),
        ({"name_en": "Federation of Net Menders of Kenya"}, False),
        ({"name_en": "FNM"}, True),
    ],
)
def test_organisations_are_known_by_name_acronym_and_country(values, is_same):
    organisation = OrganisationFactory(**values)
    found = matches_of(proposals()).organisations
    assert found.get(FEDERATION) == (organisation.pk if is_same else None)


def test_an_organisation_named_by_its_acronym_alone_is_found():
    organisation = OrganisationFactory(name_en="Federation of Menders", acronym_en="F.N.M.")
    wanted = ProposedOrganisation("FNM", "", "", "", evidence(TRAINED))
    OrganisationFactory(name_en="Union of Bakers")
    found = matches_of(proposals(organisations=(wanted,))).organisations
    assert found.get("FNM") == organisation.pk


@pytest.mark.parametrize(("name", "is_same"), [("IDEA", True), ("idea", False)])
def test_a_word_is_no_acronym(name, is_same):
    organisation = OrganisationFactory(name_en="Institute of Deep-sea Eating Arts", acronym_en="IDEA")
    wanted = ProposedOrganisation(name, "", "", "", evidence(TRAINED))
    found = matches_of(proposals(organisations=(wanted,))).organisations
    assert found.get(name) == (organisation.pk if is_same else None)


def test_a_ministry_is_of_the_country_in_which_it_is_worked_with():
    ministry = OrganisationFactory(name_en="Ministry of Nets of Peru", kind="government")
    OrganisationFactory(name_en="Ministry of Nets", kind="government", country_id="KE")
    wanted = ProposedOrganisation("Ministry of Nets", "", "government", "", evidence(TRAINED))
    training = replace(TRAINING, organisations=("Ministry of Nets",))
    found = matches_of(proposals(organisations=(wanted,), engagements=(training,))).organisations
    assert found["Ministry of Nets"] == ministry.pk


def test_an_agency_of_the_united_nations_is_itself_in_every_country():
    agency = OrganisationFactory(name_en="UN Fish", kind="un-agency", country_id="US")
    wanted = ProposedOrganisation("UN Fish", "", "un-agency", "PE", evidence(TRAINED))
    assert matches_of(proposals(organisations=(wanted,))).organisations["UN Fish"] == agency.pk


def test_those_whom_steps_and_engagements_name_are_looked_for_too():
    university, union = OrganisationFactory(name_en="University of Tarvo"), OrganisationFactory(name_en="Honey union")
    found = matches_of(proposals(organisations=())).organisations
    assert found == {"University of Tarvo": university.pk, "Honey Union": union.pk}


TRAINING_THERE = {"country_id": "PE", "kind": "training-of-trainers"}


@pytest.mark.parametrize(
    ("values", "is_same"),
    [
        ({"start_date": date(2009, 3, 1), "end_date": None}, True),
        ({"start_date": date(2008, 3, 1), "end_date": date(2010, 1, 1)}, True),
        ({"start_date": date(2009, 3, 1), "end_date": None, "kind": "project"}, True),
        ({"start_date": date(2011, 3, 1), "end_date": None}, False),
        ({"start_date": date(2009, 3, 1), "end_date": None, "country_id": "BO"}, False),
    ],
)
def test_an_engagement_is_known_by_person_country_programme_and_year(my_coop, values, is_same):
    there = EngagementFactory(programme=my_coop, **TRAINING_THERE | values)
    EngagementStaffFactory(engagement=there, profile=milena())
    found = matches_of(proposals(engagements=(TRAINING,))).engagements
    assert found == ({0: there.pk} if is_same else {})


def test_another_programme_is_another_engagement(my_coop):
    there = EngagementFactory(
        programme=ProgrammeFactory(), **TRAINING_THERE, start_date=date(2009, 1, 1), end_date=None
    )
    EngagementStaffFactory(engagement=there, profile=milena())
    assert matches_of(proposals()).engagements == {}


def test_without_a_programme_the_kind_must_be_the_same():
    person = milena()
    advice = EngagementFactory(country_id="BO", kind="policy-advice", start_date=date(2010, 1, 1), end_date=None)
    EngagementStaffFactory(engagement=advice, profile=person)
    assert matches_of(proposals(engagements=(ADVICE,))).engagements == {0: advice.pk}
    assert matches_of(proposals(engagements=(replace(ADVICE, kind="project"),))).engagements == {}


def test_an_engagement_of_others_is_the_same_with_the_same_partner_alone(my_coop):
    there = EngagementFactory(programme=my_coop, **TRAINING_THERE, start_date=date(2009, 1, 1), end_date=None)
    assert matches_of(proposals()).engagements == {}
    there.partners.add(OrganisationFactory(name_en=FEDERATION))
    assert matches_of(proposals()).engagements == {0: there.pk}


def test_each_engagement_is_found_once_by_the_one_that_is_most_like_it(my_coop):
    there = EngagementFactory(programme=my_coop, **TRAINING_THERE, start_date=date(2009, 1, 1), end_date=None)
    EngagementStaffFactory(engagement=there, profile=milena())
    vague = replace(TRAINING, year=None)
    assert matches_of(proposals(engagements=(vague, TRAINING))).engagements == {1: there.pk}


def test_countries_are_named_in_the_language_of_the_article():
    assert matches_of(about(language="es")).countries["PE"] == "Perú"
    assert matches_of(about(language="xx")).countries["PE"] == "Peru"


def test_the_number_of_queries_is_fixed(my_coop):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            matches_of(proposals())
            known_from_database()
        return len(captured)

    person = milena()
    EngagementStaffFactory(engagement=EngagementFactory(programme=my_coop, **TRAINING_THERE), profile=person)
    before = queries()
    with together():
        for _number in range(12):
            there = EngagementFactory(programme=my_coop, **TRAINING_THERE)
            EngagementStaffFactory(engagement=there, profile=person)
            there.partners.add(OrganisationFactory())
            InterviewFactory(profile=person)
            SeriesFactory()
    assert queries() == before <= 16
