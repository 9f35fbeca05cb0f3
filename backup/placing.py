"""A file that is there as a whole or not at all."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from backup.faults import BackupError

PART = ".coop-backup-part"  # how the name of a file ends that is being written


class _Hashed:
    """A file that is written to, with the checksum of what was written."""

    def __init__(self, file):
        self._file, self.digest = file, sha256()

    def write(self, piece: bytes) -> int:
        self.digest.update(piece)
        return self._file.write(piece)

    def flush(self) -> None:
        self._file.flush()


@contextmanager
def whole(path: Path) -> Iterator[_Hashed]:
    """A file to write to, beside `path`, which at the end gets its name. Only its owner can read it.

    What is left of others that were killed in this folder is removed. Raises BackupError where there is a file already,
    or another process is just writing it.
    """
    path = path.absolute()
    if path.exists():
        raise BackupError(f"{path} is there already. Name another file, or remove it first.")
    _remove_left(path.parent)
    part = path.with_name(f".{path.name}{PART}")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise BackupError(f"Another backup to {path} is just being written.") from error
    try:
        with open(handle, "wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield _Hashed(file)
            file.flush()
            os.fsync(file.fileno())
            part.rename(path)
    finally:
        part.unlink(missing_ok=True)
    _sync(path.parent)


def _remove_left(folder: Path) -> None:
    for left in folder.glob(f".*{PART}"):
        with suppress(FileNotFoundError), left.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:  # somebody is writing it
                continue
            left.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
