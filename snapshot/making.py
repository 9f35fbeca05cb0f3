"""Makes a snapshot: asks for every public page, following the links, and puts the answers into files."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryFile

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language_info, override

from snapshot.addresses import INDEX, Scope, address_of, within
from snapshot.asking import Answer, Portal
from snapshot.faults import SnapshotError
from snapshot.folder import PIECE, Folder
from snapshot.manifest import SUMS, Manifest, Origin
from snapshot.names import Names
from snapshot.rewriting import links_of, turned_html

HTML = "text/html"
READ = (HTML, "text/css", "application/xml", "application/manifest+json")  # in which links are looked for
WELL_KNOWN = ("/robots.txt", "/favicon.ico", "/site.webmanifest", "/sitemap.xml")
PAGES = ("", "about-this-copy/", "data/", "feeds/", "feed/", "planned.ics")  # beginnings, in each language
DATA = ("/data/bundle.zip", "/data/datapackage.json", "/data/iati-activities.xml")


@dataclass
class Outcome:
    """What was done. Of `broken` pages, which the portal could not make, the older files stay."""

    files: int = 0
    written: int = 0
    deleted: int = 0
    is_new: bool = True
    broken: list[str] = field(default_factory=list)


class _Waiting:
    """Addresses in a queue that is a file: there may be very many."""

    def __init__(self, file):
        self._file, self._at = file, 0

    def add(self, address: str) -> None:
        self._file.seek(0, 2)
        self._file.write(f"{address}\n".encode())

    def __iter__(self) -> Iterator[str]:
        while True:
            self._file.seek(self._at)
            line = self._file.readline()
            if not line:
                return
            self._at += len(line)
            yield line.decode().rstrip("\n")


def make(path: Path, address: str, scope: Scope, told: Callable[[str], object] = lambda line: None) -> Outcome:
    """Bring the folder at `path` up to what the portal at the public `address` shows now.

    Where nothing can be different since the last time, nothing is asked. `told` hears how far it is. Raises
    SnapshotError, and then deletes nothing.
    """
    folder = Folder(path)
    with folder.locked():
        begun = timezone.now()
        origin = Origin.of_now(address, scope)
        before = Manifest.read(path)
        if before and before.origin == origin:
            return Outcome(files=before.files, is_new=False)
        # Whoever finds this knows that the folder may be half of the one and half of the other.
        folder.note_down(Manifest(begun.isoformat()))
        copying = _Copying(folder, scope, Portal(address, begun), told)
        sums = copying.all()
        folder.tidy()
        # Last: who is killed before it does all of it again, also the deleting.
        if not copying.broken:
            folder.note_down(Manifest(begun.isoformat(), origin, folder.files, sums))
    return Outcome(folder.files, folder.written, folder.deleted, broken=copying.broken)


class _Copying:
    def __init__(self, folder: Folder, scope: Scope, portal: Portal, told: Callable[[str], object]):
        self.folder, self.scope, self.portal, self.told = folder, scope, portal, told
        self.broken: list[str] = []
        self.asked = Names()  # files whose address was asked for, whatever came of it

    def all(self) -> str:
        """Put everything; the SHA-256 of the list of all files with theirs."""
        with TemporaryFile() as queue, TemporaryFile() as self.sums:
            waiting = _Waiting(queue)
            self._note(INDEX, self.folder.put(INDEX, [self._choice_of_languages()]))
            for address in self._beginnings():
                self._wait(address, waiting)
            for number, address in enumerate(waiting, 1):
                for link in self._copied(address):
                    self._wait(link, waiting)
                if number % 1000 == 0:
                    self.told(f"{number} addresses, {self.folder.written} files written")
            self.sums.seek(0)
            return self.folder.put(SUMS, iter(lambda: self.sums.read(PIECE), b""))

    def _beginnings(self) -> Iterator[str]:
        for code in self.scope.languages:
            yield from (f"/{code}/{page}" for page in PAGES)
        yield from WELL_KNOWN
        if self.scope.data:
            yield from DATA

    def _wait(self, address: str, waiting: _Waiting) -> None:
        file = self.scope.file_of(address)
        if file is not None and file not in self.asked:
            self.asked.add(file)
            waiting.add(address)

    def _note(self, name: str, digest: str) -> None:
        self.sums.write(f"{digest}  {name}\n".encode())

    def _copied(self, address: str) -> Iterable[str]:
        """Put what is at the address; the links that stand there."""
        name = self.scope.file_of(address)
        answer = self.portal.ask(address)
        try:
            if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                self.broken.append(address)
                return self._left_as_it_was(address, name)
            if answer.status != HTTPStatus.OK:
                return self._not_there(address, answer)
            if answer.media_type in READ:
                return self._put_text(address, name, answer)
            digest = self.folder.put_file(name, answer.file) if answer.file else self.folder.put(name, answer.pieces)
            self._note(name, digest)
            return []
        finally:
            answer.close()

    def _left_as_it_was(self, address: str, name: str) -> list[str]:
        """Keep the older file, if there is one; the links that stand there, so that it leads on."""
        self.folder.keep(name)
        older = self.folder.path / name
        if older.suffix != ".html" or not older.is_file():
            return []
        places = [within(link, address) for link in links_of(older.read_text(), HTML)]
        return [address_of(place) for place in places if place]

    def _not_there(self, address: str, answer: Answer) -> list[str]:
        """It was hidden since its link was read, or leads elsewhere; unless it is what is always there."""
        if address.startswith(settings.STATIC_URL):
            raise SnapshotError(f"The file {address} is not there: run `manage.py collectstatic` first.")
        if address == f"/{self.scope.languages[0]}/":
            raise SnapshotError(
                f"The portal answers {answer.status} {answer.location} for its home page. Is its public address right, "
                "is its host in ALLOWED_HOSTS, and does it speak HTTPS as HTTPS says?"
            )
        if address == "/favicon.ico" and answer.location:
            self._put_under("favicon.ico", answer.location)
        return []

    def _put_under(self, name: str, address: str) -> None:
        answer = self.portal.ask(address)
        if answer.status == HTTPStatus.OK:
            self._note(name, self.folder.put(name, answer.pieces))
        answer.close()

    def _put_text(self, address: str, name: str, answer: Answer) -> list[str]:
        content = b"".join(answer.pieces)
        text = content.decode()
        links = [place for link in links_of(text, answer.media_type) if (place := self._place(link, address))]
        if answer.media_type == HTML:
            content = turned_html(text, lambda link: self._turned(link, address)).encode()
        self._note(name, self.folder.put(name, [content]))
        return links

    def _place(self, link: str, page: str) -> str | None:
        """Where a link leads on the portal. Those of a sitemap are whole addresses."""
        return within(link.removeprefix(self.portal.address), page)

    def _turned(self, link: str, page: str) -> str:
        """The link as it stands in the snapshot: to a file there, or to the portal where the snapshot has none."""
        if link.startswith("#"):
            return link
        place = within(link, page)
        if place is None:
            return link
        _, sign, fragment = link.partition("#")
        return (self.scope.link_to(place) or self.portal.address + place) + sign + fragment

    def _choice_of_languages(self) -> bytes:
        """The page at the root, where the portal itself looks at the languages of the browser."""
        languages = [{"code": code, **get_language_info(code)} for code in self.scope.languages]
        with override(self.scope.languages[0]):
            return render_to_string("snapshot/languages.html", {"languages": languages}).encode()
