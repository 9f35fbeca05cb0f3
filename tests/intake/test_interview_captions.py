"""What is printed under photos and at the foot of the page, and is no part of an answer."""

import pytest

from intake.findings import Article, BlockKind, Hint, HintKind, Span
from intake.interview import take_apart

HEADER = "COOP Champions\n\nRuna Aske, Officer at ILO Oslo\n\nArticle | 2 May 2019\n\n"
LONG = "I was a clerk in a harbour, and the fishers asked me to write their rules, which took us four winters."
OTHER = "We bought a scale together, and since then nobody in our harbour has quarrelled about a kilogram of cod."


def captions(text: str, hints: tuple[Hint, ...] = ()) -> list[str]:
    return [caption.span.of(text) for caption in take_apart(Article(text, hints)).captions]


def answers(text: str) -> list[list[str]]:
    return [[span.of(text) for span in each.answer] for each in take_apart(Article(text)).exchanges]


@pytest.mark.parametrize(
    "caption",
    [
        "Ms Runa Aske",
        "Runa Aske",
        "Participants of the weighing course in Bergen",
        "Ms Runa Aske (left) hands over the scale.",
        "Photo: the harbour at dawn.",
        "© ILO/K. Holm",
        "Runa Aske, Officer at ILO Oslo",
    ],
)
@pytest.mark.parametrize("after", ["\n", "\n\n"])
def test_a_caption_is_out_of_the_answer(caption, after):
    text = f"{HEADER}What do you do?\n\n{LONG}\n\n{caption}{after}{OTHER}\n\nWhere do you live?\n\n{OTHER}"
    assert captions(text) == [caption]
    assert answers(text) == [[LONG, OTHER], [OTHER]]


def test_a_caption_keeps_its_place():
    text = f"{HEADER}What do you do?\n\n{LONG}\n\nWhere do you live?\n\nFishers of Bergen\n{OTHER}\n\n{LONG}"
    assert [caption.exchange for caption in take_apart(Article(text)).captions] == [1]


def test_a_caption_before_the_first_question_is_in_no_exchange():
    text = f"{HEADER}Ms Runa Aske\n\nWhat do you do?\n\n{LONG}"
    assert [caption.exchange for caption in take_apart(Article(text)).captions] == [None]


@pytest.mark.parametrize(
    "line",
    ["All this takes time.", "There are three steps:", "• a scale that all can read", "and a roof", "“Weigh first”"],
)
def test_short_lines_of_an_answer_are_no_captions(line):
    text = f"{HEADER}What do you do?\n\n{LONG}\n\n{line}\n\n{OTHER}"
    assert captions(text) == []
    assert answers(text) == [[LONG, line, OTHER]]


def test_a_list_without_bullets_after_a_colon_stays_in_the_answer():
    text = f"{HEADER}What do you do?\n\nWe teach these things:\n\nWeighing cod\n\n{OTHER}"
    assert captions(text) == []


def test_an_answer_without_a_full_stop_is_an_answer():
    text = f"{HEADER}What do you do?\n\n{LONG}\n\nWhere do you live?\n\nIn Oslo\n\nAnd you like it?\n\n{OTHER}"
    assert answers(text)[1] == ["In Oslo"]


def test_a_sentence_cut_off_at_the_end_is_no_caption():
    text = f"{HEADER}What do you do?\n\n{LONG}\n\nAt the beginning, the store was"
    assert captions(text) == []


def test_a_caption_that_the_format_knows_is_one():
    text = f"{HEADER}What do you do?\n\n{LONG}\n\nHere the scale is weighed.\n\n{OTHER}"
    start = text.index("Here")
    assert captions(text, (Hint(HintKind.CAPTION, Span(start, start + 26)),)) == ["Here the scale is weighed."]


@pytest.mark.parametrize(
    "footer",
    [
        "Share this\n\nTwitter",
        "For more information, please visit www.example.org.",
        "Para más información: Unidad de Pesos",
        "Tags: cod, scales",
        "References\n\nAske, R. (2001). On weighing cod in the north, with many tables and notes: 12 pages.",
        "© ILO",
        "This interview has been edited for length.",
        "[1] See the report on scales.",
        "Propos recueillis par M. Holm",
    ],
)
def test_the_foot_of_the_page_is_out_of_the_last_answer(footer):
    text = f"{HEADER}What do you do?\n\n{LONG}\n\nWhere do you live?\n\n{OTHER}\n\n{footer}"
    assert answers(text) == [[LONG], [OTHER]]
    assert take_apart(Article(text)).blocks[-1].kind == BlockKind.FOOTER


@pytest.mark.parametrize(
    "words",
    [
        "For more information on prices the fishers ask one another, and I think that is the best market of all.",
        "Contact with other harbours is what I miss most.",
        "Related to this is the matter of the ice, which we make ourselves now.",
        "Notes were all we had.",
    ],
)
def test_an_answer_that_begins_like_a_footer_is_kept(words):
    assert answers(f"{HEADER}What do you do?\n\n{LONG}\n\n{words}") == [[LONG, words]]


def test_each_person_under_a_photo_is_found():
    text = (
        "Three trainers tell what they learnt\n\nNews | 2 May 2019\n\nIn Bergen three trainers met.\n\n"
        f"Ms Runa Aske\n\nMs Aske is a trainer. {OTHER}\n\nMr Odo Bram\n\nMr Bram is a clerk. {OTHER}"
    )
    found = take_apart(Article(text))
    assert [found.name.value, *(other.value for other in found.others)] == ["Runa Aske", "Odo Bram"]


def test_the_my_in_the_name_of_a_programme_is_nobody_speaking():
    caption = "Fishers of the bay at My.Coop training in Malta"
    text = f"{HEADER}What do you do?\n\n{LONG}\n\n{caption}\n{OTHER}"
    assert captions(text) == [caption]
