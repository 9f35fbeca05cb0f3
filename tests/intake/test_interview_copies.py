"""Questions and answers in copies that lost line breaks, empty lines or the breaks between question and answer."""

import textwrap

import pytest

from intake.findings import Article, Hint, HintKind, Span
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


@pytest.mark.parametrize(
    "question",
    [
        "And the women?",
        "And in ten years?",
        "And the future of the pier? It is the great theme in Oslo. Cranes are said to be coming.",
        "Looking back, is there anything you would do differently.",
        "Thank you for your time. Is there anything you would like to add?",
        "A last word?",
    ],
)
def test_a_short_or_unmarked_question_of_the_interviewer_is_one(question):
    text = f"{HEADER}What do you do?\n{FIRST}\n{question}\n{SECOND}\nWhere do you live?\n{THIRD}"
    assert [asked for asked, _ in exchanges(text)] == ["What do you do?", question, "Where do you live?"]


@pytest.mark.parametrize("question", ["¿Y hoy?", "¿Qué le preocupa?", "¿Una última palabra?"])
def test_a_short_spanish_question_is_one(question):
    answer = "Yo era escribiente en el puerto, y los pescadores me pidieron que les redactara sus reglas."
    text = f"Entrevista con Pilar Ocaña\n¿Qué hace usted?\n{answer}\n{question}\n{answer}"
    assert [asked for asked, _ in exchanges(text)] == ["¿Qué hace usted?", question]


@pytest.mark.parametrize("question", ["Et dans dix ans ?", "Un mot pour conclure ?"])
def test_a_short_french_question_is_one(question):
    answer = "J'étais commis au port, et les pêcheurs m'ont demandé d'écrire leurs règles avec eux."
    text = f"Entretien avec Aya Kouamé\nQue faites-vous ?\n{answer}\n{question}\n{answer}"
    assert [asked for asked, _ in exchanges(text)] == ["Que faites-vous ?", question]


@pytest.mark.parametrize("said", ["And me? I went home.", "And my sister? She sold cod.", "And why not?", "And yet?"])
def test_what_is_said_to_oneself_stays_in_the_answer(said):
    text = f"{HEADER}What do you do?\n{FIRST}\n{said}\n{SECOND}\nWhere do you live?\n{THIRD}"
    assert [asked for asked, _ in exchanges(text)] == ["What do you do?", "Where do you live?"]


@pytest.mark.parametrize(
    ("statement", "answer"),
    [
        ("And then you became a skipper.", f"That’s right. {SECOND}"),
        ("The harbour froze in those winters.", f"Yes, it did. {SECOND}"),
        ("People must ask you about your boat.", f"All the time. I painted it. {SECOND}"),
    ],
)
def test_a_statement_of_the_interviewer_is_known_by_its_answer(statement, answer):
    text = f"{HEADER}What do you do?\n{FIRST}\n{statement}\n{answer}\nWhere do you live?\n{THIRD}"
    assert [asked for asked, _ in exchanges(text)] == ["What do you do?", statement, "Where do you live?"]


def test_a_statement_that_nobody_answers_stays_in_the_answer():
    text = f"{HEADER}What do you do?\n{FIRST}\nThe harbour froze.\nNobody sold cod.\n{SECOND}\nAnd you?\n{THIRD}"
    assert [asked for asked, _ in exchanges(text)] == ["What do you do?", "And you?"]


def test_a_line_per_exchange_keeps_its_exchanges_however_short_the_question():
    told = [
        ("What did you do before you came to the ILO?", f"{FIRST} {SECOND}"),
        ("Doctor Aske, how did you come to the harbour?", THIRD),
        ("Do you remember your first boat?", SECOND),
        ("What comes next?", f"{THIRD} {FIRST}"),
        ("And the women?", SECOND),
    ]
    assert exchanges(HEADER + "\n".join(f"{question} {answer}" for question, answer in told)) == told


def test_all_on_one_line_keeps_its_exchanges_and_what_leads_to_a_question():
    told = [
        ("What did you do before you came to the ILO?", f"{FIRST} {SECOND} {THIRD}"),
        ("You were in Bergen until 2010. The ice was thick then. What do you remember?", f"{SECOND} {FIRST} {THIRD}"),
        ("What are the greatest difficulties of the harbour?", f"{THIRD} {SECOND} {FIRST}"),
        ("How do you see the years ahead? And what would be your message?", FIRST),
    ]
    assert exchanges(HEADER + " ".join(f"{question} {answer}" for question, answer in told)) == told


ASKED = ["What do you do?", "How did you come to the harbour?", "What would you like to change?", "Do you fish?"]


def marked(marks: list[str]) -> str:
    lines = (f"{mark}{question}\n{SECOND}" for mark, question in zip(marks, ASKED, strict=True))
    return HEADER + "\n".join(lines)


@pytest.mark.parametrize(
    "marks",
    [
        ["1. ", "", "3. ", "4. "],
        ["Q: ", "", "Q: ", ""],
        ["ILO: ", "", "ILO: ", ""],
        ["Q: ", "", "", ""],
    ],
)
def test_questions_without_their_mark_are_found_beside_those_with_it(marks):
    assert [question for question, _ in exchanges(marked(marks))] == ASKED


@pytest.mark.parametrize("bold", [(0, 2), (0, 2, 3), (1, 2, 3), (0, 1, 3)])
def test_questions_that_are_not_bold_are_found_beside_bold_ones(bold):
    text = marked(["", "", "", ""])
    starts = [text.index(ASKED[number]) for number in bold]
    hints = tuple(
        Hint(HintKind.BOLD, Span(start, start + len(ASKED[number]))) for start, number in zip(starts, bold, strict=True)
    )
    found = take_apart(Article(text, hints)).exchanges
    assert [each.question.of(text) for each in found][:3] == ASKED[:3]


def test_where_every_answer_has_its_label_no_question_lacks_one():
    text = f"{HEADER}Q: What do you do?\nA: {FIRST}\nWhat would you do with old cod?\n{SECOND}\nQ: And now?\nA: {THIRD}"
    assert [question for question, _ in exchanges(text)] == ["What do you do?", "And now?"]


def test_a_caption_in_text_wrapped_without_empty_lines_is_in_no_answer():
    caption = "Fishers at the scale of Oslo"
    text = HEADER + "\n".join(
        [
            "What did you do before you came to the ILO?",
            textwrap.fill(f"{FIRST} {SECOND} {THIRD} We did.", 76),
            caption,
            textwrap.fill(f"Afterwards we built a shed. {SECOND} {FIRST} {THIRD}", 76),
        ]
    )
    found = take_apart(Article(text))
    assert [each.span.of(text) for each in found.captions] == [caption]
    assert caption not in exchanges(text)[0][1]


def test_one_question_may_have_lost_the_break_before_its_answer():
    text = f"{HEADER}What do you do?\n{FIRST}\nHow did you come to the harbour? {SECOND}\n{FIRST}\nAnd you?\n{THIRD}"
    assert exchanges(text) == [
        ("What do you do?", FIRST),
        ("How did you come to the harbour?", f"{SECOND} {FIRST}"),
        ("And you?", THIRD),
    ]


def test_the_footer_at_the_end_of_one_long_line_is_no_answer():
    told = f"What do you do? {FIRST} {SECOND} How do you see the future of the harbour? {THIRD} {SECOND}"
    assert exchanges(f"{HEADER}{told} Tags: cod, scales")[-1][1] == f"{THIRD} {SECOND}"


def test_a_profile_with_a_short_question_is_a_narrative():
    told = f"Ms Runa Aske has two boats.\nShe sold the first in 2001.\n{SECOND}\nAnd the other? She smiles. It is blue."
    found = take_apart(Article(f"{HEADER}{told}"))
    assert found.exchanges == ()


def test_a_profile_on_one_long_line_is_a_narrative():
    told = (
        f"Ms Runa Aske has two boats. {SECOND} What is the use of a scale without fish? Nobody knows. {FIRST} {SECOND}"
    )
    assert (
        take_apart(Article(f"{HEADER}{told} Who weighs what nobody has caught? She smiles. {SECOND}")).exchanges == ()
    )
