"""The scorer counts right: what is equal, what is made up, what is overlooked."""

from dataclasses import replace
from datetime import date

import pytest

from tests.intake.evaluation.facts import Engagement, Exchange, Facts
from tests.intake.evaluation.scoring import Tally, score

TRUTH = Facts(
    name="Adjoa Mensah",
    post="Enterprise Specialist",
    published_on=date(2018, 5, 4),
    introduction="A series about people.",
    exchanges=(
        Exchange("What do you do?", ("I train people.", "I also travel.")),
        Exchange("And next?", ("More of it.",)),
    ),
    narrative=("She was born by the sea.",),
    captions=("Adjoa Mensah", "A workshop in Tamale"),
    countries=frozenset({("GH", "engagement"), ("GB", "studied")}),
    programmes=frozenset({"my-coop", "think-coop"}),
    engagements=(Engagement("GH", "my-coop", 2016, 2016), Engagement("GH", "")),
)


def counts(tally: Tally) -> tuple[int, int, int]:
    return tally.found, len(tally.made_up), len(tally.overlooked)


def test_a_perfect_answer_scores_one_in_every_field():
    assert {field: tally.f1 for field, tally in score(TRUTH, TRUTH).items() if tally.f1 != 1} == {}


def test_nothing_to_be_found_and_nothing_found_is_right():
    assert {tally.f1 for tally in score(Facts(), Facts()).values()} == {1}


def test_an_empty_answer_has_no_recall_in_any_field():
    assert {tally.recall for tally in score(TRUTH, Facts()).values()} == {0}


def test_what_is_found_in_an_empty_article_has_no_precision():
    assert {tally.precision for tally in score(Facts(), TRUTH).values()} == {0}


def test_a_missing_exchange_is_overlooked():
    tally = score(TRUTH, replace(TRUTH, exchanges=TRUTH.exchanges[:1]))["exchanges"]
    assert counts(tally) == (1, 0, 1)
    assert (tally.precision, tally.recall) == (1, 0.5)
    assert tally.f1 == pytest.approx(2 / 3)


def test_an_answer_without_its_last_paragraph_is_wrong_and_its_question_right():
    cut = replace(TRUTH.exchanges[0], answer=("I train people.",))
    tallies = score(TRUTH, replace(TRUTH, exchanges=(cut, TRUTH.exchanges[1])))
    assert counts(tallies["exchanges"]) == (1, 1, 1)
    assert counts(tallies["questions"]) == (2, 0, 0)
    assert counts(tallies["answer paragraphs"]) == (2, 0, 1)


def test_a_caption_left_in_an_answer_makes_it_wrong():
    swollen = replace(TRUTH.exchanges[1], answer=("A workshop in Tamale", "More of it."))
    tallies = score(TRUTH, replace(TRUTH, exchanges=(TRUTH.exchanges[0], swollen), captions=TRUTH.captions[:1]))
    assert counts(tallies["exchanges"]) == (1, 1, 1)
    assert counts(tallies["captions"]) == (1, 0, 1)


def test_answers_that_changed_places_are_wrong():
    first, second = TRUTH.exchanges
    swapped = (Exchange(first.question, second.answer), Exchange(second.question, first.answer))
    assert counts(score(TRUTH, replace(TRUTH, exchanges=swapped))["exchanges"]) == (0, 2, 2)


def test_blanks_paragraphs_and_labels_do_not_matter():
    other = (
        Exchange("Q: What do  you do?", ("Adjoa Mensah: I train people.\nI also travel.",)),
        Exchange("2. And next?", ("A. More of\nit.",)),
    )
    assert score(TRUTH, replace(TRUTH, exchanges=other))["exchanges"].f1 == 1


def test_what_only_looks_like_a_speaker_belongs_to_the_answer():
    truth = Facts(name="Adjoa Mensah", exchanges=(Exchange("How?", ("Workshops: many of them.",)),))
    cut = Facts(name="Adjoa Mensah", exchanges=(Exchange("How?", ("many of them.",)),))
    assert score(truth, cut)["exchanges"].found == 0


def test_a_heading_inside_an_answer_may_be_kept_or_left_out():
    kept = replace(TRUTH.exchanges[0], answer=("I train people.", "On the road", "I also travel."))
    tallies = score(TRUTH, replace(TRUTH, exchanges=(kept, TRUTH.exchanges[1])), headings=["• On the road"])
    assert tallies["exchanges"].f1 == tallies["answer paragraphs"].f1 == 1


def test_a_wrong_role_is_both_made_up_and_overlooked():
    found = frozenset({("GH", "engagement"), ("GB", "worked")})
    tally = score(TRUTH, replace(TRUTH, countries=found))["countries"]
    assert counts(tally) == (1, 1, 1)
    assert tally.f1 == 0.5


@pytest.mark.parametrize("name", ["adjoa mensah", "Ms Adjoa Mensah", "Ádjoa MENSAH"])
def test_names_are_equal_but_for_honorific_case_and_accents(name):
    assert score(TRUTH, replace(TRUTH, name=name))["name"].f1 == 1


def test_half_a_name_is_wrong():
    assert counts(score(TRUTH, replace(TRUTH, name="Mensah"))["name"]) == (0, 1, 1)


@pytest.mark.parametrize(
    ("post", "is_right"),
    [
        ("ILO Enterprise Specialist", True),
        ("Enterprise Specialist at the ILO Office in Accra", True),
        ("Enterprise Specialist (Accra)", True),
        ("Enterprise Specialist for Tourism", False),
        ("Specialist", False),
        ("Enterprise", False),
    ],
)
def test_a_post_may_go_on_with_its_office_and_nothing_else(post, is_right):
    tally = score(TRUTH, replace(TRUTH, post=post), place="ILO Office Accra")["post"]
    assert (tally.f1 == 1) is is_right


def test_a_post_made_of_several_is_met_by_the_first():
    truth = replace(TRUTH, post="Director of the Institute, former official of the Bank")
    assert score(truth, replace(truth, post="Director of the Institute"))["post"].f1 == 1
    assert score(truth, replace(truth, post="former official of the Bank"))["post"].f1 == 0


def test_a_date_where_none_is_printed_is_made_up():
    assert counts(score(replace(TRUTH, published_on=None), TRUTH)["date"]) == (0, 1, 0)


@pytest.mark.parametrize(
    ("engagement", "is_right"),
    [
        (Engagement("GH", "my-coop", 2016), True),
        (Engagement("GH", "my-coop"), True),
        (Engagement("GH", "my-coop", 2014, 2017), True),
        (Engagement("GH", "my-coop", 2017), False),
        (Engagement("GH", "think-coop", 2016), False),
        (Engagement("TG", "my-coop", 2016), False),
    ],
)
def test_an_engagement_is_country_programme_and_a_year_that_agrees(engagement, is_right):
    tally = score(TRUTH, replace(TRUTH, engagements=(engagement, TRUTH.engagements[1])))["engagements"]
    assert counts(tally) == ((2, 0, 0) if is_right else (1, 1, 1))


@pytest.mark.parametrize(("year", "is_right"), [(2013, False), (2014, True), (2019, True)])
def test_work_without_a_last_year_goes_on(year, is_right):
    truth = Facts(engagements=(Engagement("GH", "my-coop", 2014),))
    assert score(truth, Facts(engagements=(Engagement("GH", "my-coop", year),)))["engagements"].found == is_right


def test_sums_of_several_articles_count_facts_not_articles():
    tally = Tally(3) + Tally(0, ["a"], ["b", "c"])
    assert (tally.precision, tally.recall) == (0.75, 0.6)


def test_marks_of_lists_do_not_matter_and_each_point_is_a_paragraph():
    truth = Facts(exchanges=(Exchange("What for?", ("- for bread;\n- for peace.",)),))
    other = Facts(exchanges=(Exchange("What for?", ("• for bread;", "for peace.")),))
    tallies = score(truth, other)
    assert tallies["exchanges"].f1 == tallies["answer paragraphs"].f1 == 1
