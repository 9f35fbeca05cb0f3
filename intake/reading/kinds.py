"""What kind of file it is, by its content; the name of a file says little and may lie."""

import re
import zipfile
from enum import StrEnum
from io import BytesIO

import filetype
from django.utils.translation import gettext_lazy as _

from intake.reading.errors import Unreadable, damaged

_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROLS = 0.01  # of a text, which may have strays
_LOOKED_AT = 4096
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:(?><!--.*?-->)\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_ELEMENT = re.compile(
    r"\s*<(?:article|main|section|div|p|h[1-6]|table|header|span|ul|ol|center|font|meta)\b[^<>]*>", re.I
)
_DOCUMENT_WITH_OLE = b"\xd0\xcf\x11\xe0"


class FileKind(StrEnum):
    TEXT = "text"
    PAGE = "page"
    WORD = "word"


def is_page(text: str) -> bool:
    """Whether a text is the source of a web page."""
    return bool(_PAGE.match(text[:_LOOKED_AT]))


def kind_of(data: bytes, file_name: str) -> FileKind:
    """The kind of a file that can be read. Raises Unreadable, which names what it is instead."""
    beginning = data[:_LOOKED_AT]
    if beginning.startswith(b"{\\rtf"):
        raise Unreadable(_("This is a text in RTF. Open it, save it as .docx or as plain text, and give that."))
    if b"%PDF-" in beginning[:1024]:
        raise Unreadable(
            _(
                "This is a PDF, in which lines, columns and captions run into each other. Save it as .docx, or copy "
                "the text of the article and paste it into the text field."
            )
        )
    if beginning.startswith(b"PK\x03\x04"):
        return _kind_of_archive(data)
    if _looks_like_text(beginning):
        return _kind_of_text(beginning, file_name)
    if beginning.startswith(_DOCUMENT_WITH_OLE):
        raise Unreadable(
            _("This is a document of an old kind (.doc) or with a password. Save it as .docx without a password.")
        )
    found = filetype.guess(beginning)
    if found and found.mime.startswith("image/"):
        raise Unreadable(
            _("This is a picture. Type the article, or have its text recognised, and paste it into the text field.")
        )
    raise Unreadable(_("This is no text. Give the article as .docx, .html or .txt, or paste its text."))


def _looks_like_text(beginning: bytes) -> bool:
    if beginning.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return len(_CONTROLS.findall(beginning)) <= _MOST_CONTROLS * len(beginning) + 1


def _kind_of_text(beginning: bytes, file_name: str) -> FileKind:
    is_utf_16 = beginning.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = beginning.decode("utf-16" if is_utf_16 else "latin-1", errors="replace").removeprefix("ï»¿")
    if re.search(r"^MIME-Version:", text, re.MULTILINE | re.IGNORECASE) and "multipart/related" in text:
        raise Unreadable(_("This is a web archive (.mht). Save the page as “Web page, HTML only” and give that."))
    named_so = file_name.lower().endswith((".html", ".htm", ".xhtml"))
    if is_page(text) or _ELEMENT.match(text) or (named_so and re.search(r"</?[a-zA-Z][^<>]*>", text)):
        return FileKind.PAGE
    return FileKind.TEXT


def _kind_of_archive(data: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    # zipfile has many errors for what is broken.
    except Exception as error:
        raise damaged() from error
    if any(name.startswith("word/document") for name in names):
        return FileKind.WORD
    if "content.xml" in names and "mimetype" in names:
        raise Unreadable(_("This is an OpenDocument file (.odt). Open it, save it as .docx, and give that."))
    raise Unreadable(_("This is an archive, but no .docx document. Give the article as .docx, .html or .txt."))
