"""A data package to read: a directory, or a ZIP file of one, neither of which is trusted."""

import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from bundle.faults import PackageError

# Against ZIP files that unpack without end. It is read in pieces, so what counts is time.
MOST_BYTES = 50 * 1024**3
MOST_MEMBERS = 1_000_000


class Directory:
    """A package in a directory."""

    def __init__(self, path: Path):
        self.root = path.resolve()

    def size(self, name: str) -> int | None:
        """The length of a member in bytes; None where there is no such member."""
        path = self.root / name
        # A link could lead anywhere on the machine.
        if not path.is_file() or path.is_symlink() or not path.resolve().is_relative_to(self.root):
            return None
        return path.stat().st_size

    def open(self, name: str) -> BinaryIO:
        return (self.root / name).open("rb")


class Archive:
    """A package in a ZIP file. Nothing of it is unpacked to a place that its names could choose."""

    def __init__(self, archive: zipfile.ZipFile):
        self.archive = archive
        members = archive.infolist()
        if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_BYTES:
            raise PackageError([f"The ZIP file would unpack to more than {MOST_BYTES} bytes or {MOST_MEMBERS} files."])
        self.members = {member.filename: member for member in members}
        if len(self.members) < len(members):
            raise PackageError(["The ZIP file has two members of the same name."])
        for member in members:
            kind = stat.S_IFMT(member.external_attr >> 16)
            if member.flag_bits & 1 or kind not in (0, stat.S_IFREG, stat.S_IFDIR):
                raise PackageError([f"{member.filename}: encrypted or no plain file."])

    def size(self, name: str) -> int | None:
        member = self.members.get(name)
        return member.file_size if member else None

    def open(self, name: str) -> BinaryIO:
        return self.archive.open(self.members[name])


Package = Directory | Archive


@contextmanager
def opened(path: Path) -> Iterator[Package]:
    """The package at `path`. Raises PackageError where there is none, and while it is read, where it is broken."""
    if path.is_dir():
        yield Directory(path)
        return
    if not path.exists():
        raise PackageError([f"{path}: there is no such file or directory."])
    try:
        with zipfile.ZipFile(path) as archive:
            yield Archive(archive)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, NotImplementedError, EOFError) as error:
        raise PackageError(
            [f"{path}: this is neither a directory nor a ZIP file that can be read ({error})."]
        ) from error
