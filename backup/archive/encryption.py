"""Encryption of what is written, and decryption of what is read, without ever holding all of it.

By the library pyrage, which binds rage: age's format has a key for each file, authenticates each 64 KiB and their end,
and can be read by other programs. Nothing of it is made here.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import BinaryIO

import pyrage

from backup.archive import AGE
from backup.faults import DamagedError, KeyFaultError
from backup.keys import Keys


class _Pieces:
    """A file that can be read from, made of `pieces`. What these raise is kept in `error`."""

    def __init__(self, pieces: Iterable[bytes]):
        self._pieces, self._rest = iter(pieces), memoryview(b"")
        self.error: BaseException | None = None

    def read(self, size: int) -> bytes:
        try:
            while not self._rest:
                self._rest = memoryview(next(self._pieces))
        except StopIteration:
            return b""
        except BaseException as error:
            self.error = error
            raise
        read, self._rest = self._rest[:size], self._rest[size:]
        return bytes(read)


def write(pieces: Iterable[bytes], file: BinaryIO, keys: Keys) -> None:
    """Write the `pieces` into the file, encrypted for the keys if there are any."""
    if not keys:
        for piece in pieces:
            file.write(piece)
        return
    source = _Pieces(pieces)
    try:
        pyrage.encrypt_io(source, file, keys.recipients)
    except Exception as error:
        if source.error:
            raise source.error from None
        raise OSError(f"The backup could not be encrypted: {error}") from error


class _Decrypted:
    """What another thread decrypts from `path`, to be read through a pipe. Raises DamagedError at its end."""

    def __init__(self, path: Path, keys: Keys):
        self._path, self._keys = path, keys
        self._error: Exception | None = None
        out, into = os.pipe()
        self._out, self._into = os.fdopen(out, "rb"), os.fdopen(into, "wb", buffering=0)
        self._thread = Thread(target=self._decrypt, daemon=True)
        self._thread.start()

    def _decrypt(self) -> None:
        try:
            with self._path.open("rb") as file, self._into as into:
                pyrage.decrypt_io(file, into, self._keys.identities)
        except Exception as error:  # told to who reads
            self._error = error

    def read(self, size: int = -1) -> bytes:
        piece = self._out.read(size)
        if size < 0 or len(piece) < size:
            self._thread.join()
            if self._error:
                raise DamagedError(f"It is cut off or changed: {self._error}") from self._error
        return piece

    def close(self) -> None:
        self._out.close()  # whoever still writes into the pipe fails, and ends
        self._thread.join()


@contextmanager
def reading(path: Path, keys: Keys | None) -> Iterator[BinaryIO]:
    """What `write` was given, as a file that can be read from. Raises KeyFaultError and DamagedError."""
    with path.open("rb") as file:
        is_encrypted = file.read(len(AGE)) == AGE
        file.seek(0)
        if not is_encrypted:
            yield file
            return
    _try(path, keys)
    decrypted = _Decrypted(path, keys)
    try:
        yield decrypted
    finally:
        decrypted.close()


class _EnoughError(Exception):
    """The key is the right one."""


class _Probe:
    def write(self, _piece: bytes) -> int:
        raise _EnoughError

    def flush(self) -> None:
        """Nothing to do."""


def _try(path: Path, keys: Keys | None) -> None:
    """Raise KeyFaultError where none of the keys opens the file, and DamagedError where its beginning is damaged."""
    if not keys:
        raise KeyFaultError(
            "The backup is encrypted: name the file with its secret key by --key-file, or set BACKUP_KEY."
        )
    if not keys.identities:
        raise KeyFaultError("The backup is encrypted, and this is the public half of a key. It takes the secret one.")
    with path.open("rb") as file:
        try:
            pyrage.decrypt_io(file, _Probe(), keys.identities)
        except _EnoughError:
            return
        except (pyrage.DecryptError, OSError) as error:
            if "matching keys" in str(error).lower():
                raise KeyFaultError(
                    "The backup was encrypted for another key than this one, or its beginning is damaged."
                ) from error
            raise DamagedError(f"It is cut off or changed: {error}") from error
