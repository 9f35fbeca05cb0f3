"""Engagements are proposed of what stands together."""

import pytest

from intake.findings import Confidence
from intake.wording import REASONS
from tests.intake.told import BACKGROUND, engagements, told
from tests.timing import assert_takes_less_than, shortest


def test_country_and_programme_of_a_sentence_stand_together():
    assert engagements(told("In 2016 we trained shepherds with My.Coop in Mongolia.")) == {("MN", "my-coop", 2016)}


def test_a_programme_with_two_countries_makes_two_engagements():
    proposals = told("My.Coop is used by weavers in Uruguay and by fishers in Chile.")
    assert engagements(proposals) == {("UY", "my-coop", None), ("CL", "my-coop", None)}


def test_two_programmes_in_two_countries_are_not_crossed():
    proposals = told("We tested My.Coop in Kenya and Think.Coop in Ghana.")
    assert engagements(proposals) == {("KE", "my-coop", None), ("GH", "think-coop", None)}


def test_two_programmes_in_the_same_countries_are():
    proposals = told("We piloted Think.Coop and Start.Coop in Kenya and Ghana.")
    assert engagements(proposals) == {
        (country, programme, None) for country in ("KE", "GH") for programme in ("think-coop", "start-coop")
    }


def test_these_tools_are_the_ones_named_before():
    proposals = told("Think.Coop and Start.Coop are new. These tools were piloted in Lesotho with wool growers.")
    assert engagements(proposals) == {("LS", "think-coop", None), ("LS", "start-coop", None)}


def test_programmes_named_one_by_one_go_together():
    proposals = told("Think.Coop is short. Start.Coop takes longer. Both were tested in Nepal.")
    assert engagements(proposals) == {("NP", "think-coop", None), ("NP", "start-coop", None)}


def test_a_country_is_carried_until_another_is_named():
    proposals = told(
        "In Zambia we worked with the cotton growers. We used My.Coop with forty trainers. "
        "In Malawi the tea growers came. There we ran Think.Coop."
    )
    assert engagements(proposals) == {("ZM", "my-coop", None), ("MW", "think-coop", None)}


def test_a_country_is_not_carried_into_the_next_paragraph_if_that_names_its_own():
    proposals = told("In Zambia we trained growers.", "In Malawi we ran Think.Coop.")
    assert engagements(proposals) == {("ZM", "", None), ("MW", "think-coop", None)}


def test_the_country_of_the_question_is_that_of_the_answer():
    proposals = told(
        "We translated My.Coop and trained twenty trainers.", question="What have you done at the ILO in Jordan?"
    )
    assert engagements(proposals) == {("JO", "my-coop", None)}


def test_the_country_of_the_office_serves_where_no_other_is_named():
    title = "Nadia Ferrolho, Programme Officer at ILO Country Office for Zambia"
    proposals = told("We translated My.Coop and trained twenty trainers.", title=title, post="Programme Officer")
    assert engagements(proposals) == {("ZM", "my-coop", None)}


def test_what_is_only_wished_for_is_no_engagement():
    title = "Nadia Ferrolho, Programme Officer at ILO Country Office for Zambia"
    proposals = told("I would like to see My.Coop adapted one day.", title=title, post="Programme Officer")
    assert ("ZM", "my-coop", None) not in engagements(proposals)


def test_a_caption_counts():
    proposals = told("It rained.", caption="Women potters at a Start.Coop training in Lesotho")
    assert engagements(proposals) == {("LS", "start-coop", None)}


def test_work_told_twice_is_one_engagement_with_all_its_evidence():
    proposals = told("In Nepal we adapted My.Coop.", "In 2019 My.Coop was used in Nepal by a hundred trainers.")
    assert engagements(proposals) == {("NP", "my-coop", 2019)}
    assert len({evidence.sentence for evidence in proposals.engagements[0].evidence}) == 2


def test_work_without_a_programme_is_an_engagement_too():
    proposals = told("In 2014 we advised the government of Mongolia on its law on cooperatives.")
    assert engagements(proposals) == {("MN", "", 2014)}
    assert proposals.engagements[0].kind == "policy-advice"


def test_a_study_stands_beside_the_training_of_the_same_country():
    proposals = told(
        "We conducted a study on rural cooperatives. It looked at the policy environment in Nepal.",
        "We also trained trainers with My.Coop in Nepal.",
    )
    assert engagements(proposals) == {("NP", "", None), ("NP", "my-coop", None)}


@pytest.mark.parametrize(
    "sentence",
    [
        "Before I joined the ILO I trained shepherds with My.Coop in Mongolia.",
        "I did my master's degree in Mongolia, with a thesis on My.Coop.",
    ],
)
def test_work_before_the_ilo_and_studies_are_no_engagements(sentence):
    assert engagements(told(sentence, question=BACKGROUND["en"])) == set()


def test_a_donor_has_no_engagement():
    assert engagements(told("My.Coop in Nepal was funded by the Government of Norway.")) == {("NP", "my-coop", None)}


def test_of_two_years_in_a_sentence_none_is_guessed():
    proposals = told("We began with My.Coop in Nepal in 2015 and had a second edition in 2018.")
    assert [(each.year, each.to_year) for each in proposals.engagements] == [(None, None)]


def test_a_period_is_a_period():
    proposals = told("From 2012 to 2014 we ran My.Coop courses in Nepal.")
    assert [(each.year, each.to_year) for each in proposals.engagements] == [(2012, 2014)]


def test_organisations_kind_and_role_come_from_the_sentence():
    proposals = told(
        "I coordinated a training of trainers on My.Coop in Nepal with the Ministry of Agriculture and Livestock."
    )
    engagement = proposals.engagements[0]
    assert engagement.organisations == ("Ministry of Agriculture and Livestock",)
    assert engagement.kind == "training-of-trainers"
    assert engagement.staff_role == "coordinator"


def test_what_stands_in_one_sentence_is_surer_than_what_stands_apart():
    together = told("We piloted Think.Coop in Nepal.").engagements[0]
    apart = told(
        "We translated My.Coop with twenty trainers.", question="What have you done at the ILO in Jordan?"
    ).engagements[0]
    assert together.confidence is Confidence.HIGH
    assert apart.confidence is not Confidence.HIGH
    assert {*together.reasons, *apart.reasons} <= REASONS.keys()


@pytest.mark.parametrize(
    ("language", "paragraph", "expected"),
    [
        ("es", "En 2019 probamos Think.Coop en Paraguay con tejedoras.", {("PY", "think-coop", 2019)}),
        (
            "es",
            "My.Coop se adaptó en Bolivia y Think.Coop en Ecuador.",
            {("BO", "my-coop", None), ("EC", "think-coop", None)},
        ),
        ("es", "Start.Coop es nuevo. Estas herramientas se usaron en Honduras.", {("HN", "start-coop", None)}),
        ("fr", "En 2018, nous avons testé Think.Coop au Togo avec des pêcheurs.", {("TG", "think-coop", 2018)}),
        ("fr", "Au Bénin, le réseau voulait des formateurs. Nous avons utilisé My.Coop.", {("BJ", "my-coop", None)}),
        ("fr", "Le projet a appuyé la loi sur les coopératives au Niger en 2011.", {("NE", "", 2011)}),
    ],
)
def test_the_same_holds_in_spanish_and_french(language, paragraph, expected):
    assert engagements(told(paragraph, language=language)) == expected


def test_time_is_linear_in_hostile_text():
    sentence = "My.Coop in Kenya, Ghana, Nepal and Peru was tested in 2012 by the Ministry of Trade (MOT) "
    told(sentence * 10)
    # Ten times the text: a hundred times as long would be quadratic.
    assert_takes_less_than(30 * max(shortest(told, sentence * 100), 0.05), told, sentence * 1000)
