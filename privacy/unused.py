"""Uploaded files that nothing names any more."""

import re
from collections.abc import Iterator
from datetime import datetime

from django.apps import apps
from django.core.files.storage import Storage, default_storage
from django.db import models

from privacy.belongings import StoredFile
from publishing.private_files import private_storage

# How `publishing.images.RandomName` names files; what is made of one has its name and a dot before the rest.
NAME = re.compile(r"\b[a-z]+/[0-9a-f]{32}\.[a-z0-9]{1,5}")


def unused_files(moment: datetime) -> list[StoredFile]:
    """The files stored before `moment` whose names stand nowhere in the database: in no record, draft or version.

    Only files with a name that the portal gave them are looked at.
    """
    # Files first: a file is stored before its record is saved, and what is saved meanwhile is then found to be in use.
    stored = [
        (storage, name)
        for storage in (default_storage, private_storage())
        for name in _names(storage)
        if NAME.match(name) and storage.get_modified_time(name) < moment
    ]
    if not stored:
        return []
    used = _names_in_use()
    return [(storage, name) for storage, name in stored if NAME.match(name)[0] not in used]


def _names(storage: Storage) -> Iterator[str]:
    """Every file in the folders of the storage."""
    try:
        folders, _files = storage.listdir("")
    except FileNotFoundError:
        return
    for folder in folders:
        for name in storage.listdir(folder)[1]:
            yield f"{folder}/{name}"


def _names_in_use() -> set[str]:
    """Every name of a file in any column that can hold one, also within a snapshot."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        fields = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, models.FileField | models.JSONField | models.TextField)
        ]
        for values in models.QuerySet(model).values_list(*fields).iterator() if fields else ():
            for value in values:
                if value:
                    found.update(NAME.findall(str(value)))
    return found
