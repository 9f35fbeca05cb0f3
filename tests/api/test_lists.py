"""Lists of the API are those of the pages: the same filters find the same records. What is wrong is refused."""

import pytest

from codelists.models import Topic
from search.indexing import together
from tests.api.asking import answer, faults, ids
from tests.factories import (
    EngagementFactory,
    EngagementStaffFactory,
    OrganisationFactory,
    ProfileFactory,
    ProgrammeFactory,
)
from tests.pages import names

pytestmark = pytest.mark.django_db


@pytest.fixture
@together()
def records():
    """Two people, two programmes and three engagements in two countries."""
    ana = ProfileFactory(given_name="Ana", family_name="Alva", slug="ana")
    ben = ProfileFactory(given_name="Ben", family_name="Bos", slug="ben")
    my, think = (ProgrammeFactory(name_en=name, slug=slug) for name, slug in [("My.Coop", "my"), ("Think", "think")])
    union = OrganisationFactory(slug="union", country_id="PE")
    OrganisationFactory(slug="other", country_id="KE", kind="ngo")
    my.topics.add(Topic.objects.get(slug="youth"))
    for programme, country, profile, year in [(my, "PE", ana, 2010), (my, "BO", ana, 2015), (think, "KE", ben, 2018)]:
        engagement = EngagementFactory(
            programme=programme, country_id=country, start_date=f"{year}-01-01", end_date=None
        )
        EngagementStaffFactory(engagement=engagement, profile=profile)
        engagement.partners.add(union)
    ana.languages.add("es")


@pytest.mark.parametrize(
    ("collection", "query"),
    [
        ("profiles", ""),
        ("profiles", "country=PE"),
        ("profiles", "country=PE&country=KE&sort=newest"),
        ("profiles", "region=americas&language=es"),
        ("profiles", "programme=think"),
        ("profiles", "organisation=union&q=alva"),
        ("programmes", "country=BO"),
        ("programmes", "topic=youth&sort=most-used"),
        ("programmes", "q=THINK&kind=management"),
        ("engagements", "programme=my&country=BO"),
        ("engagements", "profile=ana&sort=oldest"),
        ("engagements", "year_from=2015"),
        ("engagements", "year_to=2015&sort=country"),
        ("engagements", "status=4&kind=workshop&kind=pilot"),
    ],
)
def test_the_same_filters_find_the_same_as_on_the_page(client, records, collection, query):
    page = client.get(f"/en/{collection}/?{query}").context["page_obj"].object_list
    assert ids(f"{collection}/?{query}&fields=id") == [record.pk for record in page]
    assert len(page) > 0


def test_organisations_are_filtered_too(records):
    assert len(ids("organisations/?fields=id")) == 2
    assert len(ids("organisations/?fields=id&country=PE")) == 1
    assert len(ids("organisations/?fields=id&kind=ngo&region=africa")) == 1
    assert len(ids("organisations/?fields=id&programme=my")) == 1


def test_countries_are_filtered_by_region():
    found = answer("countries/?region=arab-states&fields=id,region.id&page_size=100")["results"]
    assert {record["region"]["id"] for record in found} == {"arab-states"}
    assert "LB" in {record["id"] for record in found}


@pytest.mark.parametrize(
    ("path", "parameter", "said"),
    [
        ("engagements/?country=XX", "country", "not known: “XX”"),
        ("engagements/?country=PE&country=XX&country=YY", "country", "not known: “XX”, “YY”"),
        ("engagements/?country=%00", "country", "not known"),
        ("engagements/?country=" + "x" * 5000, "country", "…”"),
        ("engagements/?kind=party", "kind", "Known are: workshop, training-of-trainers"),
        ("engagements/?status=9", "status", "Known are: 1, 2, 3"),
        ("engagements/?sort=best", "sort", "Known are: newest, oldest, country"),
        ("engagements/?year_from=soon", "year_from", "whole number"),
        ("engagements/?year_from=1", "year_from", "1900"),
        ("engagements/?year_from=99999999999999999999", "year_from", "2100"),
        ("engagements/?year_from=2015&year_to=2014", "year_to", "before year_from"),
        ("engagements/?year_from=2014&year_from=2015", "year_from", "only once"),
        ("engagements/?sort=newest&sort=oldest", "sort", "only once"),
        ("engagements/?q=" + "a" * 201, "q", "200"),
        ("engagements/?q=a%00b", "q", "ull"),
        ("engagements/?page=2", "page", "Known are: country, cursor, expand"),
        ("engagements/?page=2&%00=3", "page", "no such parameter"),
        ("engagements/?Country=PE", "Country", "no such parameter"),
        ("countries/?country=PE", "country", "no such parameter"),
        ("profiles/1/?country=PE", "country", "no such parameter"),
        ("profiles/1/?cursor=x", "cursor", "no such parameter"),
        ("engagements/facets/?fields=id", "fields", "no such parameter"),
        ("?x=1", "x", "no such parameter"),
    ],
)
def test_what_is_wrong_is_named_with_what_to_do(path, parameter, said):
    assert said in faults(path)[parameter]


def test_everything_that_is_wrong_with_the_filters_is_said_at_once():
    assert set(faults("engagements/?country=XX&kind=party&year_to=x")) == {"country", "kind", "year_to"}


def test_values_that_are_empty_are_none(records):
    empty = "&".join(f"{name}=" for name in ("q", "country", "kind", "sort", "year_from", "cursor", "fields", "lang"))
    assert answer(f"engagements/?{empty}")["results"] == answer("engagements/")["results"]


# Facets


def facets(path: str) -> dict[str, dict[str, int]]:
    found = answer(path)["facets"]
    return {facet["name"]: {value["value"]: value["count"] for value in facet["values"]} for facet in found}


def test_facets_count_what_each_value_would_give(records):
    found = facets("engagements/facets/")
    assert found["country"] == {"PE": 1, "BO": 1, "KE": 1}
    assert found["programme"] == {"my": 2, "think": 1}
    assert found["profile"] == {"ana": 2, "ben": 1}
    assert found["organisation"] == {"union": 3}


def test_facets_keep_the_other_filters_and_count_the_list(records):
    path = "engagements/facets/?programme=my"
    assert answer(path)["count"] == 2
    assert facets(path)["country"] == {"PE": 1, "BO": 1}
    assert facets(path)["programme"] == {"my": 2, "think": 1}


def test_each_value_of_a_facet_is_one_that_the_filter_takes(records):
    for collection in ("profiles", "programmes", "engagements", "organisations"):
        for name, values in facets(f"{collection}/facets/").items():
            for value, number in values.items():
                assert len(ids(f"{collection}/?fields=id&{name}={value}")) == number, (collection, name, value)


def test_facets_are_named_in_the_language_of_the_answer(records):
    (country,) = [facet for facet in answer("engagements/facets/?lang=es")["facets"] if facet["name"] == "country"]
    assert country["label"] == "País"
    assert {value["label"] for value in country["values"]} == {"Bolivia", "Kenia", "Perú"}


def test_bad_values_are_refused_in_facets_too():
    assert "XX" in faults("engagements/facets/?country=XX")["country"]


def test_the_page_of_the_list_is_not_changed_by_strictness(client, records):
    response = client.get("/en/engagements/?country=XX&year_from=2015&year_to=2014")
    assert response.status_code == 200
    assert "XX" in response.content.decode()
    assert len(names(response)) == 2
