"""Makes a backup: everything as of one moment, while people edit."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from time import time
from typing import BinaryIO

from django.db import connections
from django.utils import timezone

from backup import files, release, states
from backup.archive.encryption import write
from backup.archive.writing import Member, archive
from backup.contents import CLOSING, DATABASE, HEAD, Closing, Head
from backup.dumping import dump
from backup.keys import Keys
from backup.placing import whole
from backup.tables import Table, kept, with_last_number
from opendata.snapshots import snapshot

MAIN = "default"  # the database that is written to, not a replica


@dataclass
class _Named:
    """The files that records name: their names wait in a file, as there may be very many."""

    waiting: BinaryIO
    closing: Closing
    written: set[bytes] = field(default_factory=set)

    def note(self, name: str) -> None:
        self.waiting.write(f"{name}\n".encode())

    def note_written(self, member: str) -> None:
        self.written.add(_short(member.partition("/")[2]))

    def find_missing(self) -> None:
        self.waiting.seek(0)
        names = (line.decode().rstrip("\n") for line in self.waiting)
        self.closing.missing = sorted({name for name in names if _short(name) not in self.written})


def _short(name: str) -> bytes:
    """A few bytes that stand for a name."""
    return sha256(name.encode(errors="surrogateescape")).digest()[:8]


def make(path: Path, keys: Keys) -> tuple[Closing, str]:
    """Write a backup to `path`, where nothing may be: what is in it, and the SHA-256 of the file.

    Raises BackupError and OSError; nothing is left at `path` then.
    """
    closing = Closing()
    with whole(path) as file:
        write(archive(_members(closing)), file, keys)
        digest = file.digest.hexdigest()
    return closing, digest


def _members(closing: Closing) -> Iterator[Member]:
    connection = connections[MAIN]
    now = time()
    with TemporaryFile() as waiting:
        named = _Named(waiting, closing)
        with snapshot(MAIN):
            # The first question makes the moment; what has a number by then is counted in the numbers asked for later.
            tables = kept(states.tables(connection))
            migrations = sorted(states.applied(connection))
            tables = [with_last_number(table, connection) for table in tables]
            created = timezone.now().isoformat()
            head = Head(created, release.name(), connection.vendor, release.secret(), migrations, tables)
            yield Member.of(HEAD, head.as_json(), now)
            for table in tables:
                yield from _rows(table, connection, named, now)
        # After the rows: a file is stored before the record that names it, so every file that is named was there.
        for root, storage in files.stores().items():
            closing.files[root] = closing.bytes[root] = 0
            for member in files.members(root, storage, now):
                yield member
                named.note_written(member.name)
                closing.files[root] += 1
                closing.bytes[root] += member.size
        named.find_missing()
    yield Member.of(CLOSING, closing.as_json(), now)


def _rows(table: Table, connection, named: _Named, now: float) -> Iterator[Member]:
    named.closing.rows[table.name] = 0
    for number, (piece, count) in enumerate(dump(table, connection, named.note), 1):
        yield Member.of(f"{DATABASE}/{table.name}/{number:06d}.jsonl.gz", piece, now)
        named.closing.rows[table.name] += count
