"""Files that are ZIP archives: documents of Office and OpenDocument, and ZIP files of several.

Nothing is unpacked to disk. Sizes are checked as the archive states them, and each part is then read through: Python's
zipfile gives no more than was stated and checks the sums, so a part that lies about its size is damaged.
"""

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import BinaryIO
from xml.etree import ElementTree

from django.core.exceptions import ValidationError

from programmes.files import messages
from programmes.files.kinds import KINDS, ODF, Kind
from programmes.files.messages import refused

MEGABYTE = 1024 * 1024
MOST_UNPACKED = 400 * MEGABYTE
MOST_TIMES = 200  # unpacked to packed, where there is more than a little of it; office documents come to 20
A_LITTLE = 10 * MEGABYTE
MOST_PARTS = 5000
MOST_XML = 8 * MEGABYTE  # of a part that is read as XML
IN_MEMORY = 5 * MEGABYTE

MAIN_PARTS = {"word/document.xml": "docx", "ppt/presentation.xml": "pptx", "xl/workbook.xml": "xlsx"}
CONTENT_TYPES = "[Content_Types].xml"
ACTIVE_PARTS = re.compile(r"(^|/)(vbaProject\.bin|vbaData\.xml|activeX/.*)$", re.IGNORECASE)
# What a document loads when it is opened. Local paths are harmless: templates of the author's own computer.
LOADED = ("/oleObject", "/frame", "/subDocument")
ELSEWHERE = re.compile(r"(https?|ftp):|file:(//)?[\\/]{2}[^\\/]|\\\\", re.IGNORECASE)

ODF_KINDS = {f"{ODF}text": "odt", f"{ODF}presentation": "odp", f"{ODF}spreadsheet": "ods"}
ODF_MACROS = re.compile(r"^(Object [^/]*/)?(Basic|Scripts)/.+", re.IGNORECASE)

# In a ZIP file: those that are checked like a file of their own, and those that no program runs.
CHECKED_IN_ZIP = frozenset(KINDS) - {"zip"}
TEXTS = ("txt", "md", "csv", "srt", "vtt", "epub")
PICTURES = ("jpg", "jpeg", "png", "gif", "webp", "avif", "tif", "tiff")
SOUND_AND_FILMS = ("mp3", "m4a", "ogg", "wav", "mp4", "m4v", "mov", "webm")
TAKEN_AS_THEY_ARE = frozenset([*TEXTS, *PICTURES, *SOUND_AND_FILMS])
OUTSIDE = re.compile(r"^/|^[A-Za-z]:|(^|/)\.\.(/|$)|\0")
# What macOS and Windows leave behind.
LEFT_BEHIND = re.compile(r"^__MACOSX/|(^|/)(\.DS_Store|Thumbs\.db|desktop\.ini)$", re.IGNORECASE)


class Allowance:
    """How much a file, and the documents in it, may still unpack to."""

    def __init__(self):
        self.left = MOST_UNPACKED

    def spend(self, size: int) -> None:
        """Raises ValidationError when `size`, in bytes, is more than is left."""
        self.left -= size
        if self.left < 0:
            raise refused(messages.BOMB)


def check_packed(file: BinaryIO, allowance: Allowance, check: Callable[[BinaryIO], Kind] | None) -> Kind:
    """The kind of the archive `file`. `check` checks a document inside a ZIP file; None: it may not be a ZIP file.

    Raises ValidationError, saying what to do, when it cannot be offered.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            _check_sizes(parts, allowance)
            _check_paths(parts)
            if any(part.flag_bits & 0x1 for part in parts):
                raise refused(messages.ENCRYPTED)
            kind = _kind(archive)
            if kind.extension == "zip":
                if check is None:
                    raise refused(messages.UNKNOWN)
                _check_inside(archive, check)
            _read_through(archive)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError) as error:
        raise refused(messages.DAMAGED) from error
    return kind


def _check_sizes(parts: list[zipfile.ZipInfo], allowance: Allowance) -> None:
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > max(A_LITTLE, packed * MOST_TIMES):
        raise refused(messages.BOMB)
    allowance.spend(unpacked)
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise refused(messages.DAMAGED)


def _check_paths(parts: list[zipfile.ZipInfo]) -> None:
    for part in parts:
        path = part.orig_filename.replace("\\", "/")
        is_link = stat.S_ISLNK(part.external_attr >> 16)
        if OUTSIDE.search(path) or is_link:
            raise refused(messages.BAD_PATH, name=part.filename)
    if len({part.filename.lower() for part in parts}) != len(parts):
        raise refused(messages.DAMAGED)


def _kind(archive: zipfile.ZipFile) -> Kind:
    names = archive.namelist()
    if CONTENT_TYPES in names:
        return _ooxml(archive, names)
    if "mimetype" in names:
        return _odf(archive, names)
    return KINDS["zip"]


def _ooxml(archive: zipfile.ZipFile, names: list[str]) -> Kind:
    main = [extension for part, extension in MAIN_PARTS.items() if part in names]
    types = [(each.get("PartName"), each.get("ContentType", "")) for each in _xml(archive, CONTENT_TYPES).iter()]
    if any(ACTIVE_PARTS.search(name) for name in names) or any("macroEnabled" in each for _part, each in types):
        raise refused(messages.MACROS)
    if len(main) != 1:
        raise refused(messages.UNKNOWN)
    kind = KINDS[main[0]]
    main_part = next(part for part, extension in MAIN_PARTS.items() if extension == main[0])
    if (f"/{main_part}", f"{kind.media_type}.main+xml") not in types:
        raise refused(messages.UNKNOWN)
    for name in names:
        if name.endswith(".rels"):
            _check_relations(_xml(archive, name))
    return kind


def _check_relations(relations: ElementTree.Element) -> None:
    for relation in relations.iter():
        if relation.get("TargetMode", "").lower() != "external":
            continue
        what, target = relation.get("Type", ""), relation.get("Target", "").strip()
        if what.endswith(LOADED) or (what.endswith("/attachedTemplate") and ELSEWHERE.match(target)):
            raise refused(messages.LINKED)


def _odf(archive: zipfile.ZipFile, names: list[str]) -> Kind:
    first = archive.infolist()[0]
    media_type = archive.read("mimetype").strip() if archive.getinfo("mimetype").file_size < 200 else b""
    extension = ODF_KINDS.get(media_type.decode("ascii", "replace"))
    if extension is None:
        raise refused(messages.UNKNOWN)
    if first.filename != "mimetype" or first.compress_type != zipfile.ZIP_STORED or "content.xml" not in names:
        raise refused(messages.DAMAGED)
    if any(ODF_MACROS.match(name) for name in names):
        raise refused(messages.MACROS)
    if "META-INF/manifest.xml" in names:
        manifest = _xml(archive, "META-INF/manifest.xml")
        if any(element.tag.endswith("}encryption-data") for element in manifest.iter()):
            raise refused(messages.ENCRYPTED)
    return KINDS[extension]


def _xml(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    if archive.getinfo(name).file_size > MOST_XML:
        raise refused(messages.BOMB)
    text = archive.read(name)
    # Office writes none, and entities could unpack without end.
    if b"<!DOCTYPE" in text and not name.startswith("META-INF/"):
        raise refused(messages.DAMAGED)
    try:
        return ElementTree.fromstring(text)  # noqa: S314 - expat limits what entities unpack to
    except ElementTree.ParseError as error:
        raise refused(messages.DAMAGED) from error


def _check_inside(archive: zipfile.ZipFile, check: Callable[[BinaryIO], Kind]) -> None:
    for part in archive.infolist():
        name = part.filename
        if part.is_dir() or LEFT_BEHIND.search(name):
            continue
        extension = PurePosixPath(name).suffix[1:].lower()
        if extension in CHECKED_IN_ZIP:
            _check_document(archive, part, extension, check)
        elif extension not in TAKEN_AS_THEY_ARE:
            raise refused(messages.NOT_IN_ZIP, name=name)


def _check_document(archive: zipfile.ZipFile, part: zipfile.ZipInfo, extension: str, check) -> None:
    with SpooledTemporaryFile(IN_MEMORY) as document, archive.open(part) as packed:
        while block := packed.read(MEGABYTE):
            document.write(block)
        document.seek(0)
        try:
            kind = check(document)
        except ValidationError as error:
            raise refused(messages.IN_ZIP, name=part.filename, reason=" ".join(error.messages)) from error
    if kind.extension != extension:
        raise refused(messages.NOT_IN_ZIP, name=part.filename)


def _read_through(archive: zipfile.ZipFile) -> None:
    for part in archive.infolist():
        with archive.open(part) as packed:
            while packed.read(MEGABYTE):
                pass
