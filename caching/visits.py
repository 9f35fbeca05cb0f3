"""Which requests are for a page that is the same for everybody, and which of these are the same question.

It is asked for each request, before there is a request object: from the WSGI environment alone (PEP 3333).
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import SuspiciousOperation, TooManyFieldsSent
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, OperationalError, connections
from django.http import QueryDict, parse_cookie
from django.middleware.gzip import re_accepts_gzip
from django.utils import timezone

from opendata.conditional import etag_of, last_modified_of
from opendata.copies import COPY
from opendata.release import fingerprint
from opendata.versions import Version, current
from publishing.previewing import DRAFT, PARAMETER

READING = ("GET", "HEAD")
PATH = 5  # where it is in a key
LONGEST = 2000  # characters of what tells one question from another
# By what answers may differ, as the key covers it. Of Origin: requests that have one are not answered from the store.
COVERED = {"accept-encoding", "cookie", "hx-request", "hx-target", "hx-history-restore-request", "origin"}
# What no visitor of a page sends, and what would be another question or ask for another kind of answer. htmx marks
# values that it had to encode; those that the portal sends are plain.
UNUSUAL = {"HTTP_RANGE", "HTTP_ORIGIN", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_HX_REQUEST_URI_AUTOENCODED"}
UNUSUAL |= {"HTTP_HX_TARGET_URI_AUTOENCODED", "HTTP_HX_HISTORY_RESTORE_REQUEST_URI_AUTOENCODED", COPY}


@cache
def _pages() -> re.Pattern:
    """The paths of pages, feeds and calendars. Lists to download end in other ways; they are streams."""
    languages = "|".join(re.escape(code) for code, _name in settings.LANGUAGES)
    return re.compile(rf"/(?:(?:{languages})/[A-Za-z0-9_/-]*(?:\.ics)?|robots\.txt|sitemap(?:-[a-z]+)?\.xml)")


def is_for_page(environ: dict) -> bool:
    """Whether somebody wants to read a page, feed or calendar, or what search engines read first."""
    return environ["REQUEST_METHOD"] in READING and bool(_pages().fullmatch(environ.get("PATH_INFO", "")))


def is_personal(environ: dict) -> bool:
    """Whether the answer may be for this visitor alone: somebody signed in, or sent a preview.

    In doubt it is: a cookie that only has the name of the session's in its value makes a request personal too.
    """
    if settings.SESSION_COOKIE_NAME in environ.get("HTTP_COOKIE", ""):
        return True
    return "HTTP_AUTHORIZATION" in environ or _asks_for_preview(environ.get("QUERY_STRING", ""))


def _asks_for_preview(query: str) -> bool:
    if not query:
        return False
    readable = unquote(query)
    if PARAMETER not in readable and DRAFT not in readable:
        return False
    try:
        names = QueryDict(query)
    except (SuspiciousOperation, TooManyFieldsSent):
        return True
    return PARAMETER in names or DRAFT in names


@dataclass
class Visit:
    """A question for a page at a moment: `key` tells it from other questions, the rest says of which moment."""

    key: tuple
    version: Version
    day: date

    @cached_property
    def stamp(self) -> str:
        """What the answer follows from besides the question: content, day and program."""
        return f"{self.version.token} {self.day} {fingerprint()}"

    @cached_property
    def etag(self) -> str:
        return etag_of(self.version, self.day, *self.key)

    @property
    def last_modified(self) -> int | None:
        """In seconds since 1970; None where it cannot be told."""
        return last_modified_of(self.version, self.day)

    @property
    def covered(self) -> set[str]:
        """The request headers by which answers to the question may differ, in lower case."""
        return COVERED | (set() if _says_language(self.key[PATH]) else {"accept-language"})

    @classmethod
    def of(cls, environ: dict) -> "Visit | None":
        """The visit to a page that is for everybody; None where the answer cannot be kept."""
        key = _key(environ)
        if key is None:
            return None
        version = _version()
        return version and cls(key, version, timezone.localdate())


def _key(environ: dict) -> tuple | None:
    if not UNUSUAL.isdisjoint(environ):
        return None
    path = environ.get("PATH_INFO", "")
    texts = (
        _scheme(environ),
        environ.get("HTTP_HOST", ""),
        environ.get("HTTP_X_FORWARDED_HOST") if settings.USE_X_FORWARDED_HOST else None,
        environ.get("HTTP_X_FORWARDED_PORT") if settings.USE_X_FORWARDED_PORT else environ.get("SERVER_PORT"),
        environ.get("SCRIPT_NAME", ""),
        path,
        environ.get("QUERY_STRING", ""),
        environ.get("HTTP_HX_REQUEST"),
        environ.get("HTTP_HX_TARGET"),
        environ.get("HTTP_HX_HISTORY_RESTORE_REQUEST"),
        *_language(environ, path),
    )
    if sum(map(len, filter(None, texts))) > LONGEST:
        return None
    return (*texts, re_accepts_gzip.search(environ.get("HTTP_ACCEPT_ENCODING", "")) is not None)


def _scheme(environ: dict) -> str | None:
    """What tells Django whether the visitor came by HTTPS."""
    header = settings.SECURE_PROXY_SSL_HEADER
    told = environ.get(header[0]) if header else None
    return environ["wsgi.url_scheme"] if told is None else told


def _language(environ: dict, path: str) -> tuple:
    """What Django chooses a language by, where the path does not say it."""
    if _says_language(path):
        return ()
    cookie = parse_cookie(environ.get("HTTP_COOKIE", "")).get(settings.LANGUAGE_COOKIE_NAME)
    return environ.get("HTTP_ACCEPT_LANGUAGE"), cookie


def _says_language(path: str) -> bool:
    return not path.startswith(("/robots.txt", "/sitemap"))


def _version() -> Version | None:
    """The version of the content in the primary database; None where it does not answer.

    The question takes the place of the one by which Django finds out whether a connection is still alive.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    connection.health_check_done = True
    try:
        return current()
    except (InterfaceError, OperationalError):
        if connection.in_atomic_block:
            raise
        connection.close()
    except DatabaseError:  # a table is missing: what that means others say
        return None
    try:
        return current()
    except DatabaseError:
        return None
