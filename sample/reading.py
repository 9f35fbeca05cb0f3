"""Reads the data files."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.db import models

from sample.errors import DataError, at
from sample.kinds import KINDS, Fields, Kind, Parts

try:
    from yaml import CSafeLoader as SafeLoader  # ten times as fast, where PyYAML was built with it
except ImportError:
    from yaml import SafeLoader

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Entry:
    """One record of a data file: its fields, and the contents of the files that they and its parts name, by name."""

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
    with at(path.name, key):
        names = _file_names(kind.model, fields, kind.parts)
        files = {name: _read_picture(path.parent / name, *place) for name, place in names}
    return Entry(kind, path.name, key, fields, files)


def _file_names(model: type[models.Model], fields: Fields, parts: Parts) -> Iterator[tuple[str, list[str]]]:
    """The names of files in the fields of a record and its parts, each with its place there.

    What is wrong with the fields otherwise is left to the builder to say.
    """
    for field in model._meta.fields:
        if isinstance(field, models.FileField) and fields.get(field.name):
            yield str(fields[field.name]), [field.name]
    for part, its_parts in parts.items():
        rows = fields.get(part)
        for number, row in enumerate(rows if isinstance(rows, list) else [], start=1):
            if isinstance(row, dict):
                for name, place in _file_names(model._meta.get_field(part).related_model, row, its_parts):
                    yield name, [part, str(number), *place]


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
