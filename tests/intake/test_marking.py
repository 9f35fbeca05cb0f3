"""An article with its marks: all of its words, each in its place."""

from hypothesis import given, settings
from hypothesis import strategies as st

from intake.marking import marked
from tests.timing import assert_takes_less_than

PLACES = st.tuples(st.integers(0, 60), st.integers(0, 60))


@settings(deadline=None)
@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.sampled_from(["country", "time"]), st.integers(0, 60), st.integers(0, 60))),
    st.lists(PLACES),
)
def test_no_word_is_lost_and_every_piece_is_where_it_says(text, mentions, evidence):
    pieces = [piece for paragraph in marked(text, mentions, evidence) for piece in paragraph]
    assert "".join("".join(piece.text for piece in pieces).split()) == "".join(text.split())
    assert all(text[piece.start : piece.end] == piece.text for piece in pieces)
    ends = [0, *(piece.end for piece in pieces)]
    assert all(piece.start >= end for piece, end in zip(pieces, ends, strict=False))
    # Each piece is wholly within a piece of evidence or wholly outside.
    for piece in pieces:
        inside = [start <= piece.start and piece.end <= end for start, end in evidence if start < end <= len(text)]
        assert piece.is_evidence == any(inside)


def test_paragraphs_stand_apart_and_keep_their_lines():
    paragraphs = marked("One.\nTwo.\n \n\nThree in Peru.\n", [("country", 22, 26)], [(13, 27)])
    assert [
        [(piece.text, piece.kind, piece.is_evidence, piece.is_anchor) for piece in each] for each in paragraphs
    ] == [
        [("One.\nTwo.", "", False, False)],
        [("Three in ", "", True, True), ("Peru", "country", True, False), (".", "", True, False)],
    ]


def test_of_two_mentions_in_one_place_the_longer_is_marked():
    ((first, _rest),) = marked("Bank of Peru lends", [("country", 8, 12), ("organisation", 0, 12)], [])
    assert (first.text, first.kind) == ("Bank of Peru", "organisation")


def test_a_long_text_takes_no_long_time():
    mentions = [(number, number + 3) for number in range(0, 100_000, 6)]
    assert_takes_less_than(5, marked, "a b\n \n" * 100_000, [], mentions)
