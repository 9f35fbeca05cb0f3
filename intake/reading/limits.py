"""How much the reader takes on."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from intake.reading.errors import Unreadable

MOST_BYTES = 10 * 1024**2  # of a file
MOST_CHARACTERS = 2 * 1024**2  # of a text; an article has some twenty thousand


def check_file(data: bytes) -> None:
    if len(data) > MOST_BYTES:
        raise Unreadable(
            format_lazy(
                _("The file has more than {most} MB. Copy the text of the article into the text field instead."),
                most=MOST_BYTES // 1024**2,
            )
        )


def check_text(text: str) -> None:
    """Refuse a text that is too long, or in which there is nothing to read."""
    if len(text) > MOST_CHARACTERS:
        raise Unreadable(
            format_lazy(
                _("The text has more than {most} million characters, far more than an article. Give one article only."),
                most=MOST_CHARACTERS // 1024**2,
            )
        )
    if not text.strip():
        raise Unreadable(
            _("There is no text in it. If the article is a picture or a scan, type it or have its text recognised.")
        )
