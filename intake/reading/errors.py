"""What the reader says when it cannot read."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Unreadable(Exception):  # noqa: N818 - the project's word for it
    """The file or text cannot be read; `message` says why and what to do, in the language in which it is shown."""

    def __init__(self, message: str | Promise):
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


def damaged() -> Unreadable:
    return Unreadable(_("The document is damaged. Open it, save it anew as .docx, and give that."))
