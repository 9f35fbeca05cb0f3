"""Word documents are read with what their styles say; hostile ones are refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.findings import HintKind
from intake.reading import Unreadable, read
from tests.documents import pdf, zipped
from tests.intake.word_files import paragraph, run, unzipped, word_file
from tests.timing import assert_takes_less_than

ARTICLE = word_file(
    paragraph(run("Spotlight")),
    paragraph(run("Ana Prueba, Officer at the Office for Testland"), style="Titre"),
    paragraph(run("How did you ", bold=True) + run("begin?", bold=True)),
    paragraph(run("With a small ") + run("dairy", bold=True) + run(" cooperative.")),
    paragraph(run("Women at a training"), style="Lgende"),
    paragraph(run("First tool"), item=True),
    paragraph(run("Second tool"), item=True),
    paragraph(run("And what came then?"), style="Frage"),
    paragraph(run("Much else.")),
    f"<w:tbl><w:tr><w:tc>{paragraph(run('One cell'))}</w:tc><w:tc>{paragraph(run('Another'))}</w:tc></w:tr></w:tbl>",
    paragraph(run("The future"), style="Titre2"),
    paragraph(f"<w:r><w:pict><w:txbxContent>{paragraph(run('Text in a box'))}</w:txbxContent></w:pict></w:r>"),
)


def hinted(article, kind):
    return [hint.span.of(article.text) for hint in article.hints if hint.kind == kind]


def test_paragraphs_lists_tables_and_text_boxes_are_read_in_order():
    assert read(ARTICLE).text.split("\n\n") == [
        "Spotlight",
        "Ana Prueba, Officer at the Office for Testland",
        "How did you begin?",
        "With a small dairy cooperative.",
        "Women at a training",
        "• First tool\n• Second tool",
        "And what came then?",
        "Much else.",
        "One cell",
        "Another",
        "The future",
        "Text in a box",
    ]


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (HintKind.HEADING, ["Ana Prueba, Officer at the Office for Testland", "The future"]),
        (HintKind.BOLD, ["How did you begin?", "And what came then?"]),
        (HintKind.CAPTION, ["Women at a training"]),
        (HintKind.LIST_ITEM, ["• First tool", "• Second tool"]),
    ],
)
def test_styles_say_what_a_paragraph_is_in_whatever_language_word_speaks(kind, texts):
    assert hinted(read(ARTICLE), kind) == texts


def test_the_name_of_the_file_does_not_count():
    assert read(ARTICLE, "article.txt") == read(ARTICLE, "article.docx")


BOMB = word_file(paragraph(run("x")), word__document=b"<a>" + b" " * 20_000_000 + b"</a>")
ENTITIES = word_file(word__document=b'<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;">]><a>&y;</a>')
OUTSIDE = word_file(word__document=b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>')


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (BOMB, "far larger"),
        (zipped({f"word/document{number}": b"" for number in range(5001)}), "far larger"),
        (ENTITIES, "damaged"),
        (OUTSIDE, "damaged"),
        (word_file(word__document=b"<w:document"), "damaged"),
        (word_file(word__document="<?xml version='1.0'?><!DOCTYPE a><a/>".encode("utf-16")), "damaged"),
        (word_file(word__styles=b"<broken"), "damaged"),
        (word_file(word__document=b"<a>" * 15_000 + b"</a>" * 15_000), "damaged|no text"),
        (ARTICLE[: len(ARTICLE) // 2], "damaged"),
        (word_file(paragraph("")), "no text"),
        (zipped({"readme.txt": b"x"}), "archive"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""}), r"save it as \.docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, r"old kind \(\.doc\)"),
        (b"{\\rtf1\\ansi Text}", "RTF"),
        (pdf(), "PDF"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 300, "picture"),
        (bytes(range(256)) * 4, "no text"),
        (b"From: <Saved by>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\n", "HTML only"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(data, says):
    with pytest.raises(Unreadable, match=says):
        read(data)


def test_a_picture_from_elsewhere_is_not_fetched():
    relations = b"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
    <Relationship Id="rId9" TargetMode="External" Target="file:///etc/passwd"
     Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/></Relationships>"""
    picture = (
        '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic '
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:link="rId9" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    parts = unzipped(word_file(paragraph(run("Before")), paragraph(picture)))
    assert read(zipped(parts | {"word/_rels/document.xml.rels": relations})).text == "Before"


def read_or_refused(data):
    try:
        return read(data).text
    except Unreadable as error:
        return str(error)


CHANGES = st.lists(st.tuples(st.integers(0, 2**16), st.integers(0, 255)), min_size=1, max_size=12)
PARTS = unzipped(ARTICLE)


@given(CHANGES)
@settings(max_examples=100, deadline=None)
def test_a_mutated_file_is_read_or_refused(changes):
    assert read_or_refused(mutated(ARTICLE, changes))


@given(st.sampled_from(sorted(PARTS)), CHANGES)
@settings(max_examples=100, deadline=None)
def test_a_document_with_a_mutated_part_is_read_or_refused(name, changes):
    assert read_or_refused(zipped(PARTS | {name: mutated(PARTS[name], changes)}))


def mutated(data, changes):
    data = bytearray(data)
    for place, byte in changes:
        data[place % len(data)] = byte
    return bytes(data)


def test_a_long_document_takes_little_time():
    data = word_file(*[paragraph(run("A sentence of an answer that goes on. " * 10)) for _number in range(450)])
    assert len(assert_takes_less_than(5, read, data).text) > 150_000


@pytest.mark.parametrize("element", [b"<w:p/>", b"<w:r><w:t>x</w:t></w:r>", b"<w:tbl/>", b"<x/>"])
def test_a_document_of_too_many_elements_takes_little_time(element):
    within_limits = paragraph(element.decode() * (38_000 // element.count(b"<")))
    assert assert_takes_less_than(5, read_or_refused, word_file(within_limits))
    with pytest.raises(Unreadable, match="far larger"):
        read(word_file(within_limits * 2))
