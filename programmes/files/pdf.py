"""PDF files: complete, without password, and without what runs or hides.

This keeps out what people upload by mistake or from a template; it is no virus scanner. Names of actions are looked for
in the file and in its compressed object streams (ISO 32000-1, 7.5.7), also where they are written with #xx.
"""

import re
import zlib

from programmes.files import messages
from programmes.files.messages import refused

HEAD = re.compile(rb"(\xef\xbb\xbf)?\s*%PDF-[12]\.[0-9]")
TAIL_LENGTH = 2048  # bytes; readers look for the end of the file in the last 1024
TAIL = re.compile(rb"startxref\s+([0-9]{1,12})\s+%%EOF")
CROSS_REFERENCES = re.compile(rb"\s*(xref|[0-9]+\s+[0-9]+\s+obj)\b")
OBJECT_STREAM = re.compile(rb"/ObjStm\b.{0,2000}?\bstream\r?\n", re.DOTALL)
FILTER = re.compile(rb"/(Filter|Predictor)\b\s*\[?\s*(/?\w+)\s*\]?")
MOST_UNPACKED = 200 * 1024 * 1024  # bytes of all object streams together


def _name(text: str) -> bytes:
    """Pattern of the name `text`, each character written as itself or as #xx."""
    letters = (rb"(?:%b|#(?i:%b))" % (letter.encode(), b"%02x" % ord(letter)) for letter in text)
    return rb"/" + b"".join(letters) + rb"(?![A-Za-z0-9#])"


def _any_name(*names: str) -> re.Pattern:
    return re.compile(b"|".join(_name(name) for name in names))


PROGRAM = _any_name("JavaScript", "Launch", "RichMedia")
FILES = _any_name("EmbeddedFile", "EmbeddedFiles")
ENCRYPTION = _any_name("Encrypt")


def check_pdf(content: bytes) -> None:
    """Raises ValidationError, saying what to do, when the PDF `content` cannot be offered."""
    tail = content[-TAIL_LENGTH:]
    ends = TAIL.findall(tail)  # several, as after changes: the last one counts
    if not ends:
        raise refused(messages.DAMAGED)
    start = int(ends[-1])
    # A linearized file may say 0 in its first part, never in its last.
    if start >= len(content) or not CROSS_REFERENCES.match(content, start):
        raise refused(messages.DAMAGED)
    if ENCRYPTION.search(content):
        raise refused(messages.ENCRYPTED)
    _check_names(content)
    left = MOST_UNPACKED
    for stream in OBJECT_STREAM.finditer(content):
        objects = _unpacked(content, stream, left)
        left -= len(objects)
        _check_names(objects)


def _unpacked(content: bytes, stream: re.Match, most: int) -> bytes:
    """The objects in an object stream, at most `most` bytes; nothing where they are not packed: they were looked at."""
    dictionary = content[max(content.rfind(b"obj", 0, stream.start()), 0) : stream.end()]
    packed_by = [value for _key, value in FILTER.findall(dictionary)]
    if not packed_by:
        return b""
    unpacker = zlib.decompressobj()
    try:
        objects = unpacker.decompress(content[stream.end() : content.find(b"endstream", stream.end())], most)
    except zlib.error as error:
        raise refused(messages.DAMAGED) from error
    if not unpacker.eof and len(objects) >= most:
        raise refused(messages.BOMB)
    # Packed in a way that no program that writes PDFs uses: it could hide anything.
    if not unpacker.eof or packed_by not in ([b"/FlateDecode"], [b"/Fl"]):
        raise refused(messages.DAMAGED)
    return objects


def _check_names(content: bytes) -> None:
    if PROGRAM.search(content):
        raise refused(messages.PDF_PROGRAM)
    if FILES.search(content):
        raise refused(messages.PDF_FILES)
