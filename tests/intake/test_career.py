"""Education and posts held."""

import pytest

from tests.intake.told import BACKGROUND, told


def steps(found):
    return [(step.title, step.organisation, step.countries, step.from_year) for step in found]


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        (
            "en",
            "I have a master’s degree in rural sociology from the University of Ghent (1998).",
            ("Master’s degree in rural sociology", "University of Ghent", ("BE",), 1998),
        ),
        ("en", "My BSc in plant breeding (1991) came first.", ("BSc in plant breeding", "", (), 1991)),
        (
            "es",
            "Tengo una licenciatura en agronomía de la Universidad Nacional de Asunción.",
            ("Licenciatura en agronomía", "Universidad Nacional de Asunción", ("PY",), None),
        ),
        (
            "fr",
            "J'ai une maîtrise en droit de l'Université de Lomé.",
            ("Maîtrise en droit", "Université de Lomé", ("TG",), None),
        ),
    ],
)
def test_a_degree_has_its_subject_place_and_year(language, sentence, expected):
    proposals = told(sentence, language=language, question=BACKGROUND[language])
    assert steps(proposals.education) == [expected]


def test_several_degrees_of_a_sentence_are_told_apart():
    proposals = told("I hold a BSc in forestry (1988) and an MSc in hydrology (1990).", question=BACKGROUND["en"])
    assert [(step.title, step.from_year) for step in proposals.education] == [
        ("BSc in forestry", 1988),
        ("MSc in hydrology", 1990),
    ]


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        (
            "en",
            "I started my career as a loan officer on rural finance in Honduras in 2001.",
            ("Loan officer on rural finance", "", ("HN",), 2001),
        ),
        (
            "es",
            "Trabajé como asesora de microfinanzas en Paraguay en 2003.",
            ("Asesora de microfinanzas", "", ("PY",), 2003),
        ),
        (
            "fr",
            "J'ai commencé comme conseiller en gestion au Bénin en 2004.",
            ("Conseiller en gestion", "", ("BJ",), 2004),
        ),
    ],
)
def test_a_post_has_its_title_country_and_year(language, sentence, expected):
    proposals = told(sentence, language=language, question=BACKGROUND[language])
    assert steps(proposals.positions)[0] == expected


def test_the_present_post_comes_last():
    proposals = told("I was a teacher in Malawi.", question=BACKGROUND["en"])
    assert [step.title for step in proposals.positions] == ["Teacher", "Technical Officer"]


def test_the_present_post_is_one_wherever_it_is_told():
    proposals = told("I am a technical officer in the ILO since 2015.", question=BACKGROUND["en"])
    (post,) = proposals.positions
    assert (post.title, post.from_year, post.to_year, len(post.evidence)) == ("Technical Officer", 2015, None, 2)


def test_a_post_of_that_title_that_ended_is_another_one():
    proposals = told("I was a technical officer in Malawi from 2005 to 2009.", question=BACKGROUND["en"])
    assert [(step.from_year, step.to_year) for step in proposals.positions] == [(2005, 2009), (None, None)]


def test_an_answer_on_the_work_tells_no_career():
    assert told("We worked as consultants with a degree of luck.").education == ()
