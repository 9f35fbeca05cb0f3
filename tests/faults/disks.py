"""Disks that are full."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SIZE = 1024**2


class Disk:
    """A small disk of its own (tmpfs), on which there is room for so many bytes as `leave` says."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._filler = folder / "filler"

    def leave(self, room: int) -> None:
        """Blocks are of one page: of a room that is less, nothing can be written to a new file."""
        self._filler.write_bytes(b"")
        found = os.statvfs(self.folder)
        self._filler.write_bytes(b"x" * (found.f_bavail * found.f_frsize - room))

    def make_room(self) -> None:
        self._filler.unlink()

    @property
    def files(self) -> dict[str, int]:
        """The sizes of all files but the one that fills the disk."""
        found = [path for path in self.folder.rglob("*") if path.is_file() and path != self._filler]
        return {str(path.relative_to(self.folder)): path.stat().st_size for path in found}


@contextmanager
def disk(folder: Path) -> Iterator[Disk]:
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder], capture_output=True, text=True
    )
    if mounted.returncode:
        reason = f"needs a small disk of its own, which root may mount: {mounted.stderr.strip()}"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)
