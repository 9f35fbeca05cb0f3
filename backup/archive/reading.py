"""Reads the archive from its beginning to its end, and believes nothing of it that a checksum does not bear out."""

import tarfile
from collections.abc import Iterator
from hashlib import sha256
from tempfile import TemporaryFile
from typing import BinaryIO

from backup.archive import CHUNK, SUMS, TRAILER
from backup.archive.writing import line_of
from backup.faults import DamagedError


class _Whole:
    """The archive without the checksum behind it. `finish` compares that."""

    def __init__(self, file: BinaryIO):
        self._file, self._digest = file, sha256()
        self._ahead = file.read(TRAILER)  # what may be the checksum, as long as nothing comes after it

    def read(self, size: int) -> bytes:
        read = self._ahead + self._file.read(size)
        piece, self._ahead = read[:-TRAILER], read[-TRAILER:]
        self._digest.update(piece)
        return piece

    def finish(self) -> str:
        """Read what is left; answers the checksum of the whole. Raises DamagedError."""
        while self.read(CHUNK):
            pass
        whole = self._digest.hexdigest()
        if self._ahead != f"{whole}\n".encode():
            raise DamagedError("It is cut off or changed: the checksum of the whole is another one.")
        return whole


class Content:
    """The content of a member, to be read once."""

    def __init__(self, name: str, size: int, file: BinaryIO):
        self.name, self.size = name, size
        self._file, self._left, self.digest = file, size, sha256()

    def pieces(self) -> Iterator[bytes]:
        """Raises DamagedError where it ends too early."""
        while self._left:
            try:
                piece = self._file.read(min(CHUNK, self._left))
            except tarfile.TarError:  # it says so where it comes to the end
                piece = b""
            if not piece:
                raise DamagedError(f"It is cut off within {self.name}.")
            self._left -= len(piece)
            self.digest.update(piece)
            yield piece

    def read(self, at_most: int) -> bytes:
        """All of it. Raises DamagedError where it says to be larger than `at_most` bytes."""
        if self.size > at_most:
            raise DamagedError(f"{self.name} says that it has {self.size} bytes.")
        return b"".join(self.pieces())


def members(file: BinaryIO) -> Iterator[Content]:
    """The members of an archive in turn, but SHA256SUMS. Whatever the caller leaves of one is read.

    Raises DamagedError, at the latest after the last one: until then nothing that was read is certain.
    """
    whole = _Whole(file)
    try:
        tar = tarfile.open(mode="r|", fileobj=whole, bufsize=CHUNK)  # noqa: SIM115 - closed below
    except tarfile.TarError as error:
        raise DamagedError(f"It is no backup: {error}") from error
    with tar, TemporaryFile() as sums:
        yield from _members(tar, sums)
    whole.finish()


def _members(tar: tarfile.TarFile, sums: BinaryIO) -> Iterator[Content]:
    while header := _next(tar):
        if not header.isreg():
            raise DamagedError(f"{header.name} is no file.")
        content = Content(header.name, header.size, tar.extractfile(header))
        if content.name == SUMS:
            _compare(content, sums)
            return
        yield content
        for _piece in content.pieces():
            pass
        sums.write(line_of(content.digest.hexdigest(), content.name))
    raise DamagedError(f"It is cut off or changed: there is no {SUMS}.")


def _next(tar: tarfile.TarFile) -> tarfile.TarInfo | None:
    try:
        header = tar.next()
    except (tarfile.TarError, ValueError) as error:
        raise DamagedError(f"It is cut off or changed: {error}") from error
    tar.members = []  # or it would keep all of them
    return header


def _compare(told: Content, found: BinaryIO) -> None:
    found.seek(0)
    for piece in told.pieces():
        if found.read(len(piece)) != piece:
            raise DamagedError("It is cut off or changed: checksums of members are other ones.")
    if found.read(1):
        raise DamagedError("It is cut off or changed: members have no checksum.")
