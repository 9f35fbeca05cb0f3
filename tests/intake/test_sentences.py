"""Where sentences begin and end. Every text here is invented."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.findings import Span
from intake.sentences import around, split
from tests.timing import assert_takes_less_than


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in split(text)]


@pytest.mark.parametrize(
    "text",
    [
        "We follow Recommendation (No. 193) in our work.",
        "La Recomendación núm. 193 nos guía.",
        "La Recommandation n° 193 nous guide.",
        "Mr. Obi and Mrs. Lund met Dr. Khan.",
        "Prof. Dr. Ada Lund teaches there.",
        "Hier M. Dupont a parlé avec Mme Roy.",
        "El Sr. Paz y la Sra. Ruiz llegaron.",
        "Some crops, e.g. Arabica coffee, need shade.",
        "Some crops, i.e. Arabica coffee, need shade.",
        "The U.S. Government paid for it.",
        "It began on 5 Jan. 2019 in a hall.",
        "I met J. Smith and A. B. Rossi there.",
        "J.-L. Martin dirige la fédération.",
        "My.Coop and Think.Coop were used, and MY.COOP again.",
        "We trained on My. Coop and Think. Coop alike.",
        "Output grew by 64.9 per cent.",
        "See www.example.org and write to ann.lund@example.org today.",
        "Our shop S.A. Pampa sells wool.",
        "Los jóvenes de EE. UU. Compran menos.",
        "1. What did you study?",
        "She holds a Ph.D. from Lund.",
        "We worked for two years,\nand then left.",
        "« Pourquoi pas ? » demanda-t-elle.",
        "This line was broken by a mail program in the middle because of\nPeru and its width.",
    ],
)
def test_one_sentence_stays_one(text):
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We came. We saw.", ["We came.", "We saw."]),
        ("We ended the training.What came next?", ["We ended the training.", "What came next?"]),
        ("Nous avons fini ensemble.Il reste du temps.", ["Nous avons fini ensemble.", "Il reste du temps."]),
        ("It was good for me.So I stayed.", ["It was good for me.", "So I stayed."]),
        ("It joined the wider SSE.The rest followed.", ["It joined the wider SSE.", "The rest followed."]),
        ("It ended in 2019.In Peru it went on.", ["It ended in 2019.", "In Peru it went on."]),
        ("We trained on My.Coop. It helped.", ["We trained on My.Coop.", "It helped."]),
        ("I lived in the U.S. Then I moved.", ["I lived in the U.S.", "Then I moved."]),
        ("They grow maize, beans, etc. We buy it.", ["They grow maize, beans, etc.", "We buy it."]),
        ("No. I did not.", ["No.", "I did not."]),
        ("It began in 2019. It ended in 2020.", ["It began in 2019.", "It ended in 2020."]),
        ("¿Qué hace? ¿Dónde vive?", ["¿Qué hace?", "¿Dónde vive?"]),
        ("He said “stop.” They did.", ["He said “stop.”", "They did."]),
        ("Que faire ? Nous verrons.", ["Que faire ?", "Nous verrons."]),
        ("A heading\n\nA sentence.", ["A heading", "A sentence."]),
        ("A heading\nA sentence.", ["A heading", "A sentence."]),
        ("Two crops:\n- Coffee\n- Cacao", ["Two crops:", "- Coffee", "- Cacao"]),
        ("We waited… Nothing came.", ["We waited…", "Nothing came."]),
        ("", []),
        (" \n \n", []),
    ],
)
def test_sentences_are_parted(text, expected):
    assert sentences(text) == expected


def test_a_part_of_a_text_is_split_with_the_offsets_of_the_whole():
    text = "Title. Here we are. We stay."
    assert split(text, Span(7, len(text))) == (Span(7, 19), Span(20, 28))


def test_the_sentence_around_a_place_is_found_and_reaches_over_two():
    text = "We came. We saw."
    found = split(text)
    assert around(found, Span(9, 11)) == Span(9, 16)
    assert around(found, Span(3, 11)) == Span(0, 16)
    assert around((), Span(3, 4)) == Span(3, 4)


@settings(deadline=None)
@given(st.text(alphabet="aA.?! \n\"'»1éM¿-"))
def test_sentences_hold_everything_but_blanks_in_order(text):
    spans = split(text)
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
    assert all(first.end <= second.start for first, second in pairwise(spans))


@pytest.mark.parametrize("piece", ["a.", ". ", "Mr. ", "\n", "A.B", "“.”", "x", "? » ", "word word\n"])
def test_a_long_hostile_text_takes_seconds(piece):
    assert_takes_less_than(5, split, piece * (500_000 // len(piece)))
