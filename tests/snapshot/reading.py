"""A snapshot as a plain server of files shows it."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen

import lxml.html


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """What `python -m http.server` does; yields its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def links(page: bytes) -> set[str]:
    tree = lxml.html.document_fromstring(page, parser=lxml.html.HTMLParser(encoding="utf-8"))
    found = set(tree.xpath("//@href | //@src | //@action"))
    for candidates in tree.xpath("//@srcset"):
        found |= {candidate.split()[0] for candidate in candidates.split(",")}
    return found


def walk(site: str) -> tuple[dict[str, bytes], list[tuple[str, str]]]:
    """What every path answers that can be reached from the root; and which do not, each with the page naming it."""
    answers: dict[str, bytes] = {}
    waiting, dead = [("/", "")], []
    while waiting:
        path, said_by = waiting.pop()
        if path in answers:
            continue
        try:
            with urlopen(site + path) as response:  # noqa: S310 - our own server
                answers[path] = response.read()
                is_page = response.headers["Content-Type"] == "text/html"
        except HTTPError:
            dead.append((said_by, path))
            continue
        for link in links(answers[path]) if is_page else ():
            parts = urlsplit(urljoin(site + path, link))
            if parts.netloc == urlsplit(site).netloc:
                waiting.append((parts.path + (f"?{parts.query}" if parts.query else ""), path))
    return answers, dead
