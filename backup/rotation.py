"""Names of backups in a folder of their own, and which of them stay."""

import re
from datetime import datetime
from pathlib import Path

NAME = re.compile(r"portal-\d{8}T\d{6}Z\.tar(\.age)?")


def name_at(moment: datetime, *, encrypted: bool) -> str:
    """The name of a backup that is made at a moment, in UTC; the order of names is that of the moments."""
    return f"portal-{moment:%Y%m%dT%H%M%SZ}.tar{'.age' if encrypted else ''}"


def remove_older(folder: Path, keep: int) -> list[Path]:
    """Delete all backups with such a name but the newest `keep`; those deleted."""
    found = sorted((path for path in folder.iterdir() if NAME.fullmatch(path.name)), key=lambda path: path.name)
    older = found[:-keep]
    for path in older:
        path.unlink(missing_ok=True)
    return older
