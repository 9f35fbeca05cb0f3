"""What of a record is sent: fields that are named, related records in full where `expand` says so."""

import pytest

from api.expanding import all_expandable
from api.views.collections import COLLECTIONS
from tests.api.asking import answer, faults, results
from tests.factories import (
    EngagementFactory,
    EngagementStaffFactory,
    ExchangeFactory,
    InterviewFactory,
    OrganisationFactory,
    ProfileFactory,
    ProgrammeFactory,
    SeriesFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def engagement():
    programme = ProgrammeFactory(name_en="My.Coop")
    programme.partners.add(OrganisationFactory(name_en="FAO", country_id="IT"))
    engagement = EngagementFactory(title_en="Course", programme=programme, results_en="<p>Ten <em>co-ops</em></p>")
    EngagementStaffFactory(engagement=engagement, profile=ProfileFactory(family_name="Alva"), role="trainer")
    return engagement


def test_a_relation_is_a_reference(engagement):
    found = answer(f"engagements/{engagement.pk}/")
    assert found["country"] == {"id": "PE", "url": "http://testserver/api/v1/countries/PE/", "name": "Peru"}
    programme = f"http://testserver/api/v1/programmes/{engagement.programme_id}/"
    assert found["programme"] == {"id": engagement.programme_id, "url": programme, "name": "My.Coop"}


def test_an_expanded_relation_is_what_its_own_address_answers(engagement):
    expanded = answer(f"engagements/{engagement.pk}/?expand=country,programme,staff.profile")
    assert expanded["country"] == answer("countries/PE/")
    assert expanded["programme"] == answer(f"programmes/{engagement.programme_id}/")
    (member,) = expanded["staff"]
    assert member["role"] == {"code": "trainer", "name": "Trainer"}
    assert member["profile"] == answer(f"profiles/{member['profile']['id']}/")


def test_the_same_is_expanded_in_lists(engagement):
    (found,) = results("engagements/?expand=programme.partners")
    assert found["programme"]["partners"][0]["country"]["name"] == "Italy"
    assert "alpha3" not in found["country"]
    assert found["programme"]["partners"][0]["kind"] == {
        "code": "federation",
        "name": "Cooperative federation or union",
    }


def test_expand_may_be_repeated_or_a_list_with_blanks(engagement):
    assert results("engagements/?expand=country&expand=programme") == results("engagements/?expand=country, programme")


def test_every_relation_that_can_be_expanded_is(engagement):
    for view in COLLECTIONS:
        for name in all_expandable(view.serializer_class):
            answer(f"{view.serializer_class.collection}/?expand={name}")


@pytest.mark.parametrize(
    ("expand", "said"),
    [
        ("nothing", "“nothing” is not known here. Known are: country, country.region, programme,"),
        ("title", "“title” is not known here"),
        ("staff", "staff.profile"),
        ("country.name", "“country.name” is not known"),
        ("staff.profile.office", "is not known"),
        ("programme.partners.country", "is not known"),
        ("country..region", "not known"),
        (".", "not known"),
        ("a" * 3000, "a…”"),
        ("%00", "not known"),
        (".".join("a" * 5000), "is not known"),
    ],
)
def test_what_cannot_be_expanded_is_refused_with_what_can(expand, said):
    message = faults(f"engagements/?expand={expand}")["expand"]
    assert said in message


def test_interviews_are_expanded_with_questions_and_answers():
    interview = InterviewFactory(title_en="Milk", series=SeriesFactory(name_en="Champions"), language_id="es")
    ExchangeFactory(interview=interview, order=2, question_en="And then?", answer_en=None)
    ExchangeFactory(interview=interview, order=1, question_en="Why?", answer_en="<p>A <strong>b</strong></p><p>c</p>")
    (told,) = answer(f"profiles/{interview.profile_id}/?expand=interviews")["interviews"]
    assert told["title"] == "Milk"
    assert told["series"]["name"] == "Champions"
    assert told["language"] == {"code": "es", "name": "Spanish"}
    assert told["published_on"] == "2024-06-01"
    assert told["exchanges"] == [
        {
            "order": 1,
            "question": "Why?",
            "answer": {"html": "<p>A <strong>b</strong></p>\n<p>c</p>", "text": "A b\n\nc"},
        },
        {"order": 2, "question": "And then?", "answer": None},
    ]
    (reference,) = answer(f"profiles/{interview.profile_id}/")["interviews"]
    page = f"http://testserver{interview.get_absolute_url()}"
    assert reference == {"id": interview.pk, "page": page, "name": "Milk"}


# Sparse fields


def test_only_the_fields_named_are_sent(engagement):
    assert results("engagements/?fields=id,title,country.name") == [
        {"id": engagement.pk, "title": "Course", "country": {"name": "Peru"}}
    ]
    assert answer(f"engagements/{engagement.pk}/?fields=results.text&fields=start") == {
        "results": {"text": "Ten co-ops"},
        "start": {"value": "2019-05-01", "precision": "day"},
    }


def test_fields_lead_into_what_is_expanded(engagement):
    (found,) = results(
        "engagements/?expand=programme,staff.profile&fields=programme.kind.code,staff.profile.family_name"
    )
    assert found == {"programme": {"kind": {"code": "management"}}, "staff": [{"profile": {"family_name": "Alva"}}]}


def test_a_field_that_is_named_whole_is_sent_whole(engagement):
    (found,) = results("engagements/?fields=country.name,country")
    assert found == {"country": {"id": "PE", "url": "http://testserver/api/v1/countries/PE/", "name": "Peru"}}


def test_a_relation_and_one_of_its_own_are_both_expanded(engagement):
    (found,) = results("engagements/?expand=programme.partners,programme")
    assert found["programme"]["partners"][0]["slug"]


def test_no_field_named_is_every_field(engagement):
    assert results("engagements/?fields=") == results("engagements/") == results("engagements/?fields=,&expand=")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("nothing", "“nothing” is not known here. Known are: id, url, page, slug, title,"),
        ("country.alpha3", "Known are: id, url, name"),
        ("title.length", "has none of its own"),
        ("title.", "has none of its own"),
        ("country." * 5000, "is not known here"),
        ("status", "is not known here"),
        ("__class__", "is not known here"),
        ("%00", "is not known here"),
    ],
)
def test_a_field_that_is_none_is_refused_with_those_that_are(fields, said):
    assert said in faults(f"engagements/?fields={fields}")["fields"]
