"""Programmes, topics, sectors and times in a text, and what holds for all mentions. Every text here is invented."""

from itertools import groupby, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.findings import (
    Article,
    Block,
    BlockKind,
    Form,
    Interview,
    Known,
    KnownProgramme,
    MentionKind,
    Span,
)
from intake.mentions import find_mentions
from tests.timing import assert_takes_less_than

NOTHING = Interview("", ())


def found(text: str, kind: MentionKind, known: Known | None = None):
    return [mention for mention in find_mentions(Article(text), NOTHING, known or Known()) if mention.kind == kind]


def programmes(text: str, known: Known | None = None) -> list[str]:
    return [mention.key for mention in found(text, MentionKind.PROGRAMME, known)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My.Coop, My.COOP, MyCoop, MyCOOP, My Coop, MY COOP, My-Coop, MY.COOP, my.coop", ["my-coop"] * 9),
        ("We know My. Coop, Think. Coop and Start .Coop", ["my-coop", "think-coop", "start-coop"]),
        ("Think.Coop and Start.COOP, then Manage Coop", ["think-coop", "start-coop", "manage-coop"]),
        (
            "My.Coop Smart is not My.Coop; SMART.Coop is My.Coop Smart",
            ["my-coop-smart", "my-coop"] + ["my-coop-smart"] * 2,
        ),
        ("“Managing your agricultural cooperative”", ["my-coop"]),
        ("Our.Coop", ["our-coop"]),
        ("Start and Improve Your Business (SIYB), GERME, IMESUN, SYB", ["siyb"] * 5),
        ("GET Ahead and Get Ahead", ["get-ahead"] * 2),
        ("SCORE and the PROSPECTS partnership", ["score", "prospects"]),
        ("the SSE Academy, the Academy on Social and Solidarity Economy", ["sse-academy"] * 2),
        ("la Academia de Economía Social y Solidaria", ["sse-academy"]),
        ("l'Académie de l'économie sociale et solidaire", ["sse-academy"]),
        ("CoopAFRICA, COOPAfrica and Coop Africa", ["coopafrica"] * 3),
        ("MATCOM, COOPREFORM, COOPNET, ACOPAM, SYNDICOOP", ["matcom", "coopreform", "coopnet", "acopam", "syndicoop"]),
        ("ApexFinCoop, Apex FinCoop", ["apexfincoop"] * 2),
        ("JEUN'ESS et PROMESS, PROMOPÊCHE", ["jeuness", "promess", "promopeche"]),
        ("the Cooperative Support Programme (CSP)", ["csp", "csp"]),
        ("Grow.Coop is new", ["grow-coop"]),
    ],
)
def test_programmes_are_found_however_they_are_spelled(text, expected):
    assert programmes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Our score is good, and so are the prospects.",
        "FUTURE PROSPECTS BEYOND TODAY",
        "It is hard to get ahead.",
        "I like my coop, and they start coops.",
        "See gyf20.coop, www.agriculture-my.coop and https://my.coop/start.coop",
        "The CSP was bought.",
        "a LEED certificate for a green house",
    ],
)
def test_common_words_and_addresses_are_no_programmes(text):
    assert programmes(text) == []


def test_programmes_that_the_portal_knows_are_found():
    known = Known(programmes=(KnownProgramme("seed-school", "Seed School (SEFATO)", ("Escuela Semilla",)),))
    assert programmes("Seed School, Escuela Semilla and SEFATO", known) == ["seed-school"] * 3


@pytest.mark.parametrize(
    ("text", "place", "years"),
    [
        ("I came in 2001 to Lima.", "in 2001", (2001, 2001)),
        ("Llegué en 2010.", "en 2010", (2010, 2010)),
        ("since 2003 I lead it", "since 2003", (2003, None)),
        ("desde 2018 dirijo", "desde 2018", (2018, None)),
        ("depuis 2016 je dirige", "depuis 2016", (2016, None)),
        ("from 2016 to 2019", "from 2016 to 2019", (2016, 2019)),
        ("between 2004 and 2008", "between 2004 and 2008", (2004, 2008)),
        ("entre 2004 y 2008", "entre 2004 y 2008", (2004, 2008)),
        ("de 2010 à 2013", "de 2010 à 2013", (2010, 2013)),
        ("(2016–2019)", "2016–2019", (2016, 2019)),
        ("(2016-19)", "2016-19", (2016, 2019)),
        ("until 2005", "until 2005", (None, 2005)),
        ("hasta 2004", "hasta 2004", (None, 2004)),
        ("In November 2018 we met", "In November 2018", (2018, 2018)),
        ("el 5 de agosto de 2021", "el 5 de agosto de 2021", (2021, 2021)),
        ("le 12 mars 2014", "le 12 mars 2014", (2014, 2014)),
        ("in the 1990s", "in the 1990s", (1990, 1999)),
        ("en los años 80", "en los años 80", (1980, 1989)),
        ("dans les années 70", "dans les années 70", (1970, 1979)),
        ("en la década de 1990", "en la década de 1990", (1990, 1999)),
        ("since mid-2005", "since mid-2005", (2005, None)),
        ("on 18/04/2024", "18/04/2024", (2024, 2024)),
        ("2024-04-18", "2024-04-18", (2024, 2024)),
        ("in the nineties", "in the nineties", (1990, 1999)),
        ("After two years I left", "After two years", (None, None)),
        ("for more than ten years", "for more than ten years", (None, None)),
        ("durante más de veinte años", "durante más de veinte años", (None, None)),
        ("pendant trois ans", "pendant trois ans", (None, None)),
        ("After a few years", "After a few years", (None, None)),
        ("a three-year project", "three-year", (None, None)),
        ("in the last decade", "in the last decade", (None, None)),
    ],
)
def test_times_are_found(text, place, years):
    (mention,) = found(text, MentionKind.TIME)
    assert (mention.span.of(text), mention.years, mention.form) == (place, years, Form.NAME)


@pytest.mark.parametrize(
    "text",
    ["17,000 members", "Recommendation No. 193", "2,000 members", "over 2010 members", "2000 farmers", "US$ 2015",
     "64.9 per cent", "Room 12", "n° 2008"],
)  # fmt: skip
def test_numbers_are_no_years(text):
    assert [mention for mention in found(text, MentionKind.TIME) if mention.years != (None, None)] == []


@pytest.mark.parametrize(
    "text",
    [
        "Recommendation, 2002 (No. 193)",
        "la Recomendación 193 de 2002",
        "the 2002 Recommendation",
        "by 2030",
        "the 2030 Agenda",
        "d'ici 2030",
    ],
)
def test_years_in_which_nothing_happened_are_marked(text):
    assert [mention.form for mention in found(text, MentionKind.TIME)] == [Form.IN_NAME]


def test_two_years_side_by_side_are_no_period():
    assert [mention.years for mention in found("in 2010 and 2012", MentionKind.TIME)] == [(2010, 2010), (2012, 2012)]


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("gender equality among young people", ["gender-equality", "youth"]),
        ("el trabajo infantil en la economía informal", ["child-labour", "informal-economy"]),
        ("la gestion des déchets et la protection sociale", ["waste-management", "social-protection"]),
    ],
)
def test_topics_are_found(text, topics):
    assert [mention.key for mention in found(text, MentionKind.TOPIC)] == topics


@pytest.mark.parametrize(
    ("text", "sectors"),
    [
        ("coffee and cacao, then tourism", ["A", "A", "I"]),
        ("una cooperativa de ahorro y crédito y otra de quinua", ["K", "A"]),
        ("la pêche, le logement et le transport", ["A", "L", "H"]),
    ],
)
def test_sectors_are_found(text, sectors):
    assert [mention.key for mention in found(text, MentionKind.SECTOR)] == sectors


def test_a_mention_does_not_reach_from_one_block_into_the_next():
    text = "Work in South\nSudan has no sea."
    blocks = (Block(BlockKind.HEADING, Span(0, 13)), Block(BlockKind.ANSWER, Span(14, len(text))))
    mentions = find_mentions(Article(text), Interview("en", blocks))
    assert [mention.key for mention in mentions if mention.kind == MentionKind.COUNTRY] == ["SD"]
    assert mentions[0].sentence == Span(14, len(text))


PIECES = st.sampled_from(
    ["Peru", " ", "bolivia", ". ", "\n", "My", ".", "Coop", "in ", "2001", "-", "19", "South ", "Sudan", "French", ", ",
     "and ", "Arabic", "Mr. ", "Jordan", "@", "www.", "University of ", "é", "’", "the 1990s", "two years", "U.S.",
     "\u0301"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(PIECES | st.text(max_size=3), max_size=60).map("".join))
def test_mentions_stand_in_order_within_the_text_and_do_not_overlap(text):
    mentions = find_mentions(Article(text), NOTHING)
    assert list(mentions) == sorted(mentions, key=lambda mention: mention.span)
    for mention in mentions:
        assert 0 <= mention.span.start < mention.span.end <= len(text)
        assert mention.sentence.holds(mention.span)
        assert mention.span.of(text).strip() == mention.span.of(text)
    by_kind = sorted(mentions, key=lambda mention: (mention.kind, mention.span))
    for _, group in groupby(by_kind, key=lambda mention: mention.kind):
        assert all(first.span.end <= second.span.start for first, second in pairwise(group))


@pytest.mark.parametrize(
    "piece",
    ["Peru Bolivia ", "French, ", "in 2001 ", "a", "My.Coop ", "United States of ", "Mr. Jordan ", "a.b@c.coop/", "1 ",
     "after more than ", "January "],
)  # fmt: skip
def test_time_grows_with_the_length_only(piece):
    find_mentions(Article(piece), NOTHING)  # gazetteers are loaded once
    assert_takes_less_than(2, find_mentions, Article(piece * (200_000 // len(piece))), NOTHING)
