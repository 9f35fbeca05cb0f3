"""Whether a backup is whole: every checksum, every row, every name, and that the key opens it. Asks no database."""

from pathlib import Path

from backup.archive.reading import Content
from backup.contents import Closing, Head
from backup.dumping import rows_of
from backup.keys import Keys
from backup.tables import Table
from backup.walking import walk


class _Reader:
    """Reads everything, and keeps nothing."""

    def begin(self, head: Head) -> None:
        """Nothing to do: whoever made the head has looked at it."""

    def rows(self, table: Table, piece: bytes) -> int:
        return sum(1 for _row in rows_of(piece, table))

    def file(self, content: Content) -> None:
        """Nothing to do: whoever goes on reads what is left, for its checksum."""


def verify(path: Path, keys: Keys | None) -> tuple[Head, Closing]:
    """What the backup says at its beginning and its end, if all of it is whole. Raises BackupError and OSError."""
    return walk(path, keys, _Reader())
