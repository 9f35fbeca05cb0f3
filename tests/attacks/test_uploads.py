"""What is no picture or document, or is one and something else too, is refused or made harmless by every file field.

What each kind of file may hold inside is in tests/publishing/test_hostile_pictures.py and
tests/programmes/test_materials.py.
"""

import re

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models

from tests.documents import pdf, zipped
from tests.pictures import picture

FIELDS = [field for model in apps.get_models() for field in model._meta.fields if isinstance(field, models.FileField)]
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
PAGE = b"<!doctype html><html><script>alert(1)</script></html>"
REFUSED = {
    "svg": SVG,
    "svg after white space": b"\n\t" + SVG,
    "svg with a declaration": b'<?xml version="1.0"?>' + SVG,
    "page": PAGE,
    "page after a mark": b"\xef\xbb\xbf" + PAGE,
    "script": b"alert(1)//",
    "program": b"MZ\x90\x00" + bytes(200),
    "shell": b"#!/bin/sh\nid\n",
    "php": b"<?php system($_GET[0]);",
    "java": zipped({"META-INF/MANIFEST.MF": b"Manifest-Version: 1.0", "A.class": b"\xca\xfe\xba\xbe"}),
    "gif and script": b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)",
    "page before a pdf": PAGE + pdf(),
}
# A picture that goes on as something else: what is kept must be the picture alone, or no browser may run it.
POLYGLOTS = {
    "png and page": picture(file_format="PNG") + PAGE,
    "jpeg and zip": picture(file_format="JPEG") + zipped({"a.html": PAGE}),
    "webp and svg": picture() + SVG,
}
NAMES = ['"><img src=x onerror=x()>.png', "../../../../etc/passwd", "a\r\nSet-Cookie: a=1.png", "..\\..\\a.png"]
NAMES += ["a\x00.png", ".htaccess", "x" * 80 + ".png", "a.png/../../b.html", "shell.php", "con.html", "\u202egnp.exe"]


def offer(field: models.FileField, name: str, content: bytes) -> models.fields.files.FieldFile | str:
    """What the form of the field or its validators say to a file, or the file as it is kept."""
    upload = SimpleUploadedFile(name, content)
    try:
        cleaned = field.formfield().clean(upload)
        record = field.model(**{field.name: cleaned})
        kept = getattr(record, field.name)
        field.clean(kept, record)
        kept.save(kept.name, kept.file, save=False)
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return kept


@pytest.mark.parametrize("field", FIELDS, ids=str)
@pytest.mark.parametrize("kind", REFUSED)
@pytest.mark.parametrize("name", ["a.png", "a.pdf", "a.svg"])
def test_it_is_refused_whatever_its_name_says(field, kind, name):
    assert isinstance(offer(field, name, REFUSED[kind]), str)


@pytest.mark.parametrize("field", FIELDS, ids=str)
@pytest.mark.parametrize("kind", POLYGLOTS)
def test_of_a_picture_that_is_something_else_too_the_picture_is_left(field, kind):
    kept = offer(field, "a.html", POLYGLOTS[kind])
    if isinstance(field, models.ImageField):
        with kept.open() as file:
            content = file.read()
        assert content.startswith(b"RIFF")
        assert not re.search(b"<script|<svg|PK\x03\x04", content)
    elif not isinstance(kept, str):  # a proof of consent, which is sent as a download to staff alone
        assert field.name == "consent_document"


@pytest.mark.parametrize("field", FIELDS, ids=str)
@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_the_name_of_a_file_is_the_portals_own(field, name):
    content = picture(file_format="PNG") if isinstance(field, models.ImageField) else pdf()
    kept = offer(field, name, content)
    assert not isinstance(kept, str)
    assert re.fullmatch(r"[a-z-]+/([a-z-]+/)?[0-9A-Za-z_-]+\.(webp|pdf)", kept.name)
