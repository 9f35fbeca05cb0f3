"""Writes the archive, piece by piece."""

import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from tempfile import TemporaryFile

from backup.archive import CHUNK, SUMS


@dataclass(frozen=True)
class Member:
    """A member to be written: its name, size in bytes, content in pieces of just that size, and time in seconds."""

    name: str
    size: int
    content: Iterable[bytes]
    time: float = 0.0

    @classmethod
    def of(cls, name: str, content: bytes, time: float) -> "Member":
        return cls(name, len(content), [content], time=time)


def line_of(digest: str, name: str) -> bytes:
    """The line of a member in SHA256SUMS; names of files need not be UTF-8."""
    return f"{digest}  {name}\n".encode(errors="surrogateescape")


def archive(members: Iterable[Member]) -> Iterator[bytes]:
    """The archive of the members with all checksums, in pieces.

    The members are asked for one after the other, so a later one may say what the earlier ones were.
    """
    whole = sha256()
    for piece in _tar(members):
        whole.update(piece)
        yield piece
    yield f"{whole.hexdigest()}\n".encode()


def _tar(members: Iterable[Member]) -> Iterator[bytes]:
    written = 0
    with TemporaryFile() as sums:
        for member in members:
            digest = sha256()
            for piece in _member(member, digest):
                written += len(piece)
                yield piece
            sums.write(line_of(digest.hexdigest(), member.name))
        size = sums.tell()
        sums.seek(0)
        for piece in _member(Member(SUMS, size, iter(lambda: sums.read(CHUNK), b"")), sha256()):
            written += len(piece)
            yield piece
    end = 2 * tarfile.BLOCKSIZE
    yield bytes(end + -(written + end) % tarfile.RECORDSIZE)


def _member(member: Member, digest) -> Iterator[bytes]:
    header = tarfile.TarInfo(member.name)
    header.size, header.mode, header.mtime = member.size, 0o600, int(member.time)
    yield header.tobuf(tarfile.PAX_FORMAT)
    size = 0
    for piece in member.content:
        size += len(piece)
        digest.update(piece)
        yield piece
    if size != member.size:
        raise ValueError(f"{member.name} has {size} bytes, not {member.size}.")
    yield bytes(-size % tarfile.BLOCKSIZE)
