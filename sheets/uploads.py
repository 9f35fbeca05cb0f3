"""Uploaded files between preview and import.

They lie in the storage of uploads under names that nobody can guess. The portal serves only files that a record names,
so never these. A token, bound to the user and the kind of record, stands for the file on the pages.
"""

from datetime import timedelta
from pathlib import PurePath
from secrets import token_hex
from typing import IO

from django.core import signing
from django.core.files.storage import default_storage
from django.utils import timezone

from publishing.passing_files import FOLDER, left_behind

KEPT = timedelta(days=1)
_SALT = "sheets.uploads"


class GoneError(Exception):
    """The token is not this user's, or its file was imported or is too old."""


def keep(upload, user, label: str) -> str:
    """Store an uploaded file, and answer the token that stands for it. `label` is the model's."""
    remove_old()
    stored = default_storage.save(f"{FOLDER}/{token_hex(16)}", upload)
    name = PurePath(upload.name).name[:100]
    return signing.dumps({"stored": stored, "name": name, "user": user.pk, "label": label}, salt=_SALT, compress=True)


def opened(token: str, user, label: str) -> tuple[IO[bytes], str]:
    """The file and the name under which it was uploaded. Raises GoneError."""
    kept = _read(token, user, label)
    try:
        return default_storage.open(kept["stored"]), kept["name"]
    except FileNotFoundError as error:
        raise GoneError from error


def remove(token: str, user, label: str) -> None:
    default_storage.delete(_read(token, user, label)["stored"])


def remove_old() -> None:
    """Delete what nobody imported within a day."""
    for storage, path in left_behind(timezone.now() - KEPT):
        storage.delete(path)


def _read(token: str, user, label: str) -> dict:
    try:
        kept = signing.loads(token, salt=_SALT, max_age=KEPT)
    except signing.BadSignature as error:
        raise GoneError from error
    if (kept["user"], kept["label"]) != (user.pk, label):
        raise GoneError
    return kept
