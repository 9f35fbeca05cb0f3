"""Of a saved web page the article is read, all of it and nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.findings import HintKind
from intake.reading import Unreadable, read, read_text
from tests.timing import assert_takes_less_than

COOKIES = "We use cookies to make this site work better for you and to count those who visit it every day."
INTRO = "Voices of the Valley features colleagues who work on cooperatives and shares highlights of what they did."
FIRST = "I studied economics in a town by the sea, and then I worked for many years with dairy cooperatives."
SECOND = "After that I went on to other things, which I liked even more, and of which I shall tell another time."
READ = [
    "Voices of the Valley",
    "Ana Prueba, Officer at the Office for Testland",
    INTRO,
    "Article | 18 April 2019",
    "What is your background?",
    FIRST,
    "Women at a training, 2018",
    SECOND,
    "• First tool\n• Second tool",
]
BODY = f"""<p><strong>What is your background?</strong></p><p>{FIRST}</p>
<div class="image"><img src="a.jpg"><br>Women at a training, 2018</div><p>{SECOND}</p>
<ul><li>First tool</li><li>Second tool</li></ul>"""
HEAD = f"""<p class="kicker"><a href="/s">Voices of the Valley</a></p>
<h1>Ana Prueba, Officer at the Office for Testland</h1><p>{INTRO}</p>
<p>Article | <time datetime="2019-04-18">18 April 2019</time></p>"""
LINKS = "<ul>" + "".join(f'<li><a href="/{n}">Another interview, number {n}</a></li>' for n in range(9)) + "</ul>"

OF_TABLES = f"""<html lang="en"><body><form><div id="header"><a href="/"><img src="logo.png"></a>{LINKS}</div>
<div class="breadcrumb"><a href="/">Home</a> &gt; <a href="/t">Topics</a></div>
<table><tr><td class="leftnav">{LINKS}</td><td>{HEAD}{BODY}<h3>Related content</h3>{LINKS}</td>
<td class="right-column"><p>{COOKIES}</p></td></tr></table>
<div id="footer">© 2019 Organisation. All rights reserved.</div></form></body></html>"""
OF_SECTIONS = f"""<!DOCTYPE html><html lang="en-GB"><head><title>x</title><script>var a = "<p>no</p>";</script></head>
<body class="has-sidebar"><div id="cookie-banner" role="dialog"><p>{COOKIES}</p></div>
<header><a href="/">Organisation</a><nav>{LINKS}</nav></header>
<main><div class="title">{HEAD}</div><div class="shareButtons"><a href="#x">Tweet</a> Share this page</div>
<article>{BODY}</article><section><h2>You may also like</h2>{LINKS}</section></main>
<aside><p>{COOKIES}</p></aside>
<footer><p>The organisation is the oldest of its kind in the world, and proud of it.</p></footer>
</body></html>"""
OF_CARDS = f"""<!DOCTYPE html><html lang="en"><body><div class="wrapper"><div>{HEAD}{BODY}</div>
<div class="more">{'<article><h2><a href="/y">Another</a></h2><p><a href="/y">Read it</a></p></article>' * 5}</div>
</div></body></html>"""
SHEETS = {"tables": OF_TABLES, "sections": OF_SECTIONS, "cards": OF_CARDS}


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def hinted(article, kind):
    return [hint.span.of(article.text) for hint in article.hints if hint.kind == kind]


@pytest.mark.parametrize("layout", SHEETS)
def test_the_article_is_found_whatever_stands_around_it(layout):
    assert read(SHEETS[layout].encode()).text.split("\n\n") == READ


def test_a_pasted_source_of_a_page_is_read_as_a_page():
    assert read_text(OF_SECTIONS) == read(OF_SECTIONS.encode(), "saved.txt")


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (HintKind.HEADING, ["Ana Prueba, Officer at the Office for Testland"]),
        (HintKind.BOLD, ["What is your background?"]),
        (HintKind.CAPTION, ["Women at a training, 2018"]),
        (HintKind.LIST_ITEM, ["• First tool", "• Second tool"]),
    ],
)
def test_what_the_page_says_of_a_paragraph_is_kept(kind, texts):
    assert hinted(read(OF_SECTIONS.encode()), kind) == texts


def test_the_page_says_its_language():
    assert read(OF_SECTIONS.encode()).language == "en"
    assert read(page(f"<div lang='es-PE'><p>{FIRST}</p></div>").encode()).language == "es"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>One<br>two<br><br>three", "One\ntwo\n\nthree"),
        ("<p><b>Why did you do all of this?</b> Because.</p>", "Why did you do all of this?\nBecause."),
        ("<ol start='3'><li>Three</li><li>Four</li></ol>", "3. Three\n4. Four"),
        ("<table><tr><td>One</td><td>Two</td></tr></table>", "One\n\nTwo"),
        ("<figure><img src=x><figcaption>Some farmers</figcaption></figure>", "Some farmers"),
        ("<p>co&shy;op&nbsp;er&#8203;ative", "coop erative"),
        ("<pre>One\ntwo</pre>", "One\ntwo"),
        ("<p>a<script>no</script>b<style>no</style><!-- no -->c", "abc"),
        ("<div>One<p>two</div>three", "One\n\ntwo\n\nthree"),
    ],
)
def test_markup_becomes_lines_and_paragraphs(body, text):
    assert read(page(body).encode()).text == text


def test_a_bold_line_above_its_answer_is_a_hint():
    article = read(page("<p><strong>Ms Prueba</strong><br>I began small.</p>").encode())
    assert hinted(article, HintKind.BOLD) == ["Ms Prueba"]


def test_a_date_that_only_the_page_knows_of_itself_is_told():
    head = '<meta property="article:published_time" content="2019-04-18T10:00:00Z">'
    assert (
        read(page(f"<h1>Ana Prueba</h1><p>{FIRST}</p>", head).encode()).text == f"Ana Prueba\n\n2019-04-18\n\n{FIRST}"
    )
    with_date = f"<h1>Ana Prueba</h1><p>3 May 2018</p><p>{FIRST}</p>"
    assert "2019" not in read(page(with_date, head).encode()).text


def test_a_title_that_only_the_page_knows_of_itself_is_told():
    article = read(page(f"<p>{FIRST}</p>", '<meta property="og:title" content="Ana  Prueba">').encode())
    assert article.text == f"Ana Prueba\n\n{FIRST}"


@pytest.mark.parametrize(
    ("encoding", "declared", "text"),
    [
        ("cp1252", "iso-8859-1", "Où est José ?"),
        ("utf-8", "", "Où est José ?"),
        ("utf-8", "latin-1", "Où est José ?"),
        ("iso-8859-2", "iso-8859-2", "Gdzie jest Łódź?"),
    ],
)
def test_the_encoding_of_a_page_is_found_out(encoding, declared, text):
    source = page(f"<p>{text}", f"<meta charset='{declared}'>")
    assert read(source.encode(encoding)).text == text


def test_lists_of_links_within_an_answer_stay():
    body = f'<h1>Ana</h1><p>{FIRST}</p><ul><li><a href="/a">Think.Coop</a></li></ul><p>{SECOND}</p>'
    assert "• Think.Coop" in read(page(body).encode()).text


LONG = 2 * 1024**2
HOSTILE = {
    "deep": "<div>" * (LONG // 5),
    "deep and unended": "<b>" * 400 + "</i>" * 400_000,
    "formatting": "<p><b a=1></p>" * (LONG // 14),
    "attributes": "<a " + " ".join(f"a{number}=1" for number in range(200_000)) + ">x",
    "large attribute": "<img src='data:" + "x" * (4 * LONG) + "'>x",
    "unended tag": "<p " + "x" * LONG,
    "comments": "<!--" * (LONG // 4),
    "brackets": "<" * LONG,
    "entities": "&amp;" * (LONG // 5),
    "own entities": "<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'>]>" + "&a;" * (LONG // 3),
    "paragraphs": "<p>x" * (LONG // 4),
    "breaks": "x<br>" * (LONG // 5),
    "lists": "<ul><li>x" * (LONG // 9),
    "tables": "<table><tr><td>" * (LONG // 15),
    "headings": "<h2>Related</h2><a href=x>y</a>" * (LONG // 31),
    "links": "<a href=x>y</a> " * (LONG // 16),
    "figures": "<figure><img>x</figure>" * (LONG // 23),
    "names": "<div class='" + "related-" * (LONG // 8) + "'>x",
    "lines": "<pre>" + "x\n" * (LONG // 2),
    "accents": "<p>x" + "&#x316;&#x300;" * (LONG // 14),
    "articles": f"<article><p>{FIRST}</p></article>" * (LONG // 130),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_read_or_refused_in_no_time(name):
    page = f"<!DOCTYPE html><html>{HOSTILE[name]}".encode()
    assert assert_takes_less_than(5, read_or_refused, page)


def test_nothing_outside_the_page_is_asked_for():
    source = (
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x;</p><iframe src="file:///etc/passwd"></iframe>b'
    )
    assert "root" not in read(source.encode()).text


@given(st.lists(st.tuples(st.integers(0, len(OF_SECTIONS) - 1), st.integers(0, 255)), max_size=30))
@settings(max_examples=100, deadline=None)
def test_a_mutated_page_is_read_or_refused(changes):
    data = bytearray(OF_SECTIONS.encode())
    for place, byte in changes:
        data[place] = byte
    assert read_or_refused(bytes(data))


def read_or_refused(data: bytes) -> str:
    try:
        return read(data, "page.html").text
    except Unreadable as error:
        return str(error)
