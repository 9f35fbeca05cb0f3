"""Questions and answers in copies that lost line breaks, empty lines or the breaks between question and answer."""

import textwrap

import pytest

from intake.findings import Article
from intake.interview import take_apart

HEADER = "COOP Champions\nRuna Aske, Officer at ILO Oslo\nArticle | 2 May 2019\n"
FIRST = "I was a clerk in a harbour, and the fishers asked me to write their rules, which took us four long winters."
SECOND = "We bought a scale together, and since then nobody in our harbour has quarrelled about a kilogram of cod."
THIRD = "I would like to see a school on the pier, since the children know more about fish than about percentages."


def exchanges(text: str) -> list[tuple[str, str]]:
    """Questions and answers, in words with single blanks."""
    found = take_apart(Article(text)).exchanges
    return [
        (
            " ".join(each.question.of(text).split()),
            " ".join(" ".join(part.of(text) for part in each.answer).split()),
        )
        for each in found
    ]


@pytest.mark.parametrize("width", range(44, 90, 3))
def test_text_wrapped_without_empty_lines_keeps_its_exchanges(width):
    told = [
        ("What did you do before you came to the ILO?", f"{FIRST} {SECOND}"),
        ("You have been in Oslo since 2010. What has changed since then?", f"{SECOND} {THIRD} {SECOND}"),
        ("Could you tell us what you hope for?", f"{THIRD} {FIRST}"),
    ]
    text = HEADER + "\n".join(textwrap.fill(words, width) for exchange in told for words in exchange)
    assert exchanges(text) == told


def test_a_question_may_be_broken_before_a_name():
    text = "Entrevista con Pilar Ocaña\n\n¿En qué consiste el Proyecto\nFAROS?\n\nYo peso el pescado y enseño a pesar."
    assert [question for question, _ in exchanges(text)] == ["¿En qué consiste el Proyecto FAROS?"]


def test_a_question_may_be_broken_before_its_mark():
    text = "Entretien avec Aya Kouamé\n\nQue faites-vous au port\n?\n\nJe pèse le poisson et je montre comment faire."
    assert [question for question, _ in exchanges(text)] == ["Que faites-vous au port ?"]


def test_a_request_may_be_broken_before_a_name():
    text = f"{HEADER}\nYou came to Oslo for the project\nFAROS. What is it about?\n\n{FIRST}\n\nAnd where do you live?"
    assert exchanges(text)[0] == ("You came to Oslo for the project FAROS. What is it about?", FIRST)
