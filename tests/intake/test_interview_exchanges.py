"""Questions and answers in the shapes in which copies of interviews come."""

import textwrap

import pytest

from intake.findings import Article, BlockKind, Hint, HintKind, Interview, Span
from intake.interview import take_apart

HEADER = "COOP Champions\n\nRuna Aske, Officer at ILO Oslo\n\nArticle | 2 May 2019\n\n"
LONG = "I was a clerk in a harbour, and the fishers asked me to write their rules, which took us four winters. "
OTHER = "We bought a scale together, and since then nobody in our harbour has quarrelled about a kilogram of cod. "


def exchanges(text: str, hints: tuple[Hint, ...] = ()) -> list[tuple[str, list[str]]]:
    return told(take_apart(Article(text, hints)), text)


def told(found: Interview, text: str) -> list[tuple[str, list[str]]]:
    return [(each.question.of(text), [paragraph.of(text) for paragraph in each.answer]) for each in found.exchanges]


def questions(text: str, hints: tuple[Hint, ...] = ()) -> list[str]:
    return [question for question, _ in exchanges(text, hints)]


def test_an_answer_has_all_its_paragraphs():
    text = f"{HEADER}What do you do?\n\n{LONG}\n\n{OTHER}\n\nOne line.\n\nWhere do you live?\n\n{OTHER}"
    assert exchanges(text) == [
        ("What do you do?", [LONG.strip(), OTHER.strip(), "One line."]),
        ("Where do you live?", [OTHER.strip()]),
    ]


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n\n \n\n\n"])
def test_lines_may_be_apart_or_not(between):
    text = HEADER + between.join(["What do you do?", LONG, OTHER, "Where do you live?", OTHER])
    assert [len(answer) for _, answer in exchanges(text)] == [2, 1]


@pytest.mark.parametrize(
    "question",
    [
        "Could you tell us how you came to the harbour?",
        "Please describe your work.",
        "Tell us about the scale.",
        "You have been in Oslo since 2010. What has changed?",
        "Congratulations on the scale! How did you pay for it?",
        "What do you do? And for whom?",
        "How do you see the future",
        "How did you begin? You came from a bank, after all.",
    ],
)
def test_a_question_may_be_a_request_or_several_sentences(question):
    assert questions(f"{HEADER}{question}\n\n{LONG}\n\nWhere do you live?\n\n{OTHER}")[0] == question


@pytest.mark.parametrize(
    "question",
    ["Díganos qué es la lonja.", "Cuéntenos cómo empezó.", "¿Cómo llegó usted aquí? ¿Y por qué?", "Háblenos del peso."],
)
def test_spanish_questions_and_requests_are_found(question):
    answer = "Yo era escribiente en el puerto, y los pescadores me pidieron que les redactara sus reglas."
    assert questions(f"Entrevista con Pilar Ocaña\n\n{question}\n\n{answer}") == [question]


@pytest.mark.parametrize(
    "question", ["Parlez-nous de la criée.", "Pourriez-vous nous dire d'où vous venez ?", "Quel avenir voyez-vous ?"]
)
def test_french_questions_and_requests_are_found(question):
    answer = "J'étais commis au port, et les pêcheurs m'ont demandé d'écrire leurs règles avec eux."
    assert questions(f"Entretien avec Aya Kouamé\n\n{question}\n\n{answer}") == [question]


@pytest.mark.parametrize(
    ("first", "second", "answer"),
    [
        ("1. ", "2. ", ""),
        ("1) ", "2) ", ""),
        ("Q1. ", "Q2. ", ""),
        ("Q: ", "Q: ", "A: "),
        ("P: ", "P: ", "R: "),
        ("Q. ", "Q. ", ""),
        ("– ", "– ", ""),
        ("– ", "– ", "– "),
        ("ILO: ", "ILO: ", "Runa Aske: "),
        ("ILO: ", "ILO: ", "Aske: "),
    ],
)
def test_labels_are_no_part_of_questions_and_answers(first, second, answer):
    text = f"{HEADER}{first}What do you do?\n\n{answer}{LONG}\n\n{OTHER}\n\n{second}Where to now?\n\n{answer}{OTHER}"
    assert exchanges(text) == [
        ("What do you do?", [LONG.strip(), OTHER.strip()]),
        ("Where to now?", [OTHER.strip()]),
    ]


def test_only_the_first_answer_may_carry_the_speaker():
    text = f"{HEADER}What do you do?\n\nRuna Aske: {LONG}\n\nMeetings: we had many.\n\nWhere do you live?\n\n{OTHER}"
    assert exchanges(text)[0][1] == [LONG.strip(), "Meetings: we had many."]


def test_a_numbered_topic_among_numbered_questions_is_one_of_them():
    text = f"{HEADER}1. What do you do?\n\n{LONG}\n\n2. The part of the ILO\n\n{OTHER}\n\n3. What is next?\n\n{OTHER}"
    assert questions(text) == ["What do you do?", "The part of the ILO", "What is next?"]


def test_a_numbered_list_in_an_answer_is_no_question():
    text = f"{HEADER}1. What do you do?\n\nThree things:\n\n1. I weigh.\n2. I write.\n\n2. What is next?\n\n{OTHER}"
    assert questions(text) == ["What do you do?", "What is next?"]


def test_of_labelled_questions_none_is_rhetorical():
    text = (
        f"{HEADER}Q: What do you do?\n\nA: {LONG}\n\nWhat would you have done?\n\n{OTHER}\n\nQ: And now?\n\nA: {OTHER}"
    )
    assert questions(text) == ["What do you do?", "And now?"]


@pytest.mark.parametrize(
    "rhetorical",
    [
        "And why not?",
        f"{LONG}So what could we do? {OTHER}",
        "But who, I asked myself, pays for my scale?",
        "“Do you want to weigh the cod or to eat it?”",
        "They all said: “Is that it?”.",
    ],
)
def test_a_rhetorical_question_stays_in_the_answer(rhetorical):
    text = f"{HEADER}What do you do?\n\n{LONG}\n\n{rhetorical}\n\n{OTHER}\n\nWhere do you live?\n\n{OTHER}"
    assert questions(text) == ["What do you do?", "Where do you live?"]
    assert rhetorical.strip() in exchanges(text)[0][1]


def test_questions_listed_after_a_colon_stay_in_the_answer():
    listed = "On the wall we wrote three questions for everybody who wants to join:"
    text = f"{HEADER}What do you do?\n\n{LONG}\n\n{listed}\n\n• Who weighs?\n\n• Who writes?\n\nAnd you?\n\n{OTHER}"
    assert questions(text) == ["What do you do?", "And you?"]


def test_a_statement_that_the_person_answers_is_a_question():
    answered = f"You also sailed, I believe.\n\nI did. {OTHER}"
    text = f"{HEADER}What do you do?\n\n{LONG}\n\n{answered}\n\nAnd do you miss it?\n\n{OTHER}"
    assert questions(text)[1] == "You also sailed, I believe."


def test_you_in_an_answer_may_be_anybody():
    text = f"{HEADER}What do you do?\n\n{LONG}\n\nYou cannot weigh fog.\n\n{OTHER}\n\nWhat next for you?\n\n{OTHER}"
    assert questions(text) == ["What do you do?", "What next for you?"]


def test_every_other_turn_of_a_dialogue_with_dashes_is_a_question():
    text = f"{HEADER}— What do you do?\n\n— {LONG}\n\n— Your boat is old…\n\n— {OTHER}\n\n— And now?\n\n— {OTHER}"
    assert questions(text) == ["What do you do?", "Your boat is old…", "And now?"]


def test_a_numbered_statement_and_the_question_below_it_are_one():
    text = f"{HEADER}1. You were in Bergen in 1993.\nWhat was hard?\n{LONG}\n2. And then?\n{OTHER}"
    assert questions(text) == ["You were in Bergen in 1993.\nWhat was hard?", "And then?"]


def test_a_short_question_without_a_verb_is_one():
    text = f"{HEADER}What do you do?\n\n{LONG}\n\nA wish for 2030?\n\nA new roof."
    assert questions(text) == ["What do you do?", "A wish for 2030?"]


def test_bold_paragraphs_are_the_questions_where_the_format_has_them():
    text = f"{HEADER}What do you do?\n\n{LONG}\n\nWho would weigh the cod?\n\n{OTHER}\n\nWhere to?\n\n{OTHER}"
    bold = tuple(
        Hint(HintKind.BOLD, Span(text.index(words), text.index(words) + len(words)))
        for words in ("What do you do?", "Where to?")
    )
    assert questions(text, bold) == ["What do you do?", "Where to?"]


def test_a_bold_question_comes_apart_from_the_answer_on_its_line():
    text = f"{HEADER}Please describe your work. {LONG}\n\nWhere to? {OTHER}"
    bold = tuple(
        Hint(HintKind.BOLD, Span(text.index(words), text.index(words) + len(words)))
        for words in ("Please describe your work.", "Where to?")
    )
    assert exchanges(text, bold) == [
        ("Please describe your work.", [LONG.strip()]),
        ("Where to?", [OTHER.strip()]),
    ]


def test_a_question_on_two_lines_is_one():
    text = f"{HEADER}What do you do,\nand for whom?\n\n{LONG}\n\nYou were ill in May.\nHow are you?\n\n{OTHER}"
    assert questions(text) == ["What do you do,\nand for whom?", "You were ill in May.\nHow are you?"]


def test_text_wrapped_at_a_width_is_one_paragraph_again():
    lines = textwrap.fill(LONG + OTHER + LONG, 66)
    text = f"{HEADER}What do you do?\n\n{lines}\n\nWhere do you live?\n\n{lines}"
    assert exchanges(text) == [("What do you do?", [lines]), ("Where do you live?", [lines])]


def test_a_question_glued_to_its_answer_comes_apart():
    text = f"COOP Champions\nRuna Aske\nWhat did you do before the ILO?{LONG}Then I left.In 2010 I came back."
    assert exchanges(text) == [("What did you do before the ILO?", [f"{LONG}Then I left.", "In 2010 I came back."])]


def test_the_name_of_a_programme_is_no_end_of_a_sentence():
    text = f"{HEADER}What do you do?\n\n{LONG}We use start.Coop and Think.Coop."
    assert len(exchanges(text)[0][1]) == 1


def test_questions_at_the_beginning_of_flattened_lines_are_found():
    text = f"COOP Champions\nRuna Aske\nHow did you come to the harbour? {LONG}{OTHER}\nWhat do you hope for? {OTHER}"
    assert questions(text) == ["How did you come to the harbour?", "What do you hope for?"]


def test_questions_in_the_middle_of_one_long_line_are_found():
    text = f"Interview with Runa Aske\nHow did you come to the harbour? {LONG * 5} What do you hope for? {OTHER * 3}"
    assert questions(text) == ["How did you come to the harbour?", "What do you hope for?"]


def test_a_profile_without_questions_is_a_narrative():
    text = f"{HEADER}Ms Runa Aske grew up on an island.\n\nShe went to sea. Why? Nobody knows.\n\nNow she is ashore."
    found = take_apart(Article(text))
    assert found.exchanges == ()
    assert [span.of(text) for span in found.narrative] == text.removeprefix(HEADER).split("\n\n")


def test_thanks_of_the_interviewer_are_no_question():
    asked = f"ILO: What do you do?\n\nAske: {LONG}\n\nILO: And now?\n\nAske: {OTHER}"
    text = f"{HEADER}{asked}\n\nILO: Thank you for your time."
    assert questions(text) == ["What do you do?", "And now?"]


def test_a_heading_between_exchanges_belongs_to_no_answer():
    text = f"{HEADER}What do you do?\n\n{LONG}\n\nLooking ahead\n\nWhere do you live?\n\n{OTHER}"
    assert exchanges(text)[0][1] == [LONG.strip()]
    assert BlockKind.HEADING in [block.kind for block in take_apart(Article(text)).blocks]
