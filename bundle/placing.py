"""A directory that is replaced as a whole: whoever looks finds the old contents or the new, never something between."""

import ctypes
import errno
import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from bundle.descriptor import DESCRIPTOR
from bundle.exporting import Member
from bundle.readme import README

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # of Linux, see renameat2(2)
_OURS = re.compile(rf"{re.escape(DESCRIPTOR)}|{re.escape(README)}|files|[a-z_]+\.csv")


class NotOursError(Exception):
    """The directory holds something else than a data package."""


def place(members: Iterable[Member], directory: Path) -> None:
    """Write the members into `directory`, in the place of an older package, if there is one.

    Raises NotOursError, and leaves everything as it is, where something else is there.
    """
    directory = directory.resolve()
    refuse_others(directory)
    directory.parent.mkdir(parents=True, exist_ok=True)
    # Beside it, because renaming works only within a file system.
    with tempfile.TemporaryDirectory(prefix=f".{directory.name}.", dir=directory.parent) as beside:
        new = Path(beside) / "new"
        new.mkdir()
        for name, pieces in members:
            path = new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                file.writelines(pieces)
                file.flush()
                os.fsync(file.fileno())
        refuse_others(directory)  # what came there meanwhile
        if directory.exists():
            _trade(new, directory, Path(beside) / "old")
        else:
            new.rename(directory)


def refuse_others(directory: Path) -> None:
    """Raise NotOursError unless `directory` is not there, empty, or a package."""
    if not directory.exists():
        return
    if not directory.is_dir():
        raise NotOursError(f"{directory} is a file. Name a directory.")
    names = {path.name for path in directory.iterdir()}
    if names and DESCRIPTOR not in names:
        raise NotOursError(f"{directory} holds something else than a data package. Name an empty or a new directory.")
    if others := sorted(name for name in names if not _OURS.fullmatch(name)):
        raise NotOursError(
            f"{directory} holds also what belongs to no data package: {', '.join(others[:5])}. Move that elsewhere "
            "first: the whole directory is replaced."
        )


def _trade(new: Path, directory: Path, old: Path) -> None:
    """Let two directories change places in one step, or in two where the system cannot do it in one."""
    if not _exchange(new, directory):
        shutil.move(directory, old)
        try:
            new.rename(directory)
        except BaseException:
            old.rename(directory)
            raise


def _exchange(one: Path, other: Path) -> bool:
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    if renameat2(_AT_FDCWD, bytes(one), _AT_FDCWD, bytes(other), _RENAME_EXCHANGE) == 0:
        return True
    if (error := ctypes.get_errno()) in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        return False
    raise OSError(error, os.strerror(error), str(other))
