"""Uploaded files, wherever they are stored: those that go into a backup, and those that come out of one."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile

from django.core.files import File
from django.core.files.storage import Storage, default_storage, storages

from backup.archive import CHUNK
from backup.archive.reading import Content
from backup.archive.writing import Member
from backup.faults import BackupError, DamagedError
from publishing.passing_files import FOLDER as PASSING


def stores() -> dict[str, Storage]:
    """The storages of uploaded files, by the name of their folder in a backup."""
    return {"media": default_storage, "private": storages["private"]}


def members(root: str, storage: Storage, time: float) -> Iterator[Member]:
    """All files of a storage, but those between the preview of an import and the import. One that goes is left out.

    A file never changes once its record is saved: every upload gets a new name, every rendition of a picture a new
    file. One that grows is an upload whose record comes after the snapshot. `time` is that of the members in seconds.
    """
    for name in _names(storage, ""):
        if root == "media" and name.startswith(f"{PASSING}/"):
            continue
        try:
            file = storage.open(name)
            size = file.size
        except FileNotFoundError:
            continue
        with file:
            yield Member(f"{root}/{name}", size, _content(file, name, size), time=time)


def _names(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:  # nobody has uploaded anything yet
        return
    for name in sorted(filter(None, names)):
        yield f"{folder}{name}"
    for name in sorted(filter(None, folders)):
        yield from _names(storage, f"{folder}{name}/")


def _content(file: File, name: str, size: int) -> Iterator[bytes]:
    while size:
        piece = file.read(min(CHUNK, size))
        if not piece:
            raise BackupError(f"{name} became shorter while it was read. Run the backup again.")
        size -= len(piece)
        yield piece


def place_of(name: str) -> tuple[str, str]:
    """Where a member belongs: the folder, and the name in its storage. Raises DamagedError where there is no place."""
    root, _slash, rest = name.partition("/")
    path = PurePosixPath(rest)
    if root not in stores() or not path.parts or path.is_absolute() or {".", ".."} & set(rest.split("/")):
        raise DamagedError(f"{name!r} has no place in a portal.")
    return root, str(path)


def restore(content: Content, into: dict[str, Storage]) -> None:
    """Put a file in its place; one that is there already, as from a restore broken off, is replaced."""
    root, name = place_of(content.name)
    with SpooledTemporaryFile(max_size=CHUNK) as whole:
        for piece in content.pieces():
            whole.write(piece)
        whole.seek(0)
        into[root].delete(name)
        stored = into[root].save(name, File(whole, name=name))
    if stored != name:
        into[root].delete(stored)
        raise BackupError(f"The file {name} cannot be stored under its name. Is something else writing there?")
