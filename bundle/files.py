"""The table of the files that records show: pictures of people, documents of programmes."""

import hashlib
from collections.abc import Iterator
from contextlib import closing
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import BinaryIO

from django.core.files.storage import default_storage
from django.db import connection, models
from django.db.models import F, Value
from django.db.models.functions import Collate

from bundle.stored import FILE_NAME, FOLDER, PIECE, is_stored
from bundle.tables import AT_ONCE, PLAIN_ORDER, Column, Extent, Row, Table
from profiles.consent import ConsentScope
from profiles.models import InterviewPhoto, Profile
from programmes.files import KINDS
from programmes.models import Material

PICTURE_TYPES = {
    "avif": "image/avif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}


class FileTable(Table):
    def rows(self, extent: Extent) -> Iterator[Row]:
        for name, reuse, file in opened(extent):
            measured = Measured(file)
            for _piece in measured:
                pass
            yield row_of(name, reuse, measured)


class Measured:
    """The content of an open file in pieces; when all were taken, its length and digest. Then it is closed."""

    def __init__(self, file: BinaryIO):
        self.file, self.size, self._hash = file, 0, hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        with closing(self.file):
            while piece := self.file.read(PIECE):
                self.size += len(piece)
                self._hash.update(piece)
                yield piece

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


def media_type(name: str) -> str:
    """The media type of a file, by the extension that its content gave it."""
    extension = name.rpartition(".")[2]
    kind = KINDS.get(extension)
    return kind.media_type if kind else PICTURE_TYPES.get(extension, "application/octet-stream")


def opened(extent: Extent) -> Iterator[tuple[str, bool | None, BinaryIO]]:
    """The files in the extent by name, each open, with whether it may be reused; None for documents.

    What is lost, or replaced in this moment, is left out.
    """
    for name, reuse in _shown(extent):
        if not is_stored(name):
            continue
        try:
            file = default_storage.open(name)
        except FileNotFoundError:
            continue
        yield name, reuse, file


def row_of(name: str, reuse: bool | None, measured: Measured) -> Row:
    return name, FOLDER + name, media_type(name), measured.size, measured.sha256, reuse


def _shown(extent: Extent) -> Iterator[tuple[str, bool | None]]:
    photos, profiles = InterviewPhoto.objects.published(extent.at), Profile.objects.published(extent.at)
    found = merge(
        _names(Material.objects.published(extent.at), "file", None),
        _names(profiles, "portrait", "consent_scope"),
        _names(photos, "image", "interview__profile__consent_scope"),
        key=itemgetter(0),
    )
    for name, uses in groupby(found, key=itemgetter(0)):
        scopes = [scope for _name, scope in uses]
        reuse = None if None in scopes else all(scope == ConsentScope.REUSE for scope in scopes)
        if reuse is not False or not extent.reusable_only:
            yield name, reuse


def _names(records: models.QuerySet, field: str, scope: str | None) -> Iterator[tuple[str, str | None]]:
    in_order = Collate(F(field), PLAIN_ORDER[connection.vendor])
    named = records.exclude(**{field: ""}).order_by(in_order)
    return named.values_list(field, F(scope) if scope else Value(None, models.CharField())).iterator(chunk_size=AT_ONCE)


FILES = FileTable(
    name="files",
    title="Files",
    description="Pictures of people and documents of programmes, in the folder files of the package.",
    key=("name",),
    columns=(
        Column("name", models.FileField("name", max_length=200), "By which other tables refer to it."),
        Column("path", models.CharField("path", max_length=200), "Where the file is in the package."),
        Column("media_type", models.CharField("media type", max_length=100)),
        Column("bytes", models.PositiveBigIntegerField("length"), "In bytes."),
        Column("sha256", models.CharField("digest", max_length=64), "SHA-256 of the content, in hexadecimal digits."),
        Column(
            "reuse",
            models.BooleanField("may be reused", null=True),
            "Of a picture of a person: whether the person agreed to open data. If false, the picture is here only to "
            "show this portal again; do not use it for anything else. Empty for documents.",
        ),
    ),
)

__all__ = ["FILES", "FILE_NAME", "FileTable", "Measured", "media_type", "opened", "row_of"]
