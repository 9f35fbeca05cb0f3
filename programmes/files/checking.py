"""Tells what a file is by what is in it, and refuses what cannot be offered to the public."""

from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _

from programmes.files import messages
from programmes.files.kinds import KINDS, Kind
from programmes.files.messages import refused
from programmes.files.packed import Allowance, check_packed
from programmes.files.pdf import HEAD, check_pdf

MEGABYTE = 1024 * 1024
ZIP_HEAD = b"PK\x03\x04"
OLD_OFFICE_HEAD = bytes.fromhex("d0cf11e0a1b11ae1")
# Documents of Office with a password are in a file of the old format, which names this part in UTF-16.
ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")


def check_material(file: File) -> Kind:
    """The kind of the file, which is read to its end.

    Raises ValidationError, saying what to do, when it is too large, of another kind, damaged, protected by a password,
    or does more than being read.
    """
    if file.size > settings.MATERIAL_MAX_MB * MEGABYTE:
        raise ValidationError(
            _("This file is larger than %(megabytes)d MB. Make it smaller, or put it elsewhere and give its link."),
            params={"megabytes": settings.MATERIAL_MAX_MB},
        )
    allowance = Allowance()
    return _check(file, allowance, inside=lambda document: _check(document, allowance, inside=None))


def _check(file: BinaryIO | File, allowance: Allowance, inside) -> Kind:
    """The kind of the file; `inside` checks the documents in a ZIP file, where it may be one."""
    file.seek(0)
    head = file.read(1024)
    file.seek(0)
    try:
        if head.startswith(ZIP_HEAD):
            return check_packed(file, allowance, inside)
        if HEAD.match(head):
            check_pdf(file.read())
            return KINDS["pdf"]
        if head.startswith(OLD_OFFICE_HEAD):
            raise refused(messages.ENCRYPTED if ENCRYPTED_PART in file.read() else messages.OLD_OFFICE)
        raise refused(messages.UNKNOWN)
    finally:
        file.seek(0)
