"""Why a file is refused, and what to do about it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

UNKNOWN = _(
    "Files of this kind cannot be materials. Upload a PDF, a document of Word, PowerPoint, Excel or "
    "OpenDocument (docx, pptx, xlsx, odt, odp, ods), or a ZIP file of such."
)
OLD_OFFICE = _(
    "This is a document in the old format of Office (doc, xls, ppt). Open it and save it as docx, xlsx, pptx or PDF, "
    "then upload that."
)
ENCRYPTED = _("This file is protected by a password. Save it without a password and upload it again.")
DAMAGED = _("This file is damaged or not complete. Open it, save it anew and upload it again.")
MACROS = _("This document contains macros (programs). Save it without macros, or as PDF, and upload it again.")
LINKED = _(
    "This document loads parts of itself from elsewhere when it is opened. Remove linked objects and templates, or "
    "save it as PDF, and upload it again."
)
PDF_PROGRAM = _("This PDF contains a program that runs when it is opened. Print it to a new PDF and upload that.")
PDF_FILES = _("This PDF contains other files. Save it without attachments and upload them as materials of their own.")
BOMB = _("This file unpacks to far more than it should. Save it anew with less in it and upload it again.")
BAD_PATH = _("This ZIP file holds “%(name)s”, which would be unpacked to a place outside it. Pack it anew.")
NOT_IN_ZIP = _(
    "This ZIP file holds “%(name)s”. Only documents, texts, pictures, sound and films may be in it: take the rest out "
    "and pack it anew."
)
IN_ZIP = _("In this ZIP file, “%(name)s”: %(reason)s")


def refused(message, **params) -> ValidationError:
    """The error that refuses a file with `message`."""
    return ValidationError(message, params=params or None)
