"""Organisations and what their names tell."""

import re

import pytest

from intake.findings import Known, MentionKind
from tests.intake.told import told


def organisations(proposals):
    return {(each.name, each.acronym) for each in proposals.organisations}


@pytest.mark.parametrize(
    ("language", "sentence", "name", "acronym"),
    [
        ("en", "The Zambezi Cooperative Alliance (ZCA) is a partner.", "Zambezi Cooperative Alliance", "ZCA"),
        (
            "en",
            "The Confederation of United Growers of Peru (CONUGROP) came.",
            "Confederation of United Growers of Peru",
            "CONUGROP",
        ),
        (
            "es",
            "Hablamos con la Federación Paraguaya de Tejedoras y Artesanas (FEPATA).",
            "Federación Paraguaya de Tejedoras y Artesanas",
            "FEPATA",
        ),
        (
            "fr",
            "C'est l'Union nationale des coopératives de pêche (UNCP) qui nous a reçus.",
            "Union nationale des coopératives de pêche",
            "UNCP",
        ),
    ],
)
def test_a_name_with_its_acronym_in_brackets_is_an_organisation(language, sentence, name, acronym):
    assert organisations(told(sentence, language=language)) == {(name, acronym)}


def test_the_acronym_alone_is_the_same_organisation_later():
    proposals = told("The Zambezi Cooperative Alliance (ZCA) is a partner.", "Later ZCA sent two trainers.")
    assert [len(each.evidence) for each in proposals.organisations] == [2]


@pytest.mark.parametrize(
    ("language", "sentence", "name"),
    [
        (
            "en",
            "the Ministry of Agriculture, Forestry and Fisheries asked us.",
            "Ministry of Agriculture, Forestry and Fisheries",
        ),
        (
            "es",
            "con el Ministerio de Trabajo y Promoción del Empleo firmamos.",
            "Ministerio de Trabajo y Promoción del Empleo",
        ),
        (
            "fr",
            "avec le ministère de l'Agriculture et de la Pêche, nous avons signé.",
            "Ministère de l'Agriculture et de la Pêche",
        ),
    ],
)
def test_a_ministry_is_named_with_all_its_fields(language, sentence, name):
    proposals = told(sentence, language=language)
    assert organisations(proposals) == {(name, "")}
    assert proposals.organisations[0].kind == "government"


def test_the_ministry_is_the_one_named_before():
    proposals = told("The Ministry of Trade came. The Ministry liked it.")
    assert [len(each.evidence) for each in proposals.organisations] == [2]


@pytest.mark.parametrize("acronym", ["UNHCR", "HCR", "ACNUR"])
def test_an_agency_is_the_same_in_three_languages(acronym):
    assert organisations(told(f"We worked with {acronym}.")) == {
        ("Office of the United Nations High Commissioner for Refugees", "UNHCR")
    }


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The Ministry of Trade came.", "government"),
        ("The Lakeside University of Lusaka came.", "university"),
        ("The National Federation of Weavers came.", "federation"),
        ("The Confederation of Trade Unions came.", "workers"),
        ("The Chamber of Commerce of Lusaka came.", "employers"),
        ("FAO came.", "un-agency"),
        ("The Green Valley Foundation came.", "ngo"),
    ],
)
def test_the_head_word_tells_the_kind(sentence, kind):
    assert [each.kind for each in told(sentence).organisations] == [kind]


def test_the_country_is_in_the_name_or_beside_it():
    proposals = told("The Weavers Union of Uruguay and the Ministry of Trade of Nepal came.")
    assert [each.country for each in proposals.organisations] == ["UY", "NP"]


def test_the_ilo_its_units_programmes_and_ideas_are_no_partners():
    proposals = told(
        "The International Labour Organization (ILO), the COOP Unit, the Sectoral Policies Department (SECTOR), "
        "the Social and Solidarity Economy (SSE), Training of Trainers (ToT) and the "
        "Rural Empowerment Programme (REP) came."
    )
    assert proposals.organisations == ()


def test_mentions_point_at_what_they_name():
    proposals = told("The Zambezi Cooperative Alliance (ZCA) is a partner of FAO.")
    found = [each for each in proposals.mentions if each.kind is MentionKind.ORGANISATION]
    assert [each.span.of(proposals.article.text) for each in found] == [
        "Zambezi Cooperative Alliance (ZCA)",
        "FAO",
    ]


def test_a_post_is_no_organisation_and_what_it_is_held_in_is_one():
    told_of = "I met the Senior Cooperative Education Officer, the Zambezi Growers Union President and the"
    assert organisations(told(f"{told_of} Federation Secretary.", language="en")) == {("Zambezi Growers Union", "")}
    of_posts = told("It is the Confederation of Cooperative Education Officers.", language="en")
    assert organisations(of_posts) == {("Confederation of Cooperative Education Officers", "")}


@pytest.mark.parametrize("words", ["a good idea", "fair trade for all", "with care"])
def test_words_of_every_day_are_no_organisations(words):
    known = Known(organisations={"IDEA": "", "Fair Trade": "", "Care": "", "Institute for Ideas": "IDEA"})
    assert organisations(told(f"It was {words}, we thought.", language="en", known=known)) == set()


def test_known_names_count_as_they_are_written_or_in_capitals():
    known = Known(organisations={"Naviru": "", "IDEA": ""})
    proposals = told("We met Naviru, NAVIRU and IDEA.", language="en", known=known)
    assert {name for name, _acronym in organisations(proposals)} == {"Naviru", "NAVIRU", "IDEA"}


def test_no_name_ends_in_the_middle_of_a_word():
    fields = ", ".join(["Fisheries and Beekeeping", *["Agriculture"] * 40])
    sentence = f"We worked with the Ministry of {fields}."
    for number in range(30):
        proposals = told(sentence.replace("Fisheries", f"Fisheries{'x' * number}"), language="en")
        assert all(
            re.fullmatch(r"(?:[\w ]+, )*[\w ]*(?:Agriculture|Beekeeping|Fisheriesx*)", name)
            for name, _ in organisations(proposals)
        )


@pytest.mark.parametrize(
    ("before", "end", "is_named"),
    [
        ("", "Ministry of Fish", False),
        ("", "Ministry of Fisheries.", True),
        ("It is about fisheries. ", "Ministry of Fisheries", True),
    ],
)
def test_a_name_in_which_the_text_breaks_off_is_none(before, end, is_named):
    proposals = told(f"{before}The course was held by all of us together with the {end}", language="en")
    assert bool(organisations(proposals)) == is_named
