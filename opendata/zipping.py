"""ZIP files written while they are sent: nothing of them is held in memory or on disk."""

from collections.abc import Iterable, Iterator
from io import RawIOBase
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# The first moment that a ZIP file can name. With the time of the writing, equal contents would give unequal files.
NO_TIME = (1980, 1, 1, 0, 0, 0)


class _Outbox(RawIOBase):
    """A file that cannot be gone back in: what is written waits until it is taken."""

    def __init__(self):
        self.waiting: list[bytes] = []

    def writable(self):
        return True

    def write(self, data):
        self.waiting.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        taken, self.waiting = b"".join(self.waiting), []
        return taken


def zipped(members: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """A ZIP file of `members`, each its name and its content in pieces, in pieces itself.

    The members are asked for one after the other, so a later one may depend on what an earlier one held. The same
    members give the same bytes.
    """
    outbox = _Outbox()
    with ZipFile(outbox, "w", ZIP_DEFLATED) as archive:
        for name, pieces in members:
            member = ZipInfo(name, NO_TIME)
            member.compress_type = ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            with archive.open(member, "w", force_zip64=True) as file:
                for piece in pieces:
                    file.write(piece)
                    if outbox.waiting:
                        yield outbox.take()
    yield outbox.take()
