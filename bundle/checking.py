"""Looks through a whole data package before anything of it is written."""

import hashlib
import json
import tempfile
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from PIL import Image

from bundle.contents import TABLES
from bundle.descriptor import DESCRIPTOR, NAME
from bundle.faults import Faults, PackageError
from bundle.files import FILES, media_type
from bundle.opening import Package
from bundle.rows import RowError, read
from bundle.stored import FOLDER, PIECE
from bundle.tables import Table
from programmes.files.checking import check_material
from publishing.images.uploads import ACCEPTED_FORMATS, MAX_PIXELS

LONGEST_DESCRIPTOR = 10 * 1024 * 1024  # bytes
IN_MEMORY = 4 * 1024 * 1024  # bytes of a file, before it is kept on disk
PICTURE_FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "avif": "AVIF"}

Values = dict[str, Any]


class Checked(NamedTuple):
    """What is known of a package that can be taken over."""

    title: str  # of the portal that it comes from
    site: str  # its address, or ""
    sizes: dict[str, int]  # bytes of each file, by name


def check(package: Package) -> Checked:
    """Look through the package. Raises PackageError with everything that is wrong, up to a limit."""
    faults = Faults()
    described = _descriptor(package)
    for table in TABLES:
        _check_content(package, table, described["resources"], faults)
    faults.stop()
    keys: dict[str, set] = {}
    sizes = {}
    referred = {column.reference.table for table in TABLES for column in table.columns if column.reference}
    for table in TABLES:
        found = keys.setdefault(table.name, set())
        for line, values in rows(package, table, faults):
            _check_references(table, line, values, keys, faults)
            if table.name in referred:
                found.add(values[table.key[0]])
            if table is FILES:
                _check_file(package, line, values, faults)
                sizes[values["name"]] = values["bytes"]
    faults.stop()
    return Checked(described["title"], described["site"], sizes)


def rows(package: Package, table: Table, faults: Faults | None = None) -> Iterator[tuple[int, Values]]:
    """The rows of a table, each with its line and its values by column.

    What is wrong is added to `faults`, and those rows are left out; without `faults` it raises PackageError.
    """
    told = Faults() if faults is None else faults
    name, last = f"{table.name}.csv", None
    try:
        with package.open(name) as file:
            lines = read(file)
            _line, head = next(lines, (1, []))
            if not _head_is_right(table, head, told):
                return
            for line, cells in lines:
                if len(cells) != len(table.columns):
                    told.add(name, f"There are {len(cells)} cells where {len(table.columns)} belong.", line)
                    continue
                values = _values(table, line, cells, told)
                if values is None:
                    continue
                key = tuple(values[column] for column in table.key)
                if last is not None and key <= last:
                    told.add(name, "This row is there twice, or not in the order of its key.", line, table.key[0])
                last = key
                yield line, values
    except RowError as error:
        told.add(name, str(error), error.line)
    finally:
        if faults is None:
            told.stop()


def _descriptor(package: Package) -> dict[str, Any]:
    size = package.size(DESCRIPTOR)
    if size is None:
        raise PackageError([f"There is no {DESCRIPTOR}: this is no data package."])
    if size > LONGEST_DESCRIPTOR:
        raise PackageError([f"{DESCRIPTOR}: This is larger than {LONGEST_DESCRIPTOR} bytes."])
    try:
        with package.open(DESCRIPTOR) as file:
            described = json.loads(file.read(LONGEST_DESCRIPTOR))
        if described["name"] != NAME:
            raise PackageError([f"{DESCRIPTOR}: This is another data package; its name is not {NAME}."])
        publisher = described["contributors"][0]
        return {
            "title": str(publisher["title"]),
            "site": str(publisher.get("path", "")),
            "resources": {
                resource["name"]: (resource["path"], resource["bytes"], resource["hash"])
                for resource in described["resources"]
            },
        }
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise PackageError([f"{DESCRIPTOR}: This is no descriptor that export_bundle wrote ({error!r})."]) from error


def _check_content(package: Package, table: Table, resources: dict, faults: Faults) -> None:
    name = f"{table.name}.csv"
    if table.name not in resources:
        faults.add(DESCRIPTOR, f"The table {table.name} is missing. Was the package written by an older version?")
        return
    path, size, digest = resources[table.name]
    if path != name:
        faults.add(DESCRIPTOR, f"The table {table.name} is not in {name}.")
    elif package.size(name) is None:
        faults.add(name, "The file is missing.")
    elif package.size(name) != size:
        faults.add(name, f"The file has {package.size(name)} bytes and not the {size} that {DESCRIPTOR} says.")
    elif f"sha256:{_digest(package, name)}" != digest:
        faults.add(name, f"The checksum is not the one in {DESCRIPTOR}: the file was changed or damaged.")


def _digest(package: Package, name: str) -> str:
    digest = hashlib.sha256()
    with package.open(name) as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _head_is_right(table: Table, head: list[str | None], faults: Faults) -> bool:
    expected = [column.name for column in table.columns]
    if head == expected:
        return True
    file = f"{table.name}.csv"
    for name in head:
        if name not in expected:
            faults.add(file, "This column is not known.", 1, str(name))
    for name in expected:
        if name not in head:
            faults.add(file, "This column is missing.", 1, name)
    if sorted(map(str, head)) == sorted(expected):
        faults.add(file, "The columns stand in another order than they should.", 1)
    elif set(head) == set(expected):
        faults.add(file, "A column is there twice.", 1)
    return False


def _values(table: Table, line: int, cells: list[str | None], faults: Faults) -> Values | None:
    values, right = {}, True
    for column, cell in zip(table.columns, cells, strict=True):
        try:
            if cell is None and not column.field.null:
                raise ValueError('is missing; a text that is empty is written ""')
            if cell == "" and column.is_required:
                raise ValueError("is empty")
            values[column.name] = None if cell is None else column.read(cell)
        except ValueError as error:
            shown = "" if cell is None else f" {cell[:60]!r}"
            faults.add(f"{table.name}.csv", f"The value{shown} {error}.", line, column.name)
            right = False
    return values if right else None


def _check_references(table: Table, line: int, values: Values, keys: dict[str, set], faults: Faults) -> None:
    for column in table.columns:
        value = values[column.name]
        if column.reference and value not in (None, "") and value not in keys[column.reference.table]:
            faults.add(f"{table.name}.csv", f"{value!r} is not in {column.reference.table}.csv.", line, column.name)


def _check_file(package: Package, line: int, values: Values, faults: Faults) -> None:
    name, path = values["name"], values["path"]
    fault = None
    if path != FOLDER + name or values["media_type"] != media_type(name):
        fault = "Path or media type do not go with the name."
    elif package.size(path) is None:
        fault = f"{path} is missing."
    elif package.size(path) != values["bytes"] or _digest(package, path) != values["sha256"]:
        fault = f"{path} has another length or checksum: it was changed or damaged."
    elif default_storage.exists(name) and _stored_digest(name) != values["sha256"]:
        fault = f"There is another file {name} in this portal already. Empty the folder of uploaded files first."
    else:
        try:
            with spooled(package, path) as file:
                _check_kind(file, name)
        except Exception as error:  # Pillow raises many kinds on hostile files
            said = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            fault = f"{path} is not what its name says, or cannot be shown: {said}"
    if fault:
        faults.add(f"{FILES.name}.csv", fault, line)


def spooled(package: Package, path: str) -> BinaryIO:
    """The content of a member as a temporary file, in which one can go back."""
    spool = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the caller closes it
    with package.open(path) as file:
        while piece := file.read(PIECE):
            spool.write(piece)
    spool.seek(0)
    return spool


def _stored_digest(name: str) -> str:
    with default_storage.open(name) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check_kind(file: BinaryIO, name: str) -> None:
    extension = name.rpartition(".")[2]
    if name.startswith("materials/"):
        if check_material(File(file, name)).extension != extension:
            raise ValueError("the content is of another kind")
        return
    with Image.open(file, formats=ACCEPTED_FORMATS) as picture:
        if picture.format != PICTURE_FORMATS.get(extension):
            raise ValueError("the content is of another kind")
        if picture.width * picture.height > MAX_PIXELS:
            raise ValueError("it has too many pixels")
        picture.load()
