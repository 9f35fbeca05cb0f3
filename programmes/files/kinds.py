"""The kinds of files that materials may be."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

OOXML = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."


@dataclass(frozen=True)
class Kind:
    """A kind of file: its extension, its media type, and what people call it."""

    extension: str
    media_type: str
    label: str


KINDS = {
    kind.extension: kind
    for kind in [
        Kind("pdf", "application/pdf", "PDF"),
        Kind("docx", f"{OOXML}wordprocessingml.document", "Word"),
        Kind("pptx", f"{OOXML}presentationml.presentation", "PowerPoint"),
        Kind("xlsx", f"{OOXML}spreadsheetml.sheet", "Excel"),
        Kind("odt", f"{ODF}text", _("OpenDocument text")),
        Kind("odp", f"{ODF}presentation", _("OpenDocument slides")),
        Kind("ods", f"{ODF}spreadsheet", _("OpenDocument table")),
        Kind("zip", "application/zip", "ZIP"),
    ]
}


def kind_of_name(name: str) -> Kind | None:
    """The kind that a stored file of this name has; None for other names."""
    return KINDS.get(name.rpartition(".")[2].lower())
