"""Which request a thread is answering, so that every line of the log, and every report of an error, can say it."""

import re
from contextvars import ContextVar
from secrets import token_hex
from typing import NamedTuple

from django.conf import settings

_WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{8,64}")


class Asked(NamedTuple):
    """A request without what may be confidential in it: no query string, no headers."""

    request_id: str
    method: str
    path: str  # as WSGI has it: bytes in the guise of Latin-1

    @classmethod
    def of(cls, environ: dict) -> "Asked":
        """The request in a WSGI environment, under the number that our own proxy gave it, or a new one."""
        return cls(_number(environ), environ["REQUEST_METHOD"], environ.get("PATH_INFO", ""))

    @property
    def readable_path(self) -> str:
        return self.path.encode("latin-1", "replace").decode("utf-8", "replace")


# It stays when the answer is sent, until the thread's next request: rows of a download are logged while it is sent.
current: ContextVar[Asked | None] = ContextVar("current", default=None)


def _number(environ: dict) -> str:
    given = environ.get("HTTP_X_REQUEST_ID")
    if given and settings.BEHIND_PROXY and _WELL_FORMED.fullmatch(given):
        return given
    return token_hex(16)
