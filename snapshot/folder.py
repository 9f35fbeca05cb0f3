"""The folder of a snapshot: files that appear whole, stay untouched where they are right, and go with their page."""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from snapshot import manifest
from snapshot.faults import BusyError, SnapshotError
from snapshot.names import Names

PART = ".snapshot-part"  # how the name of a file ends that is being written
PIECE = 1024 * 1024


class Folder:
    """Written to by one process at a time. What has been put since it was opened, `tidy()` leaves there; no more.

    Of each file only a few bytes are remembered, so that very many take little memory.
    """

    def __init__(self, path: Path):
        self.path = path
        self.files = self.written = self.deleted = 0
        self._kept = Names()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Raises BusyError where another process has the folder; SnapshotError where it holds something else.

        What is written within may be read by everybody, as by the proxy, whatever the portal's own files may.
        """
        mask = os.umask(0o022)
        try:
            with self._held():
                yield
        finally:
            os.umask(mask)

    @contextmanager
    def _held(self) -> Iterator[None]:
        self.path.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise BusyError(f"Another process is writing into {self.path}.") from error
            if manifest.Manifest.read(self.path) is None and self._has_something():
                raise SnapshotError(f"In {self.path} is something else than a snapshot. Name an empty folder.")
            yield
        finally:
            os.close(handle)

    def keep(self, name: str) -> None:
        """Leave the file as it is, if there is one."""
        self._kept.add(name)

    def put(self, name: str, pieces: Iterable[bytes]) -> str:
        """Write the `pieces` into the file, unless it has just these; their SHA-256."""
        with self._part(name) as (path, part):
            digest = sha256()
            with part.open("wb") as file:
                for piece in pieces:
                    digest.update(piece)
                    file.write(piece)
            self._take(path, part)
        return digest.hexdigest()

    def put_file(self, name: str, source: Path) -> str:
        """The same of the file `source`: the very file under another name where that can be, else a copy."""
        path = self.path / name
        if path.exists() and path.samefile(source):
            self._note(name)
        else:
            with self._part(name) as (path, part):
                part.unlink(missing_ok=True)
                try:
                    os.link(source, part)
                except OSError:  # on another disk, of another user, or a file system without links
                    with source.open("rb") as file, part.open("wb") as copy:
                        while piece := file.read(PIECE):
                            copy.write(piece)
                self._take(path, part)
        with path.open("rb") as file:
            digest = sha256()
            while piece := file.read(PIECE):
                digest.update(piece)
        return digest.hexdigest()

    def note_down(self, found: manifest.Manifest) -> None:
        """Write the manifest. It is no file of the snapshot's own."""
        part = self.path / f".{manifest.NAME}{PART}"
        with part.open("wb") as file:
            file.write(found.as_bytes())
            file.flush()
            os.fsync(file.fileno())
        part.replace(self.path / manifest.NAME)
        self.keep(manifest.NAME)

    def tidy(self) -> None:
        """Delete what was not put or kept, and folders in which nothing is left."""
        for folder, folders, files in os.walk(self.path, topdown=False):
            for name in files:
                path = Path(folder, name)
                if str(path.relative_to(self.path)) not in self._kept:
                    path.unlink()
                    self.deleted += not name.endswith(PART)
            for name in folders:
                with suppress(OSError):  # something is in it
                    Path(folder, name).rmdir()

    @contextmanager
    def _part(self, name: str) -> Iterator[tuple[Path, Path]]:
        """The path of the file, and of the one beside it that is written first."""
        path = self.path / name
        self._make_room(path.parent)
        part = path.with_name(f".{path.name}{PART}")
        try:
            yield path, part
        finally:
            part.unlink(missing_ok=True)
        self._note(name)

    def _take(self, path: Path, part: Path) -> None:
        if path.is_file() and _same(path, part):
            return
        if path.is_dir():
            _remove(path)
        part.replace(path)
        self.written += 1

    def _note(self, name: str) -> None:
        self.files += 1
        self.keep(name)

    def _make_room(self, folder: Path) -> None:
        """The folder, also where an older snapshot had a file of its name."""
        for place in (folder, *folder.parents):
            if place == self.path:
                break
            if place.is_file():
                place.unlink()
        folder.mkdir(parents=True, exist_ok=True)

    def _has_something(self) -> bool:
        return any(not name.endswith(PART) for name in os.listdir(self.path))


def _remove(folder: Path) -> None:
    for path in folder.iterdir():
        _remove(path) if path.is_dir() else path.unlink()
    folder.rmdir()


def _same(one: Path, other: Path) -> bool:
    if one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as first, other.open("rb") as second:
        while piece := first.read(PIECE):
            if piece != second.read(PIECE):
                return False
    return True
