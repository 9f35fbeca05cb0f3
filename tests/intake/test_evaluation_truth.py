"""The truth that is written down beside each article of the set agrees with its text and with itself."""

from collections import Counter
from datetime import date

import pytest
from django.utils.text import slugify

from intake.findings import Role
from tests.intake.evaluation.__main__ import ARTICLES
from tests.intake.evaluation.truth import ROLES, Case, cases, slugs

CASES = cases(ARTICLES)
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def places(case: Case) -> list[tuple[int, int]]:
    return [(block["start"], block["end"]) for block in case.truth["blocks"]]


def test_every_article_has_its_truth():
    assert [path.stem for path in sorted(ARTICLES.glob("*.txt"))] == [case.name for case in CASES]


@each_case
def test_blocks_are_in_order_and_hold_all_of_the_text(case):
    left, end = "", 0
    for start, stop in places(case):
        assert end <= start < stop <= len(case.text)
        assert case.words([start, stop]) == case.words([start, stop]).strip("\n")
        left += case.text[end:start]
        end = stop
    assert (left + case.text[end:]).strip() == ""


@each_case
def test_questions_and_answers_stand_where_the_truth_says(case):
    blocks = {(block["start"], block["end"]): block["kind"] for block in case.truth["blocks"]}
    assert [each["question"] for each in case.truth["qa"]] == case.truth["questions"]
    for each in case.truth["qa"]:
        assert case.words([each["start"], each["end"]]) == each["question"]
        assert blocks[each["start"], each["end"]] == "q"
        assert each["answer_paragraphs"]
        assert {blocks[tuple(place)] for place in each["answer_paragraphs"]} == {"a"}
    asked = Counter(blocks.values())["q"]
    assert len(case.truth["qa"]) == asked


@each_case
def test_every_paragraph_of_the_interview_belongs_somewhere(case):
    told = [tuple(place) for each in case.truth["qa"] for place in each["answer_paragraphs"]]
    told += [tuple(place) for place in case.truth["body_without_question"]]
    assert sorted(told) == [(block["start"], block["end"]) for block in case.truth["blocks"] if block["kind"] == "a"]


@each_case
def test_captions_title_and_date_are_printed_as_the_truth_says(case):
    assert sorted(case.blocks("caption")) == sorted(case.truth["captions"])
    for field, kind in (("title_line", "title"), ("date_line", "date")):
        if case.truth[field] is not None:
            assert case.truth[field] in case.blocks(kind)
    if case.truth["publication_date"]:
        assert str(date.fromisoformat(case.truth["publication_date"]).year) in case.truth["date_line"]


@each_case
def test_names_of_countries_and_people_stand_in_the_text(case):
    for country in case.truth["countries"]:
        assert country["role"] in ROLES
        for written in country["as_written"].split(" / "):
            assert written in case.text
    assert case.truth["person"]["full_name"] in case.text
    for other in case.truth["person"]["more"]:
        assert other in case.text


@each_case
def test_work_in_a_country_and_the_role_of_the_country_agree(case):
    roles = {country["iso2"]: country["role"] for country in case.truth["countries"]}
    assert len(roles) == len(case.truth["countries"])
    worked_on = {each["iso2"] for each in case.truth["proposed_engagements"]}
    assert worked_on == {code for code, role in roles.items() if ROLES[role] is Role.ENGAGEMENT}
    named = {slugify(name) for name in case.truth["programmes"]}
    for each in case.truth["proposed_engagements"]:
        assert {slugify(name) for name in each["programme"].split("/") if name} <= named


def test_a_truth_of_several_programmes_counts_as_several_engagements():
    known = {"Think.Coop/Start.Coop pilot": ["start-coop", "think-coop"]}
    assert slugs("Think.Coop/Start.Coop pilot", lambda name: known.get(name, [])) == ["start-coop", "think-coop"]
    assert slugs("Harvest Facility (HF)", lambda name: []) == ["harvest-facility"]
    assert slugs("", lambda name: ["never"]) == []


def test_the_set_is_as_large_and_as_varied_as_promised():
    languages = Counter(case.truth["language"] for case in CASES)
    assert sum(languages.values()) >= 25
    assert set(languages) == {"en", "es", "fr"}
    assert any(not case.truth["qa"] for case in CASES)
    assert any(case.truth["publication_date"] is None for case in CASES)
    assert any(case.truth["person"]["more"] for case in CASES)
