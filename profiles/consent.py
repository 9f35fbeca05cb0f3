"""What a person agreed to, and the document that proves it."""

from functools import partial

import filetype
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.fields.files import FieldFile
from django.db.models.signals import post_delete
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing.images import RandomName
from publishing.private_files import private_storage

LARGEST_DOCUMENT = 10 * 1024 * 1024  # bytes
# What a document may be, as its first bytes tell, and the extension that it is stored with; its name does not count.
DOCUMENT_TYPES = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


class ConsentScope(models.TextChoices):
    """How much of a person may be shown."""

    TEXT = "text", _("Text only: no portrait, no photos")
    PICTURES = "pictures", _("Text and pictures")
    REUSE = "reuse", _("Text and pictures, also as open data that others may use")


def document_type(file) -> str | None:
    """The media type of the file by its content, one of `DOCUMENT_TYPES`; None for any other."""
    file.seek(0)
    kind = filetype.guess(file.read(261))  # what the library looks at
    file.seek(0)
    return kind.mime if kind and kind.mime in DOCUMENT_TYPES else None


def validate_document(file: FieldFile) -> None:
    """Refuse what is no document that proves a consent, or too large to be one."""
    if file._committed:  # it was looked at when it was uploaded
        return
    if file.size > LARGEST_DOCUMENT:
        raise ValidationError(_("This file is larger than 10 MB. Scan it in a lower quality and upload it again."))
    if document_type(file.file) is None:
        raise ValidationError(
            _("This file is neither a PDF nor a JPEG or PNG picture. Save a letter or an e-mail as PDF first.")
        )


class ConsentDocumentFile(FieldFile):
    """A stored document; its address is one of the admin, for those who may see it."""

    @property
    def url(self) -> str:
        self._require_file()
        return reverse("privacy:consent-document", args=[self.instance.pk])

    def save(self, name, content, save=True):
        """Store `content` with the extension of what it is."""
        extension = DOCUMENT_TYPES.get(document_type(content), "bin")
        super().save(f"document.{extension}", content, save)


class ConsentDocumentField(models.FileField):
    """File field for the proof of a consent: private, checked by its content, and deleted with its record."""

    attr_class = ConsentDocumentFile

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("upload_to", RandomName("consent"))
        kwargs.setdefault("storage", private_storage)
        kwargs.setdefault("validators", [validate_document])
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, **kwargs)
        post_delete.connect(self.forget, sender=cls)

    def forget(self, instance, **kwargs) -> None:
        """Delete the document of a deleted record."""
        if file := getattr(instance, self.attname):
            transaction.on_commit(partial(file.storage.delete, file.name), robust=True)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for own in ("upload_to", "storage", "validators"):
            kwargs.pop(own, None)
        return name, path, args, kwargs
