"""Reads Word documents (.docx).

mammoth makes clean HTML of a document: headings, bold, lists, tables and text boxes, without the looks. python-docx
knows no lists and no text boxes, and leaves the order of tables and paragraphs to its user.
"""

import re
import zipfile
from io import BytesIO

import mammoth
from django.utils.translation import gettext_lazy as _
from lxml import etree

from intake.findings import Article
from intake.reading.errors import Unreadable, damaged
from intake.reading.pages import read_document

MOST_ENTRIES = 5000
MOST_BYTES_UNPACKED = 100 * 1024**2
MOST_BYTES_OF_XML = 12 * 1024**2  # in all; Word writes some 20 bytes for each character of a text
MOST_TAGS = 40_000  # in all; each costs mammoth some microseconds and a kilobyte
# The styles that Word and LibreOffice have for what an article is made of; their names are English in every language.
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='caption'] => p.caption:fresh
p[style-name='Illustration'] => p.caption:fresh
p[style-name='Figure'] => p.caption:fresh
"""
_NOTE = re.compile(r'<sup><a href="#(?:foot|end)note-.*?</a></sup>|<ol><li id="(?:foot|end)note-.*</ol>', re.DOTALL)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIMPLE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_MOST_STYLES = 500


def read_word(data: bytes) -> Article:
    """The article in a Word document, without its footnotes. Raises Unreadable."""
    styles = _STYLES + _checked(data)
    try:
        html = mammoth.convert_to_html(
            BytesIO(data),
            style_map=styles,
            include_embedded_style_map=False,
            convert_image=lambda _image: [],
        ).value
    # A broken document is met with whichever error the part has that trips over it.
    except Exception as error:
        raise damaged() from error
    return read_document(_NOTE.sub("", html))


def _too_big() -> Unreadable:
    return Unreadable(
        _("The document is far larger than an article. Copy the text of the article and paste it into the text field.")
    )


def _checked(data: bytes) -> str:
    """Refuse what would unpack to too much; `zipfile` unpacks no more than the archive announces.

    Returns the style map of the document's own bold styles.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            texts = [entry for entry in entries if entry.filename.endswith((".xml", ".rels"))]
            if (
                len(entries) > MOST_ENTRIES
                or sum(entry.file_size for entry in entries) > MOST_BYTES_UNPACKED
                or sum(entry.file_size for entry in texts) > MOST_BYTES_OF_XML
            ):
                raise _too_big()
            tags = 0
            for entry in texts:
                xml = archive.read(entry).replace(b"\x00", b"")  # as of UTF-16
                # Word declares no document type; only a trap made of entities would.
                if b"<!DOCTYPE" in xml.upper():
                    raise damaged()
                tags += xml.count(b"<")
                if tags > MOST_TAGS:
                    raise _too_big()
            names = {entry.filename for entry in entries}
            return _bold_styles(archive.read("word/styles.xml")) if "word/styles.xml" in names else ""
    except Unreadable:
        raise
    # zipfile and zlib, too, have many errors for what is broken or has a password.
    except Exception as error:
        raise damaged() from error


def _bold_styles(xml: bytes) -> str:
    """Paragraph styles of the document's own that are bold, as mammoth's style map: it looks at the words only."""
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    found = []
    for style in root.iterfind(f"{_W}style[@{_W}type='paragraph']"):
        name, bold = style.get(f"{_W}styleId", ""), style.find(f"{_W}rPr/{_W}b")
        is_bold = bold is not None and bold.get(f"{_W}val", "true") not in ("0", "false", "off")
        if is_bold and style.get(f"{_W}customStyle") and _SIMPLE_NAME.fullmatch(name):
            found.append(f"p.{name} => p:fresh > strong:fresh")
    return "\n".join(found[:_MOST_STYLES])
