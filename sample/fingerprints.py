"""Tells whether a data file or a record is still what it was when it was loaded."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from richtext.fields import RichTextField
from richtext.plain import plain_text
from richtext.sanitising import from_plain
from sample.kinds import Kind, Parts, link_fields, translated_fields
from sample.reading import Entry


def of_entry(entry: Entry) -> str:
    """The fingerprint of what the data files say of a record."""
    pictures = {name: hashlib.sha256(content).hexdigest() for name, content in entry.files.items()}
    return _digest(repr([entry.fields, pictures]))


def of_records(kind: Kind, ids: Iterable[int]) -> dict[int, str]:
    """The fingerprints of the records in the database that have these ids, with their parts."""
    records = kind.model._default_manager.filter(pk__in=ids).prefetch_related(*_relations(kind.model, kind.parts))
    return {
        record.pk: _digest(json.dumps(_describe(record, kind.parts), default=str, sort_keys=True)) for record in records
    }


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _relations(model: type[models.Model], parts: Parts) -> Iterator[str]:
    yield from link_fields(model)
    for part, its_parts in parts.items():
        yield part
        for relation in _relations(model._meta.get_field(part).related_model, its_parts):
            yield f"{part}__{relation}"


def _describe(instance: models.Model, parts: Parts) -> dict[str, Any]:
    """All that an editor can change.

    Empty values are left out, so that a field that a later version adds to a model changes no fingerprint.
    """
    model = type(instance)
    in_one_language = translated_fields(model)
    values = {
        field.attname: _as_written(field, getattr(instance, field.attname))
        for field in model._meta.concrete_fields
        if field.editable and not field.primary_key and field.name not in in_one_language
    }
    for name in link_fields(model):
        values[name] = sorted(linked.pk for linked in getattr(instance, name).all())
    for part, its_parts in parts.items():
        values[part] = [_describe(row, its_parts) for row in getattr(instance, part).all()]
    return {name: value for name, value in values.items() if not _is_empty(value)}


def _as_written(field: models.Field, value: Any) -> Any:
    """A rich text as the plain text that it was made of, if it says no more than one: as the data files have it."""
    if value and isinstance(field, RichTextField) and from_plain(plain := plain_text(value)) == value:
        return plain
    return value


def _is_empty(value: Any) -> bool:
    return value is None or value is False or value in ("", [])
