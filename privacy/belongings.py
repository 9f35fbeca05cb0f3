"""What belongs to a person: rows, files, and what other tables say about these rows.

Nothing here names a model but by what it looks like, so that a new kind of part, history or log is not forgotten.
"""

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import Storage
from django.db import models

from publishing.images import PictureField

StoredFile = tuple[Storage, str]


def whole(record: models.Model) -> Iterator[models.Model]:
    """The record and all its parts: the rows that are deleted with it."""
    yield record
    for relation in record._meta.related_objects:
        if relation.on_delete is models.CASCADE:
            for part in relation.related_model._base_manager.filter(**{relation.field.name: record}):
                yield from whole(part)


def outliving(records: Iterable[models.Model]) -> list[models.QuerySet]:
    """The rows that point at some of the `records` and stay when these are deleted, as the article they were made of.

    A queryset for each kind of rows.
    """
    pointing: dict[type[models.Model], models.Q] = defaultdict(models.Q)
    for record in records:
        for relation in record._meta.related_objects:
            if relation.on_delete is models.DO_NOTHING:
                pointing[relation.related_model] |= models.Q(**{relation.field.name: record.pk})
    return [model._base_manager.filter(about) for model, about in pointing.items()]


def models_outliving(model: type[models.Model]) -> list[type[models.Model]]:
    """The models whose rows point at one of `model` and stay when it is deleted."""
    relations = model._meta.related_objects
    return [relation.related_model for relation in relations if relation.on_delete is models.DO_NOTHING]


def models_about_others() -> Iterator[type[models.Model]]:
    """The models whose rows are about a record of any kind, named by `content_type` and `object_id`."""
    for model in apps.get_models():
        fields = {field.name: field for field in model._meta.concrete_fields}
        if "object_id" in fields and "content_type" in fields and fields["content_type"].related_model is ContentType:
            yield model


def rows_about(model: type[models.Model], records: Iterable[models.Model]) -> models.QuerySet:
    """The rows of such a model that are about one of the `records`."""
    about = models.Q(pk__in=[])
    object_id = model._meta.get_field("object_id")
    for record in records:
        content_type = ContentType.objects.get_for_model(record)
        about |= models.Q(content_type=content_type, object_id=object_id.to_python(record.pk))
    return model._base_manager.filter(about)


def files_of(records: Iterable[models.Model]) -> list[StoredFile]:
    """The files that the records hold, each with what was made of it and bears its name, such as renditions."""
    found = []
    for record in records:
        for field in record._meta.concrete_fields:
            if isinstance(field, models.FileField) and (file := getattr(record, field.attname)):
                found += with_derived(file.storage, file.name)
    return found


def with_derived(storage: Storage, name: str) -> list[StoredFile]:
    """The stored file `name` and those that begin with its name and a dot."""
    folder, own_name = os.path.split(name)
    try:
        _folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return []
    return [
        (storage, os.path.join(folder, each)) for each in names if each == own_name or each.startswith(f"{own_name}.")
    ]


def former_files(rows: Iterable[models.Model]) -> list[StoredFile]:
    """The pictures that are named in older states of records, as `rows` keep them, and that no record holds now."""
    fields = [field for model in apps.get_models() for field in model._meta.fields if isinstance(field, PictureField)]
    texts = [str(value) for row in rows for value in _values(row)]
    found = []
    for folder, storage in {field.folder: field.storage for field in fields}.items():
        pattern = re.compile(rf"\b{re.escape(folder)}/[0-9a-f]{{32}}\.[a-z0-9]{{1,5}}\b")
        names = {name for text in texts for name in pattern.findall(text)}
        in_use = {
            name
            for field in fields
            for name in field.model._base_manager.filter(**{f"{field.name}__in": names}).values_list(
                field.name, flat=True
            )
        }
        for name in sorted(names - in_use):
            found += with_derived(storage, name)
    return found


def _values(row: models.Model) -> Iterator[Any]:
    for field in row._meta.concrete_fields:
        if isinstance(field, models.JSONField | models.TextField):
            yield getattr(row, field.attname)
