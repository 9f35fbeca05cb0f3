"""The members of the data package, one after the other, as the command writes them and the site sends them."""

import io
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Max
from django.db.models.functions import Greatest
from django.utils import timezone

from bundle.contents import TABLES
from bundle.descriptor import DESCRIPTOR, described
from bundle.files import FILES, Measured, opened, row_of
from bundle.readme import README, readme
from bundle.rows import written
from bundle.stored import FOLDER
from bundle.tables import Extent, ModelTable, Row, Table
from opendata.snapshots import snapshot
from publishing.models import Publishable

ROWS_AT_ONCE = 500  # in one piece
IN_MEMORY = 1024 * 1024  # bytes of the list of files, before it is kept on disk

Member = tuple[str, Iterable[bytes]]


def newest_change(extent: Extent) -> datetime | None:
    """When something in the extent was changed or became public for the last time; None where there is nothing."""
    moments = [
        table.public(extent).aggregate(latest=Max(Greatest("updated_at", "publish_at")))["latest"]
        for table in TABLES
        if isinstance(table, ModelTable) and issubclass(table.model, Publishable)
    ]
    return max(filter(None, moments), default=None)


def members(*, reusable_only: bool = False) -> Iterator[Member]:
    """The members of a package of all that is public now. Each has to be read to its end before the next is taken."""
    with snapshot():
        extent = Extent(timezone.now(), reusable_only)
        changed = newest_change(extent)
        measured: dict[str, Measured] = {}
        yield README, [readme(changed, reusable_only).encode()]
        # The files come first: what is in their list is then surely in the package, whoever replaces one meanwhile.
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as listed:
            listed.write(_head(FILES))
            for name, reuse, file in opened(extent):
                content = Measured(file)
                yield FOLDER + name, content
                listed.write(written(_cells(FILES, row_of(name, reuse, content))).encode())
            listed.seek(0)
            for table in TABLES:
                content = listed if table is FILES else _Pieces(csv_of(table, extent))
                measured[table.name] = Measured(content)
                yield f"{table.name}.csv", measured[table.name]
        yield DESCRIPTOR, [described(changed, reusable_only, measured).encode()]


def csv_of(table: Table, extent: Extent) -> Iterator[bytes]:
    """The CSV file of a table in pieces."""
    yield _head(table)
    writers = [column.cell.write for column in table.columns]
    lines = []
    for row in table.rows(extent):
        lines.append(
            written(None if value is None else write(value) for write, value in zip(writers, row, strict=True))
        )
        if len(lines) == ROWS_AT_ONCE:
            yield "".join(lines).encode()
            lines.clear()
    yield "".join(lines).encode()


def _head(table: Table) -> bytes:
    return written(column.name for column in table.columns).encode()


def _cells(table: Table, row: Row) -> Iterator[str | None]:
    for column, value in zip(table.columns, row, strict=True):
        yield None if value is None else column.cell.write(value)


class _Pieces(io.RawIOBase):
    """A file of which each reading gives the next piece, whatever length is asked for."""

    def __init__(self, pieces: Iterator[bytes]):
        self.pieces = pieces

    def read(self, size: int = -1) -> bytes:
        return next(filter(None, self.pieces), b"")
