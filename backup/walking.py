"""Goes through a backup from its beginning to its end, and hands its parts to whoever checks or restores them."""

from pathlib import Path
from typing import Protocol

from backup.archive.encryption import reading
from backup.archive.reading import Content, members
from backup.contents import CLOSING, DATABASE, HEAD, LARGEST_PIECE, Closing, Head
from backup.faults import DamagedError
from backup.files import place_of
from backup.keys import Keys
from backup.tables import Table


class Visitor(Protocol):
    """Is told what is in a backup, in its order."""

    def begin(self, head: Head) -> None: ...

    def rows(self, table: Table, piece: bytes) -> int:
        """A packed piece of a table; answers how many rows it has."""

    def file(self, content: Content) -> None: ...


class _Order:
    """In which order members have to come, and how many there were."""

    def __init__(self, head: Head):
        self._tables = {table.name: table for table in head.tables}
        self._left = list(self._tables)
        self._number = 0
        self.found = Closing(rows=dict.fromkeys(self._tables, 0), files={"media": 0, "private": 0})
        self.found.bytes = dict(self.found.files)

    def table_of(self, name: str) -> Table:
        """Whose rows are in a member of that name. Raises DamagedError where it is not its turn."""
        _folder, _slash, rest = name.partition("/")
        table, _slash, piece = rest.partition("/")
        if table not in self._left:
            raise DamagedError(f"{name} is not where it should be.")
        if table != self._left[0]:
            self._left = self._left[self._left.index(table) :]
            self._number = 0
        self._number += 1
        if piece != f"{self._number:06d}.jsonl.gz":
            raise DamagedError(f"{name} is not where it should be.")
        return self._tables[table]

    def note_file(self, content: Content) -> None:
        root, _path = place_of(content.name)
        self.found.files[root] += 1
        self.found.bytes[root] += content.size


def walk(path: Path, keys: Keys | None, visitor: Visitor) -> tuple[Head, Closing]:
    """Lead the visitor through the backup; what it says at its beginning and its end.

    Raises BackupError, at the latest after the last member: until then nothing that the visitor was told is certain.
    """
    head = order = closing = None
    with reading(path, keys) as file:
        for content in members(file):
            if head is None:
                if content.name != HEAD:
                    raise DamagedError("It is no backup of a portal.")
                head = Head.of_json(content.read(LARGEST_PIECE))
                order = _Order(head)
                visitor.begin(head)
            elif closing:
                raise DamagedError(f"{content.name} comes after the end.")
            elif content.name == CLOSING:
                closing = Closing.of_json(content.read(LARGEST_PIECE))
            elif content.name.startswith(f"{DATABASE}/"):
                table = order.table_of(content.name)
                order.found.rows[table.name] += visitor.rows(table, content.read(LARGEST_PIECE))
            else:
                order.note_file(content)
                visitor.file(content)
    if closing is None or (closing.rows, closing.files, closing.bytes) != (
        order.found.rows,
        order.found.files,
        order.found.bytes,
    ):
        raise DamagedError("What is in it is not what it says at its end.")
    return head, closing
