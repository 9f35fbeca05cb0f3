"""What holds for any text."""

import textwrap
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from intake.blocks import paragraphs
from intake.findings import Article, Hint, HintKind, Span
from intake.interview import take_apart
from tests.timing import assert_takes_less_than

LINES = st.sampled_from(
    [
        *(
            "What do you do?",
            "1. And you?",
            "Q: Why?",
            "A: So.",
            "ILO: Who?",
            "– Tell us.",
            "¿Qué?",
            "One. Two? Three.",
        ),
        *("Runa Aske", "Mr Odo Bram, Director at ILO Oslo", "Article | 2 May 2019", "COOP Champions", "Photo: x"),
        *("I came.In 2001 I left?No.", "Tags: y", "", " ", "a" * 300),
    ]
)
TEXTS = (
    st.text(max_size=400)
    | st.lists(LINES, max_size=25).map("\n".join)
    | st.lists(LINES).map("\n\n".join)
    | st.lists(LINES, min_size=20, max_size=60).map(lambda lines: textwrap.fill(" ".join(lines), 50))
)
HINTS = st.lists(
    st.builds(
        lambda kind, start, length: Hint(kind, Span(start, start + length)),
        st.sampled_from(HintKind),
        st.integers(0, 300),
        st.integers(0, 60),
    ),
    max_size=8,
).map(tuple)


@settings(max_examples=150, deadline=None)
@example("P:?P:\n0?", ())
@given(TEXTS, HINTS)
def test_blocks_are_trimmed_in_order_and_never_overlap(text, hints):
    blocks = take_apart(Article(text, hints)).blocks
    for block in blocks:
        assert block.span.of(text) == block.span.of(text).strip() != ""
    for before, after in pairwise(blocks):
        assert before.span.end <= after.span.start


@settings(max_examples=100, deadline=None)
@given(TEXTS, HINTS)
def test_all_that_is_found_is_in_the_text(text, hints):
    found = take_apart(Article(text, hints))
    for finding in (found.series, found.title, found.name, found.post_title, found.office, found.unit, *found.others):
        assert finding is None or (0 <= finding.span.start < finding.span.end <= len(text))
    for exchange in found.exchanges:
        assert exchange.question.of(text)


@settings(max_examples=100, deadline=None)
@given(TEXTS, HINTS)
def test_paragraphs_hold_every_word_once(text, hints):
    kept = "".join("".join(part.text.split()) for part in paragraphs(Article(text, hints)))
    assert kept == "".join(text.split())


PIECES = (
    "a",
    "?",
    "\n",
    "a.A",
    "What do you do?\n\n",
    "1. What? ",
    "Q: a\n",
    "Mr ",
    "Ab, ",
    "(",
    "12 May 2020\n",
    "I am a ",
    "it was a full line of sixty letters that ends in a full stop now.\n",
)


@pytest.mark.parametrize("piece", PIECES)
def test_a_hostile_text_is_read_in_linear_time(piece):
    assert_takes_less_than(5, take_apart, Article(piece * (2_000_000 // len(piece))))
