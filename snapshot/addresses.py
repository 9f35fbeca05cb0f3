"""Which addresses of the portal are in a snapshot, in which files, and how links lead to them.

The list at `/en/programmes/?country=PE` is the file `en/programmes/~country=PE/index.html`: servers of files look at
the path alone. deploy/nginx.conf and deploy/container/Caddyfile know these rules, too; `tests/snapshot` holds them to
them.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings

# What a list may be asked for in a snapshot, one at a time: a value of a facet, or a page.
PARAMETERS = ("country", "region", "programme", "profile", "organisation")
PARAMETERS += ("kind", "sector", "topic", "language", "status", "page")
QUERY = re.compile(rf"(?:{'|'.join(PARAMETERS)})=[A-Za-z0-9_-]{{1,100}}")
FEED = r"(?:feed|countries/[a-z]{2}/feed|programmes/[\w-]+/feed|series/[\w-]+/feed)/"
DATA = r"data/[\w.-]+\.(?:zip|json|csv|xml)"
LIST_AS_FILE = r"[a-z]+\.(?:csv|xlsx|json|geojson)"
FIRST_PAGE = "page=1"
INDEX = "index.html"


def within(address: str, page: str) -> str | None:
    """The path and query to which the link `address` on the page at `page` leads; None where that is another site.

    An address that says its host is another site's, also if it is the portal's own: canonical addresses and those in
    feeds mean the portal and not its copy.
    """
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    joined = urlsplit(urljoin(page, address))
    return f"{joined.path}?{joined.query}" if joined.query else joined.path


def address_of(link: str) -> str:
    """The portal's own address of what the `link` of a snapshot leads to: the way back from `Scope.link_to`."""
    path, _, query = link.partition("~")
    return f"{path}?{query.removesuffix('.xml').removesuffix('/')}" if query else path.removesuffix("index.xml")


@dataclass(frozen=True)
class Scope:
    """What is in a snapshot: the pages in these `languages`; with `data` also the data package and whole lists."""

    languages: tuple[str, ...]
    data: bool = False

    def file_of(self, address: str) -> str | None:
        """The file, relative to the snapshot's folder, for a path with its query; None where it is in no snapshot."""
        path, _, query = address.partition("?")
        path = unquote(path)
        if "/../" in path or "//" in path or "\x00" in path or "~" in path:
            return None
        name = path.removeprefix("/")
        if self._pages.fullmatch(path):
            if query in ("", FIRST_PAGE):
                return name + INDEX
            return f"{name}~{query}/{INDEX}" if QUERY.fullmatch(query) else None
        if re.fullmatch(r"/sitemap-[a-z]+\.xml", path) and re.fullmatch(r"p=\d+", query):
            return name if query == "p=1" else f"{name}~{query}.xml"
        if query:
            return None
        if self._feeds.fullmatch(path):
            return f"{name}index.xml"
        return name if self._files.fullmatch(path) else None

    def link_to(self, address: str) -> str | None:
        """How pages of the snapshot name the address: by the path that a server of files finds it under."""
        file = self.file_of(address)
        return None if file is None else f"/{file.removesuffix(INDEX)}"

    @cached_property
    def _in_language(self) -> str:
        return f"/(?:{'|'.join(re.escape(code) for code in self.languages)})/"

    @cached_property
    def _feeds(self) -> re.Pattern:
        return re.compile(self._in_language + FEED)

    @cached_property
    def _pages(self) -> re.Pattern:
        return re.compile(rf"{self._in_language}(?!search/|{FEED}$)(?:[\w-]+/)*")

    @cached_property
    def _files(self) -> re.Pattern:
        files = [re.escape(prefix) + ".+[^/]" for prefix in (settings.STATIC_URL, settings.MEDIA_URL)]
        files += [self._in_language + r"(?:[\w-]+/)*planned\.ics"]
        files += [r"/robots\.txt", r"/favicon\.ico", r"/site\.webmanifest", r"/sitemap(?:-[a-z]+)?\.xml"]
        if self.data:
            files += [f"/{DATA}", self._in_language + LIST_AS_FILE]
        return re.compile("|".join(f"(?:{file})" for file in files))
