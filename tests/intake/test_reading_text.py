"""Any text becomes characters that rules and databases can count on."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.reading import Unreadable, read, read_text
from intake.reading.limits import MOST_BYTES, MOST_CHARACTERS, MOST_LINES, MOST_WORDS
from tests.timing import assert_takes_less_than


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\u2028", "\u2029", "\v", "\f", "\x85"])
def test_every_line_end_is_a_newline(line_end):
    assert read_text(f"One line{line_end}Another").text == "One line\nAnother"


def test_empty_lines_and_blanks_stay_as_they_were():
    assert read_text("  One\n\n\n Two  ").text == "  One\n\n\n Two  "


@pytest.mark.parametrize(
    ("as_written", "as_read"),
    [
        ("My\u00a0Coop", "My Coop"),
        ("Pourquoi\u202f?", "Pourquoi ?"),
        ("co\u00adoper\u200bative", "cooperative"),
        ("a\x00b\x07c\ud800d\ufeffe", "abcde"),
        ("Jose\u0301", "José"),
        ("a\tb", "a b"),
        ("\uf0b7 first", "• first"),
    ],
)
def test_what_would_hide_a_word_goes(as_written, as_read):
    assert read_text(as_written).text == as_read


@pytest.mark.parametrize(
    "data",
    [
        "Où est José ?".encode(),
        "\ufeffOù est José ?".encode(),
        "Où est José ?".encode("utf-16"),
        b"\xfe\xff" + "Où est José ?".encode("utf-16-be"),
        "Où est José ?".encode("cp1252"),
    ],
)
def test_the_encoding_is_found_out(data):
    assert read(data).text == "Où est José ?"


@pytest.mark.parametrize("text", ["", " \n\u00a0 ", "\x00\u200b"])
def test_nothing_to_read_is_said(text):
    with pytest.raises(Unreadable, match="no text"):
        read_text(text)


@pytest.mark.parametrize(
    "text", ["a" * (MOST_CHARACTERS + 1), "a " * (MOST_WORDS + 1), "a\n" * (MOST_LINES + 1), "a\r" * (MOST_LINES + 1)]
)
def test_what_is_far_longer_than_an_article_is_refused(text):
    with pytest.raises(Unreadable, match="far longer than an article"):
        read_text(text)


def test_too_big_a_file_is_refused():
    with pytest.raises(Unreadable, match="10 MB"):
        read(b"a" * (MOST_BYTES + 1))


def read_or_refused(read_it):
    """The article, or None where it was refused with a message."""
    try:
        return read_it()
    except Unreadable as error:
        return None if str(error) else pytest.fail("The refusal says nothing.")


@given(st.text(st.characters(codec=None)))
def test_any_text_is_read_or_refused_with_a_message(text):
    article = read_or_refused(lambda: read_text(text))
    if article is not None:
        categories = {unicodedata.category(character) for character in article.text.replace("\n", "")}
        assert not categories & {"Cc", "Cs", "Cf"}
        assert unicodedata.is_normalized("NFC", article.text)


@given(st.binary())
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_read_or_refused_with_a_message(data):
    article = read_or_refused(lambda: read(data))
    assert article is None or article.text.strip()


@pytest.mark.parametrize("unit", ["a\u0316\u0300", "\u0316\u0300", "\r", "\ud800", "e\u0301", "\u2029\v"])
def test_a_long_hostile_text_takes_no_time(unit):
    # Ordering accents on one letter is quadratic in their number.
    text = "x" + unit[-2:] * (MOST_CHARACTERS // 2 - 1)
    assert_takes_less_than(2, read_or_refused, lambda: read_text(text))
