"""The portal, asked in this process: as an anonymous visitor whose browser is at the portal's public address."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponse

from opendata.copies import COPY
from snapshot.faults import SnapshotError


@dataclass
class Answer:
    """What the portal answered. `close()` it."""

    response: HttpResponse

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def media_type(self) -> str:
        return self.response.headers.get("Content-Type", "").partition(";")[0]

    @property
    def location(self) -> str:
        return self.response.headers.get("Location", "")

    @property
    def file(self) -> Path | None:
        """The file that the answer sends, if it is one on this machine."""
        opened = getattr(self.response, "file_to_stream", None)
        name = getattr(opened, "name", None)
        return Path(name) if isinstance(name, str) and Path(name).is_absolute() and Path(name).is_file() else None

    @property
    def pieces(self):
        return self.response.streaming_content if self.response.streaming else [self.response.content]

    def close(self) -> None:
        """Close the file that it sends. Not the response: Django would take that for the end of a visitor's request."""
        if opened := getattr(self.response, "file_to_stream", None):
            opened.close()


class Portal:
    """All middlewares and views, without a server. Kept pages are not touched: neither looked up nor added to."""

    def __init__(self, address: str, moment: datetime):
        """`address` is the public one, as in https://portal.example.org; `moment` is told on the copy's own page."""
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
            raise SnapshotError(f"“{address}” is no address of a portal, as https://portal.example.org is one.")
        self.address = f"{parts.scheme}://{parts.netloc}"
        port = str(parts.port or {"http": 80, "https": 443}[parts.scheme])
        self._environ = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "SERVER_NAME": parts.hostname,
            "SERVER_PORT": port,
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": parts.netloc,
            "HTTP_X_FORWARDED_PROTO": parts.scheme,  # what a proxy of our own would say
            "HTTP_USER_AGENT": "snapshot",
            "wsgi.url_scheme": parts.scheme,
            COPY: moment,
        }
        self._handler = WSGIHandler()

    def ask(self, address: str) -> Answer:
        """What is answered to GET for a path with its query. Raises SnapshotError where the database is gone."""
        path, _, query = address.partition("?")
        environ = self._environ | {
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "wsgi.input": BytesIO(),
        }
        response = self._handler.get_response(WSGIRequest(environ))
        if response.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
            raise SnapshotError(f"{path} cannot be made now: the portal does not reach its database.")
        return Answer(response)
