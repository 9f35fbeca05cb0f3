"""Files that are kept between two pages: what was uploaded and is not taken over yet."""

from contextlib import suppress
from datetime import datetime

from django.core.files.storage import Storage, default_storage

FOLDER = "imports"  # in the storage of uploads


def left_behind(moment: datetime) -> list[tuple[Storage, str]]:
    """The files uploaded before `moment`, each with its storage."""
    try:
        _folders, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:  # nobody has uploaded anything yet
        return []
    found = []
    for name in names:
        with suppress(FileNotFoundError):  # somebody else has just deleted it
            if default_storage.get_modified_time(f"{FOLDER}/{name}") < moment:
                found.append((default_storage, f"{FOLDER}/{name}"))
    return found
