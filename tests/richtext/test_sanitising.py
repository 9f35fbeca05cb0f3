"""What may be in a rich text, and how anything else becomes one."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from richtext.plain import is_plain, plain_text
from richtext.sanitising import clean, from_plain
from tests.richtext.hostile import HOSTILE

CLIPBOARD = Path(__file__).parent / "clipboard"
ALLOWED = {"p", "br", "strong", "em", "h3", "h4", "ul", "ol", "li", "blockquote", "a"}
BLOCKS = {"p", "h3", "h4", "ul", "ol", "blockquote"}


def fault(html: str) -> str:
    """What is in `html` that must not be; "" when all is well."""
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(True):
        if tag.name not in ALLOWED:
            return f"<{tag.name}>"
        if tag.name == "a":
            if set(tag.attrs) != {"href", "rel"} or not re.match(r"(https?://|mailto:)[^\s<>\"]+$", tag["href"]):
                return str(tag)
        elif tag.attrs:
            return str(tag)
        if tag.parent is soup and tag.name not in BLOCKS:
            return f"<{tag.name}> outside all blocks"
        if tag.name != "br" and not tag.get_text().strip():
            return f"empty <{tag.name}>"
    strict = _Balanced()
    strict.feed(html)
    strict.close()
    return strict.fault or (f"unclosed {strict.open}" if strict.open else "")


class _Balanced(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.fault = [], ""

    def handle_starttag(self, tag, attrs):
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.fault = f"</{tag}> out of order"

    def handle_comment(self, data):
        self.fault = "a comment"


class TestHostileTexts:
    @pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
    def test_nothing_but_words_is_left(self, text):
        assert fault(clean(text)) == ""

    @pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
    def test_a_second_look_changes_nothing(self, text):
        assert clean(clean(text)) == clean(text)


FRAGMENTS = [
    *("<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<i>", "</i>", "<a href='https://x.org/?a=1&b=2'>", "</a>"),
    *(
        "<h1>",
        "</h1>",
        "<h4>",
        "</h4>",
        "<ul>",
        "</ul>",
        "<ol>",
        "</ol>",
        "<li>",
        "</li>",
        "<br>",
        "&nbsp;",
        " ",
        "\n\n",
    ),
    *("<blockquote>", "</blockquote>", "<table><tr><td>", "</table>", "<span style='font-weight:bold'>", "</span>"),
    *(
        "<p style='mso-list:l0 level2 lfo1'>",
        "<span style='mso-list:Ignore'>1.",
        "<svg>",
        "<style>",
        "</style>",
        "<math>",
    ),
    *(
        "word",
        "&lt;",
        "<",
        ">",
        "&",
        "&amp;",
        "'",
        '"',
        "<!--",
        "-->",
        "é",
        "\u00a0",
        "\x00",
        "<o:p>",
        "<script>",
        "</br>",
    ),
]


class TestAnyText:
    @settings(max_examples=400, deadline=None)
    @given(st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=5), max_size=25).map("".join))
    def test_of_html_is_well_formed_clean_and_stays_as_it_is(self, text):
        cleaned = clean(text)

        assert fault(cleaned) == ""
        assert clean(cleaned) == cleaned

    @settings(max_examples=200, deadline=None)
    @given(st.text())
    def test_of_plain_words_keeps_them_all(self, text):
        visible = re.sub("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u200b\u2060\ufeff\ufffe\uffff]", "", text)

        assert plain_text(from_plain(text)).split() == visible.split()


class TestPlainText:
    def test_an_empty_line_begins_a_paragraph_and_a_line_break_stays(self):
        assert clean("One\nand\r\n\r\n \n\nTwo") == "<p>One<br>and</p>\n<p>Two</p>"

    @pytest.mark.parametrize(
        "text", ["a < b & c > d", "write to <ana@example.org>", "<Ana Paz> said", "5 <6>", "&amp; <3"]
    )
    def test_what_only_looks_like_html_is_kept(self, text):
        assert is_plain(text)
        assert plain_text(clean(text)) == text

    def test_typed_under_a_rich_text_becomes_a_paragraph_too(self):
        assert clean("<p>One</p>\n\nTwo\n\nThree <b>bold</b>") == (
            "<p>One</p>\n<p>Two</p>\n<p>Three <strong>bold</strong></p>"
        )

    @pytest.mark.parametrize(
        "text", ["", " \n\n ", "<p></p>", "<p>&nbsp;</p>", "<p><br></p><ul><li></li></ul>", "<h3> </h3>"]
    )
    def test_without_words_there_is_no_text(self, text):
        assert clean(text) == ""


class TestStructure:
    @pytest.mark.parametrize(
        ("html", "expected"),
        [
            ("<div>One</div><div>Two</div>", "<p>One</p>\n<p>Two</p>"),
            (
                "<h1>A</h1><h2>B</h2><h3>C</h3><h4>D</h4><h6>E</h6>",
                "<h3>A</h3>\n<h3>B</h3>\n<h3>C</h3>\n<h4>D</h4>\n<h4>E</h4>",
            ),
            ("<h4>First</h4><p>x</p>", "<h3>First</h3>\n<p>x</p>"),
            ("<h2><b>Bold</b><br>heading</h2>", "<h3>Bold heading</h3>"),
            ("<p><b>b</b><i>i</i></p>", "<p><strong>b</strong><em>i</em></p>"),
            ("<p><b>one <b>two</b></b> <strong>three</strong></p>", "<p><strong>one two three</strong></p>"),
            ("<p><b> edge </b>word</p>", "<p><strong>edge</strong> word</p>"),
            ("<p>One<br><br>Two<br>and</p>", "<p>One</p>\n<p>Two<br>and</p>"),
            ("<p>Bravo&nbsp;!&nbsp;&nbsp; Oui</p>", "<p>Bravo&nbsp;! Oui</p>"),
            ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
            ("<ul><li>a<p>b</p></li></ul>", "<ul><li><p>a</p><p>b</p></li></ul>"),
            ("<ol>stray<li>b</li></ol>", "<ol><li>stray</li><li>b</li></ol>"),
            ("<blockquote>Said</blockquote>", "<blockquote><p>Said</p></blockquote>"),
            ("<b style='font-weight:normal'><p>Google</p></b>", "<p>Google</p>"),
            (
                "<p><span style='font-weight:700;font-style:italic'>Docs</span></p>",
                "<p><strong><em>Docs</em></strong></p>",
            ),
            ("<p>soft\u200bhyphen\ufeff</p>", "<p>softhyphen</p>"),
        ],
    )
    def test_becomes_that_of_a_rich_text(self, html, expected):
        assert clean(html) == expected

    @pytest.mark.parametrize(
        ("typed", "leads_to"),
        [
            ("https://example.org/a?b=1&c=2#d", "https://example.org/a?b=1&amp;c=2#d"),
            ("www.example.org/path", "https://www.example.org/path"),
            ("ana@example.org", "mailto:ana@example.org"),
            ("mailto:ana@example.org?subject=x", "mailto:ana@example.org?subject=x"),
            ("https://example.org/a b", "https://example.org/a%20b"),
        ],
    )
    def test_a_link_leads_where_it_should(self, typed, leads_to):
        assert f'href="{leads_to}"' in clean(f'<p><a href="{typed}">x</a></p>')

    @pytest.mark.parametrize(
        "typed", ["", "#top", "/en/", "tel:123", "ftp://example.org/", "https://", "mailto:", "http://[x"]
    )
    def test_a_link_to_nowhere_is_only_words(self, typed):
        assert clean(f'<p><a href="{typed}">x</a></p>') == "<p>x</p>"

    @pytest.mark.parametrize("name", ["word", "libreoffice", "old_site"])
    def test_what_was_pasted_comes_out_clean(self, name):
        pasted = (CLIPBOARD / f"{name}.html").read_text(encoding="utf-8")

        assert clean(pasted) == (CLIPBOARD / f"{name}.clean.html").read_text(encoding="utf-8").strip()


class TestPlainTextOfARichText:
    @pytest.mark.parametrize(
        ("html", "expected"),
        [
            (None, ""),
            ("<h3>A</h3>\n<p>b<br>c &amp; d</p>", "A\n\nb\nc & d"),
            (
                "<p>x</p>\n<ul><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ul>\n<p>y</p>",
                "x\n\n• a\n1. b\n2. c\n• d\n\ny",
            ),
            ("<blockquote><p>a</p><p>b</p></blockquote>", "a\n\nb"),
        ],
    )
    def test_reads_like_it(self, html, expected):
        assert plain_text(html) == expected
