"""The review that is made of proposals: plain data, ticked where it is sure, with the place of everything."""

import json
from dataclasses import replace

import pytest

from intake.findings import (
    Article,
    Block,
    BlockKind,
    Confidence,
    Finding,
    Interview,
    ProposedOrganisation,
    ProposedStep,
    Span,
)
from intake.names import split
from intake.prose import flowing, shortened
from intake.review import BLANK, Matches, items, new_item, review_of
from intake.titles import engagement_title
from tests.intake.proposed import (
    ADVICE,
    ADVISED,
    FEDERATION,
    INTERVIEW,
    LAW,
    STUDIED,
    TEXT,
    TRAINED,
    TRAINING,
    at,
    evidence,
    proposals,
)

NAMES = Matches(countries={"PE": "Peru", "BO": "Bolivia"})


@pytest.fixture
def review() -> dict:
    return review_of(proposals(), NAMES)


def test_it_can_be_kept_as_json(review):
    assert json.loads(json.dumps(review)) == review


def test_every_item_has_an_id_of_its_own_and_its_places(review):
    found = list(items(review))
    assert len({item["id"] for item in found}) == len(found) == 13
    for item in found:
        for start, end in item["evidence"]:
            assert TEXT[start:end].strip()
    assert [TEXT[start:end] for start, end in review["engagements"][0]["evidence"]] == [TRAINED]
    assert [TEXT[start:end] for start, end in review["education"][0]["evidence"]] == [STUDIED]


def test_each_item_has_all_that_a_new_one_has(review):
    for section, blank in BLANK.items():
        for item in review[section]:
            assert item.keys() == {"id", "include", "evidence"} | blank.keys(), section


def test_person_and_interview(review):
    profile, interview = review["profile"], review["interview"]
    assert (profile["given_name"], profile["family_name"]) == ("Milena", "Orsolic")
    assert (profile["post_title"], profile["office_text"]) == ("Cooperative Officer", "ILO Office in Quelimane")
    assert (profile["match"], profile["office"]) == (None, None)
    assert profile["summary"].startswith("Milena Orsolic has worked with fishers")
    assert (interview["title"], interview["published_on"]) == ("Milena Orsolic", "2018-05-03")
    assert (interview["series_text"], interview["language"]) == ("Voices of the Valley", "en")


def test_the_introduction_of_the_series_is_not_about_the_person():
    about = replace(INTERVIEW, blocks=(), introduction=(at(TRAINED),))
    assert review_of(proposals(interview=about))["profile"]["summary"] == ""


def test_the_summary_begins_where_an_introduction_names_the_person():
    told = "This time Milena Orsolic tells how nets and hives came together in three far countries."
    text = f"{TEXT}\nThis series presents colleagues. {told}"
    start = text.index("This series")
    about = replace(INTERVIEW, blocks=(), introduction=(Span(start, len(text)),))
    review = review_of(proposals(article=Article(text), interview=about))
    assert review["profile"]["summary"] == told
    other = replace(about, name=Finding("Milena Orso", at("Milena")))
    assert review_of(proposals(article=Article(text), interview=other))["profile"]["summary"] == ""


def test_questions_and_answers_are_whole_and_captions_know_their_place(review):
    first, second = review["exchanges"]
    assert first["question"] == "How did you begin?"
    assert first["answer"] == f"{STUDIED} Then I was an adviser of the Honey Union in Kenya from 1999 to 2003."
    assert second["answer"] == f"{TRAINED}\n\n{LAW}"
    (caption,) = review["captions"]
    assert (caption["text"], caption["exchange"]) == ("Fishers mending nets in the harbour", first["id"])


def test_a_story_without_questions_is_one_answer_under_a_heading():
    told = replace(INTERVIEW, exchanges=(), narrative=(at(TRAINED), at(LAW)), captions=())
    (exchange,) = review_of(proposals(interview=told))["exchanges"]
    assert (exchange["question"], exchange["answer"]) == (
        "The story of Milena Orsolic",
        f"{TRAINED}\n\n{LAW}",
    )


def test_engagements_are_named_and_told_in_the_words_of_the_article(review):
    training, advice = review["engagements"]
    assert training["title"] == "Training of trainers on My.Coop in Peru"
    assert advice["title"] == "Policy advice on cooperatives in Bolivia"
    assert training["summary"] == TRAINED
    assert (training["organisations"], training["year"], training["confidence"]) == ([FEDERATION], 2009, "high")


def test_neither_captions_nor_questions_are_what_was_done():
    caption = at("Fishers mending nets in the harbour")
    shown = (*evidence("Fishers mending nets in the harbour"), *evidence(TRAINED))
    interview = replace(INTERVIEW, blocks=(*INTERVIEW.blocks, Block(BlockKind.CAPTION, caption)))
    training = replace(TRAINING, evidence=shown)
    (engagement,) = review_of(proposals(interview=interview, engagements=(training,)))["engagements"]
    assert engagement["summary"] == TRAINED
    assert len(engagement["evidence"]) == 2


def test_one_year_has_no_last_year():
    training = replace(TRAINING, year=2009, to_year=2009)
    (engagement,) = review_of(proposals(engagements=(training,)))["engagements"]
    assert (engagement["year"], engagement["to_year"]) == (2009, None)


def test_what_is_not_sure_is_not_ticked_nor_what_only_it_needs():
    unsure = replace(TRAINING, confidence=Confidence.LOW)
    review = review_of(proposals(engagements=(unsure,)))
    assert not review["engagements"][0]["include"]
    assert {item["name"]: item["include"] for item in review["organisations"]} == {
        FEDERATION: False,
        "University of Tarvo": True,
        "Honey Union": True,
    }
    assert not review["programmes"][0]["include"]


def test_what_is_there_already_is_marked_and_ticked():
    unsure = replace(TRAINING, confidence=Confidence.LOW)
    matches = Matches(1, 2, 3, 4, {FEDERATION: 5, "Honey Union": 6}, {"my-coop": 7}, {0: 8})
    review = review_of(proposals(engagements=(unsure,)), matches)
    assert (review["profile"]["match"], review["profile"]["office"]) == (1, 3)
    assert (review["interview"]["match"], review["interview"]["series"]) == (2, 4)
    assert [item["match"] for item in review["organisations"]] == [5, None, 6]
    assert review["programmes"][0]["match"] == 7
    assert (review["engagements"][0]["match"], review["engagements"][0]["include"]) == (8, True)


def test_organisations_that_are_named_by_their_acronym_are_the_same():
    federation = ProposedOrganisation(FEDERATION, "FNM", "federation", "PE", evidence(TRAINED))
    review = review_of(
        proposals(organisations=(federation,), engagements=(replace(TRAINING, organisations=("fnm",)), ADVICE))
    )
    assert review["engagements"][0]["organisations"] == [FEDERATION]
    assert [item["name"] for item in review["organisations"]] == [FEDERATION, "University of Tarvo", "Honey Union"]


def test_an_organisation_has_one_name_whatever_the_article_calls_it():
    federation = ProposedOrganisation(FEDERATION, "FNM", "federation", "", evidence(TRAINED))
    spanish = ProposedOrganisation("Federación de Redes", "", "", "PE", evidence(LAW))
    matches = Matches(organisations={FEDERATION: 5, "Federación de Redes": 5})
    training = replace(TRAINING, organisations=(f"{FEDERATION} (FNM)", "Federación de Redes", "Union of Bakers (UB)"))
    review = review_of(proposals(organisations=(federation, spanish), engagements=(training,)), matches)
    assert review["engagements"][0]["organisations"] == [FEDERATION, "Union of Bakers"]
    found = {item["name"]: item for item in review["organisations"]}
    assert list(found) == [FEDERATION, "University of Tarvo", "Honey Union", "Union of Bakers"]
    assert (found[FEDERATION]["match"], found[FEDERATION]["country"], len(found[FEDERATION]["evidence"])) == (
        5,
        "PE",
        2,
    )
    assert found["Union of Bakers"]["acronym"] == "UB"


def test_a_ministry_has_the_country_in_which_it_is_worked_with():
    ministry = ProposedOrganisation("Ministry of Nets", "", "government", "", evidence(TRAINED))
    training = replace(TRAINING, organisations=("Ministry of Nets",))
    found = review_of(proposals(organisations=(ministry,), engagements=(training,)))["organisations"]
    assert found[0]["country"] == "PE"
    both = (training, replace(training, country="BO"))
    assert review_of(proposals(organisations=(ministry,), engagements=both))["organisations"][0]["country"] == ""


def test_the_own_office_is_no_organisation_once_it_is_known():
    house = "House of the Net Menders"
    interview = replace(INTERVIEW, office=Finding(house, at("ILO Office in Quelimane")))
    post = ProposedStep("Officer", house, (), 2015, None, evidence(ADVISED))
    found = proposals(interview=interview, positions=(post,))
    unknown, known = (review_of(found, Matches(office=office)) for office in (None, 3))
    assert unknown["positions"][0]["organisation"] == house
    assert known["positions"][0]["organisation"] == ""
    assert [item["name"] for item in known["organisations"]] == [FEDERATION, "University of Tarvo"]


@pytest.mark.parametrize(
    "office",
    [
        "ILO Country Office for the Isles",
        "DWT Torshavn",
        "Decent Work Team for the North Sea",
        "Equipo de Trabajo Decente para las Islas",
        "Oficina de la OIT para las Islas",
        "Bureau de l'OIT pour les îles",
    ],
)
def test_an_office_of_the_ilo_is_no_organisation(office):
    steps = (
        ProposedStep("Adviser", office, (), None, None, evidence(ADVISED)),
        ProposedStep("Officer", "International Labour Organization", (), None, None, evidence(ADVISED)),
    )
    review = review_of(proposals(positions=steps, education=(), organisations=(), engagements=()))
    assert [step["organisation"] for step in review["positions"]] == ["", "International Labour Organization"]
    assert [item["name"] for item in review["organisations"]] == ["International Labour Organization"]


def test_an_office_that_the_portal_has_as_an_organisation_is_that():
    office = "DWT Torshavn"
    step = ProposedStep("Adviser", office, (), None, None, evidence(ADVISED))
    found = proposals(positions=(step,), education=(), organisations=(), engagements=())
    review = review_of(found, Matches(organisations={office: 7}))
    assert [item["match"] for item in review["organisations"]] == [7]


def test_nothing_found_is_a_review_all_the_same():
    review = review_of(
        replace(
            proposals(),
            interview=Interview("", ()),
            mentions=(),
            programmes=(),
            organisations=(),
            education=(),
            positions=(),
            engagements=(),
        )
    )
    assert review["profile"]["family_name"] == ""
    assert review["interview"]["published_on"] == ""
    assert not any(review[section] for section in BLANK)


def test_a_new_item_has_an_id_that_no_other_has(review):
    del review["engagements"][0]
    item = new_item(review, "engagements")
    assert item["id"] == "engagements-1"
    assert new_item(review, "engagements")["id"] == "engagements-3"
    item["topics"].append("youth")
    assert new_item(review, "engagements")["topics"] == []


@pytest.mark.parametrize(
    ("name", "language", "expected"),
    [
        ("Milena Orsolic", "en", ("Milena", "Orsolic")),
        ("Ana María Ruiz Paz", "es", ("Ana María", "Ruiz Paz")),
        ("Ana Ruiz Paz", "es", ("Ana", "Ruiz Paz")),
        ("Ana Ruiz", "es", ("Ana", "Ruiz")),
        ("Ana de la Cruz", "es", ("Ana", "de la Cruz")),
        ("Ana de la Cruz Paz", "es", ("Ana", "de la Cruz Paz")),
        ("Jan van der Berg", "en", ("Jan", "van der Berg")),
        ("Orsolic, Milena", "fr", ("Milena", "Orsolic")),
        ("Milena", "en", ("", "Milena")),
        ("De Wit", "en", ("De", "Wit")),
        ("  ", "en", ("", "")),
    ],
)
def test_names_are_split_as_an_editor_would_most_often(name, language, expected):
    assert split(name, language) == expected


def test_lines_flow_and_lists_keep_theirs():
    assert flowing("One\n two  three.") == "One two three."
    assert flowing("These:\n- one\n  and more\n- two\n3) three") == "These:\n- one and more\n- two\n3) three"


def test_texts_are_shortened_at_the_end_of_a_sentence():
    assert shortened("One two. Three four. Five", 22) == "One two. Three four."
    assert shortened("One two three", 9) == "One two …"
    assert shortened("One", 9) == "One"


@pytest.mark.parametrize(
    ("kind", "programme", "code", "country", "language", "title"),
    [
        ("workshop", "My.Coop", "PE", "Peru", "en", "Workshop on My.Coop in Peru"),
        ("workshop", "", "PH", "Philippines", "en", "Workshop in the Philippines"),
        ("unheard-of", "", "PE", "Peru", "en", "Cooperative project in Peru"),
        ("project", "", "PE", "Peru", "", "Cooperative project in Peru"),
    ],
)
def test_titles_of_engagements(kind, programme, code, country, language, title):
    assert engagement_title(kind, programme, country, code, language) == title


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("ILO", "un-agency"),
        ("Ministry of Beekeeping", "government"),
        ("Zed & Sons", ""),
    ],
)
def test_where_somebody_worked_is_of_the_kind_that_its_name_tells(name, kind):
    step = ProposedStep("Adviser", name, (), None, None, evidence(ADVISED))
    (organisation,) = review_of(proposals(positions=(step,), education=(), organisations=(), engagements=()))[
        "organisations"
    ]
    assert organisation["kind"] == kind
