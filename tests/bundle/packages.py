"""Making packages for tests, and breaking them on purpose."""

import hashlib
import json
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path

from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management import call_command

from codelists.loading import load
from search.following import code_lists_loaded


def export(directory: Path, **options) -> Path:
    """A package of what is public now."""
    call_command("export_bundle", directory, stdout=StringIO(), **options)
    return directory


def take_over(package: Path) -> str:
    """What import_bundle says when it takes over the package."""
    told = StringIO()
    call_command("import_bundle", package, stdout=told)
    return told.getvalue()


def contents(directory: Path) -> dict[str, bytes]:
    """All files of a directory, by their path in it."""
    return {str(path.relative_to(directory)): path.read_bytes() for path in directory.rglob("*") if path.is_file()}


def empty_the_portal() -> None:
    """No records and no files: as a portal that was just installed."""
    call_command("flush", verbosity=0, interactive=False)
    load(apps)
    code_lists_loaded()
    for folder in ("portraits", "photos", "materials"):
        shutil.rmtree(default_storage.path(folder), ignore_errors=True)


def rewrite(package: Path, table: str, change: Callable[[str], str], *, sign: bool = True) -> None:
    """Change the CSV file of a table, and unless told otherwise, make the descriptor agree with it."""
    path = package / f"{table}.csv"
    before = path.read_bytes().decode()
    after = change(before)
    assert after != before, "nothing was changed"
    path.write_bytes(after.encode(errors="surrogateescape"))
    if sign:
        resign(package, table)


def resign(package: Path, table: str) -> None:
    """Let the descriptor say what the file of a table is now."""
    content = (package / f"{table}.csv").read_bytes()
    descriptor = json.loads((package / "datapackage.json").read_text())
    for resource in descriptor["resources"]:
        if resource["name"] == table:
            resource |= {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
    (package / "datapackage.json").write_text(json.dumps(descriptor))
