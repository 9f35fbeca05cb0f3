"""The search of the API finds what the search page finds."""

from urllib.parse import quote

import pytest

from tests.api.asking import answer, faults, pages
from tests.factories import (
    EngagementFactory,
    ExchangeFactory,
    InterviewFactory,
    OrganisationFactory,
    ProfileFactory,
    ProgrammeFactory,
)

pytestmark = pytest.mark.django_db


def named(path: str) -> list[str]:
    return [result["name"] for result in answer(path)["results"]]


def test_a_result_names_the_record_and_where_it_matches():
    engagement = EngagementFactory(title_en="Honey <course>", summary_en="Bees & hives for beginners.")
    found = answer("search/?q=hive")
    assert found["results"] == [
        {
            "type": "engagement",
            "id": engagement.pk,
            "url": f"http://testserver/api/v1/engagements/{engagement.pk}/",
            "page": f"http://testserver{engagement.get_absolute_url()}",
            "name": "Honey <course>",
            "extract": {
                "html": "Bees &amp; <mark>hives</mark> for beginners.",
                "text": "Bees & hives for beginners.",
                "language": "en",
            },
        }
    ]
    assert found["totals"] == [{"type": "engagement", "label": "Engagements", "count": 1, "more": False}]
    assert (found["searched_for"], found["every_word"]) == (None, True)


def test_records_of_every_kind_are_found_the_best_first():
    ProgrammeFactory(name_en="Honey.Coop")
    EngagementFactory(title_en="A visit", summary_en="Much honey.")
    OrganisationFactory(name_en="Honey union")
    ProfileFactory(given_name="Ana", summary_en="Knows all about honey.")
    assert set(named("search/?q=honey")[:2]) == {"Honey.Coop", "Honey union"}
    assert {result["type"] for result in answer("search/?q=honey")["results"]} == {
        "programme",
        "engagement",
        "organisation",
        "profile",
    }


def test_an_interview_is_found_as_part_of_a_profile():
    interview = InterviewFactory(title_en="Milk")
    ExchangeFactory(interview=interview, question_en="Which bees?")
    (found,) = answer("search/?q=bees")["results"]
    assert (found["type"], found["id"], found["url"]) == ("interview", interview.pk, None)
    assert found["page"].endswith(f"#interview-{interview.pk}")


def test_results_can_be_of_one_kind_and_in_one_country():
    EngagementFactory(title_en="Honey in Peru", country_id="PE")
    EngagementFactory(title_en="Honey in Kenya", country_id="KE")
    ProgrammeFactory(name_en="Honey.Coop")
    assert named("search/?q=honey&type=programme") == ["Honey.Coop"]
    assert named("search/?q=honey&country=KE") == ["Honey in Kenya"]
    assert answer("search/?q=peru&type=country")["results"][0]["id"] == "PE"


def test_words_that_are_mistyped_are_corrected_and_it_is_said():
    EngagementFactory(title_en="Beekeeping")
    found = answer("search/?q=beekeping")
    assert (found["searched_for"], [result["name"] for result in found["results"]]) == ("beekeeping", ["Beekeeping"])


def test_the_language_of_the_answer_is_searched():
    EngagementFactory(title_en="Honey", title_es="Miel", summary_en="Sweet.")
    found = answer("search/?q=miel&lang=es")
    assert [result["name"] for result in found["results"]] == ["Miel"]
    assert found["results"][0]["extract"]["language"] == "en"


@pytest.mark.parametrize("kind", ["", "&type=engagement"])
def test_the_pages_together_are_all_results(kind):
    for number in range(7):
        EngagementFactory(title_en=f"Honey {number}")
    whole = answer(f"search/?q=honey{kind}")["results"]
    walked = list(pages(f"search/?q=honey{kind}&page_size=3"))
    assert [result for page in walked for result in page["results"]] == whole
    assert len(walked) == 3
    back = list(pages(f"search/?q=honey{kind}&page_size=3&cursor=Ng", "previous"))  # from the sixth result
    assert [page["results"] for page in back] == [page["results"] for page in walked[::-1]]


def test_nothing_found_is_an_empty_answer():
    found = answer("search/?q=nothing-like-it")
    assert found == {
        "next": None,
        "previous": None,
        "results": [],
        "totals": [],
        "searched_for": None,
        "every_word": False,
    } | {"every_word": found["every_word"]}


@pytest.mark.parametrize(
    ("query", "parameter", "said"),
    [
        ("", "q", "Give the words"),
        ("q=", "q", "Give the words"),
        ("q=+%09", "q", "Give the words"),
        ("q=" + "a" * 201, "q", "200"),
        ("q=a%00", "q", "ull"),
        ("q=a&q=b", "q", "only once"),
        ("q=a&type=person", "type", "Known are: profile, programme"),
        ("q=a&country=XX", "country", "not known: “XX”"),
        ("q=a&country=%00", "country", "ull"),
        ("q=a&country=PE&country=BO", "country", "only once"),
        ("q=a&cursor=abc", "cursor", "no cursor"),
        ("q=a&cursor=LTE", "cursor", "no cursor"),  # -1
        ("q=a&cursor=OTk5", "cursor", "no cursor"),  # 999
        ("q=a&cursor=MS41", "cursor", "no cursor"),  # 1.5
        ("q=a&cursor=dHJ1ZQ", "cursor", "no cursor"),  # true
        ("q=a&page_size=0", "page_size", "1 to 100"),
        ("q=a&fields=id", "fields", "no such parameter"),
    ],
)
def test_what_is_wrong_is_named(query, parameter, said):
    assert said in faults(f"search/?{query}")[parameter]


@pytest.mark.parametrize(
    "query", ["🐝", "%FF", '"', "' OR 1=1 --", "* (", "NEAR/2", "a:b & !c | d", "<b>", "-", "\ufffd"]
)
def test_any_text_can_be_searched_for(query):
    answer(f"search/?q={quote(query, safe='%')}")
