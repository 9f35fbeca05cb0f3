"""Reads the data files."""

from dataclasses import dataclass
from pathlib import Path

import yaml
from django.db import models

from sample.errors import DataError
from sample.kinds import KINDS, Fields, Kind

try:
    from yaml import CSafeLoader as SafeLoader  # ten times as fast, where PyYAML was built with it
except ImportError:
    from yaml import SafeLoader

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Entry:
    """One record of a data file: its fields, and the contents of the files that they name."""

    kind: Kind
    file: str
    key: str
    fields: Fields
    files: dict[str, bytes]

    @property
    def natural_value(self) -> str | None:
        """What the column of the natural key holds once the record is loaded."""
        if self.kind.natural_key == "slug":
            return self.key
        match self.fields:
            case {"name": {"en": str(name)}}:
                return name
        return None


def read(directory: Path) -> dict[str, list[Entry]]:
    """The entries of the data files in `directory`, by the label of their kind.

    Raises DataError when there are none, or a file is not a list of records that each have a key of their own.
    """
    entries = {
        kind.label: [entry for path in sorted(directory.glob(kind.files)) for entry in _read_file(kind, path)]
        for kind in KINDS
    }
    if not any(entries.values()):
        raise DataError("there are no data files here", str(directory))
    for of_one_kind in entries.values():
        _refuse_twins(of_one_kind)
    return entries


def _read_file(kind: Kind, path: Path) -> list[Entry]:
    try:
        rows = yaml.load(path.read_text(encoding="utf-8"), Loader=SafeLoader)
    except (OSError, UnicodeError, yaml.YAMLError) as error:
        raise DataError(str(error), path.name) from error
    if not isinstance(rows, list):
        raise DataError("this is not a list of records", path.name)
    return [_entry(kind, path, number, row) for number, row in enumerate(rows, start=1)]


def _entry(kind: Kind, path: Path, number: int, row: object) -> Entry:
    if not isinstance(row, dict) or not isinstance(row.get(kind.key), str):
        raise DataError(f"{kind.key} is missing", path.name, f"record {number}")
    key = row[kind.key]
    # A key that is no field of the model is known to the loader alone.
    fields = {name: value for name, value in row.items() if name != kind.key or kind.key == kind.natural_key}
    files = {
        field.name: _read_picture(path.parent / str(fields[field.name]), path.name, key, field.name)
        for field in kind.model._meta.fields
        if isinstance(field, models.FileField) and fields.get(field.name)
    }
    return Entry(kind, path.name, key, fields, files)


def _read_picture(path: Path, *place: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(f"{path.name} cannot be read", *place) from error


def _refuse_twins(entries: list[Entry]) -> None:
    seen: dict[str, Entry] = {}
    for entry in entries:
        if entry.key in seen:
            other = seen[entry.key].file
            raise DataError(f"there is another record of this {entry.kind.key} in {other}", entry.file, entry.key)
        seen[entry.key] = entry
