"""What each country of an article is to its person."""

import tomllib

import pytest

from intake.proposals.cues import LANGUAGES, TABLES
from intake.proposals.roles import ROLE_CUES
from intake.wording import REASONS
from tests.intake.told import BACKGROUND, FUTURE, roles, told

STUDIED = [
    ("en", "I hold a master’s degree in economics from the University of Ghent in Belgium.", "BE"),
    ("en", "I studied agronomy, of all things, at a small college in Kenya, and I was happy there.", "KE"),
    ("en", "My thesis was on savings groups in Malawi.", "MW"),
    ("es", "Hice una maestría en desarrollo rural en la Universidad de Córdoba, en España.", "ES"),
    ("es", "Estudié agronomía en Costa Rica gracias a una beca.", "CR"),
    ("fr", "J'ai obtenu une maîtrise de droit à l'Université de Dakar, au Sénégal.", "SN"),
    ("fr", "J'ai fait des études d'économie en Belgique.", "BE"),
]
WORKED = [
    ("en", "I started my career as a loan officer in Honduras in 1999.", "HN"),
    ("en", "Before joining the ILO I trained dairy farmers in Rwanda for a foundation.", "RW"),
    ("en", "Then I joined the ILO office in Moscow, where I stayed for two years.", "RU"),
    ("es", "Trabajé cuatro años en Paraguay como asesora de una federación.", "PY"),
    ("es", "Antes de ingresar a la OIT capacité a productoras de cacao en Ecuador.", "EC"),
    ("fr", "J'ai commencé ma carrière comme consultant au Bénin en 2004.", "BJ"),
    ("fr", "Avant de rejoindre le BIT, j'ai travaillé au Niger pour une ONG.", "NE"),
]
ENGAGED = [
    ("en", "We trained forty trainers of the federation in Zambia in 2018.", "ZM"),
    ("en", "The new cooperative law of Mongolia was drafted with our support.", "MN"),
    ("en", "In Nepal, the savings groups had asked us for a manual.", "NP"),
    ("es", "En Bolivia apoyamos al Ministerio de Trabajo con un diagnóstico del sector.", "BO"),
    ("es", "El taller piloto se realizó en Guatemala con dirigentes de federaciones.", "GT"),
    ("fr", "Au Togo, nous avons formé des formateurs et adapté les manuels.", "TG"),
    ("fr", "Le projet a appuyé l'élaboration de la loi sur les coopératives au Burkina Faso.", "BF"),
]
MENTIONED = [
    ("en", "The project was funded by the Government of Norway.", "NO"),
    ("en", "Many of the members are Syrian refugees.", "SY"),
    ("en", "I was born in Uruguay and grew up on a farm.", "UY"),
    ("en", "A French cooperator once told me that a bank is a village with a safe.", "FR"),
    ("en", "Elsewhere there are strong models, such as in Canada.", "CA"),
    ("es", "El proyecto fue financiado por el Gobierno de Suecia.", "SE"),
    ("es", "Nací en Chile, en un pueblo de pescadores.", "CL"),
    ("es", "Me regalaron un cactus mexicano.", "MX"),
    ("fr", "Le projet est financé par le Luxembourg.", "LU"),
    ("fr", "Je suis originaire du Cameroun.", "CM"),
    ("fr", "Un coopérateur français nous a rendu visite.", "FR"),
]


@pytest.mark.parametrize(("language", "sentence", "code"), STUDIED)
def test_a_country_of_degrees_and_studies_is_studied(language, sentence, code):
    assert roles(told(sentence, language=language, question=BACKGROUND[language])) == {code: "studied"}


@pytest.mark.parametrize(("language", "sentence", "code"), WORKED)
def test_a_country_of_the_career_is_worked(language, sentence, code):
    assert roles(told(sentence, language=language, question=BACKGROUND[language])) == {code: "worked"}


@pytest.mark.parametrize(("language", "sentence", "code"), ENGAGED)
def test_a_country_of_work_for_the_ilo_is_an_engagement(language, sentence, code):
    assert roles(told(sentence, language=language)) == {code: "engagement"}


@pytest.mark.parametrize(("language", "sentence", "code"), MENTIONED)
def test_donors_origins_people_and_examples_are_mentioned(language, sentence, code):
    assert roles(told(sentence, language=language)) == {code: "mentioned"}


def test_what_was_done_before_and_after_joining_is_told_apart_in_one_answer():
    proposals = told(
        "I trained weavers in Peru for a small foundation.",
        "In 2012 I joined the ILO. Since then we have trained trainers of dairies in Mongolia with My.Coop.",
        question=BACKGROUND["en"],
    )
    assert roles(proposals) == {"PE": "worked", "MN": "engagement"}


def test_a_country_has_its_weightiest_role_once():
    proposals = told("I like the food of Ghana.", "In Ghana we piloted a training for apex organizations.")
    assert roles(proposals) == {"GH": "engagement"}


def test_all_countries_of_an_enumeration_have_the_same_role():
    proposals = told("We trained cooperatives in Zambia, Malawi, Lesotho and Botswana.")
    assert set(roles(proposals).values()) == {"engagement"}
    assert len(roles(proposals)) == 4


def test_a_donor_beside_a_country_of_work_is_told_apart():
    proposals = told(
        "The project was funded by Norway and carried out in Nepal with weavers.",
        "With funds from Japan, we trained farmers in Lesotho.",
        "A Swedish-funded project introduced Think.Coop in Zambia.",
    )
    assert roles(proposals) == {
        "NO": "mentioned",
        "NP": "engagement",
        "JP": "mentioned",
        "LS": "engagement",
        "SE": "mentioned",
        "ZM": "engagement",
    }


def test_in_an_answer_on_the_future_a_country_is_mentioned_unless_work_is_told():
    proposals = told(
        "In Japan the members are old.", "In Fiji we trained two boards with Think.Coop in 2019.", question=FUTURE["en"]
    )
    assert roles(proposals) == {"JP": "mentioned", "FJ": "engagement"}


def test_a_country_in_a_caption_of_a_training_is_an_engagement():
    assert roles(told("It rained.", caption="Training of trainers in Lesotho")) == {"LS": "engagement"}


def test_the_seat_of_an_office_for_many_countries_is_a_place_of_work():
    proposals = told(
        "It rained.", title="Nadia Ferrolho, Enterprise Specialist at ILO DWT Bangkok", post="Enterprise Specialist"
    )
    assert roles(proposals) == {"TH": "worked"}


def test_the_country_of_a_country_office_is_an_engagement():
    title = "Nadia Ferrolho, Programme Officer at ILO Country Office for Zambia"
    assert roles(told("It rained.", title=title, post="Programme Officer")) == {"ZM": "engagement"}


def test_the_country_of_a_partner_is_a_place_of_work():
    title = "Nadia Ferrolho, President of the Federation of Weavers of Uruguay"
    assert roles(told("It rained.", title=title, question="What do you weave?", post="President")) == {"UY": "worked"}


def test_every_reason_has_a_sentence_and_every_role_its_evidence():
    text = [sentence for _, sentence, _ in [*STUDIED, *WORKED, *ENGAGED, *MENTIONED]]
    proposals = told(*text)
    for country in proposals.countries:
        assert country.reason in REASONS
        assert country.evidence
        for evidence in country.evidence:
            assert evidence.sentence.holds(evidence.span)


def test_every_cue_has_a_reason_that_can_be_shown():
    for language in LANGUAGES:
        tables = tomllib.loads((TABLES / f"{language}.toml").read_text(encoding="utf-8"))
        for family in ROLE_CUES:
            assert set(tables[family]) <= REASONS.keys()
