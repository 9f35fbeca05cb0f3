"""How much the reader takes on."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from intake.reading.errors import Unreadable

MOST_BYTES = 10 * 1024**2  # of a file
# Of a text. An article has some 3,000 words in some 100 lines; the steps after this take time in proportion to both.
MOST_CHARACTERS = 200_000
MOST_WORDS = 40_000
MOST_LINES = 3_000


def check_file(data: bytes) -> None:
    if len(data) > MOST_BYTES:
        raise Unreadable(
            format_lazy(
                _("The file has more than {most} MB. Copy the text of the article into the text field instead."),
                most=MOST_BYTES // 1024**2,
            )
        )


def check_text(text: str) -> None:
    """Refuse a text that is no article by its length, or in which there is nothing to read."""
    if (
        len(text) > MOST_CHARACTERS
        or len(text.split()) > MOST_WORDS
        or sum(1 for line in text.split("\n") if line and not line.isspace()) > MOST_LINES
    ):
        raise Unreadable(_("The text is far longer than an article. Give one article only."))
    if not text.strip():
        raise Unreadable(
            _("There is no text in it. If the article is a picture or a scan, type it or have its text recognised.")
        )
