"""Makes records of the entries of the data files."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models.fields.files import FieldFile

from publishing.models import Publishable, Status
from publishing.ordering import Ordered
from richtext.fields import RichTextField
from richtext.sanitising import from_plain
from sample.errors import DataError, at
from sample.kinds import Fields, Parts, link_fields, translated_fields
from sample.reading import Entry
from sample.references import References

# Always the same moment, so that two portals with the sample content show the same.
PUBLISHED_AT = datetime(2026, 1, 15, 9, tzinfo=UTC)


@dataclass
class Draft:
    """A record with its links and parts, before any of it is saved.

    `files` are the names of its files, `siblings` the orders of the parts of the same whole that it points to.
    """

    instance: models.Model
    links: dict[str, list[Any]]
    parts: dict[str, list["Draft"]]
    files: dict[str, str] = field(default_factory=dict)
    siblings: dict[str, int] = field(default_factory=dict)


class Builder:
    """Makes records of entries. `stored` are the files that it has put into the storage."""

    def __init__(self, references: References):
        self.references = references
        self.stored: list[FieldFile] = []

    def save(self, entry: Entry, instance: models.Model | None = None) -> models.Model:
        """Save what `entry` says: as a new record, or in place of all that `instance` holds.

        Raises DeletedError, before anything is written, when the entry refers to a record that an editor deleted, and
        DataError when the entry breaks a rule.
        """
        old_files = _emptied(instance) if instance else {}
        files_of_old_parts = list(_files_of_parts(instance, entry.kind.parts)) if instance else []
        with at(entry.file, entry.key):
            fields = entry.kind.derive(entry.fields)
            draft = self._draft(instance or entry.kind.model(), fields, entry.kind.parts)
            self._store(draft, entry.files, old_files)
            for file in files_of_old_parts:
                _delete_on_commit(file)
            self._save(draft)
        return draft.instance

    def _draft(self, instance: models.Model, fields: Fields, parts: Parts) -> Draft:
        draft = Draft(instance, {name: [] for name in link_fields(type(instance))}, {name: [] for name in parts})
        for name, value in _with_publication(instance, fields).items():
            with at(name):
                self._set(draft, name, value, parts)
        return draft

    def _set(self, draft: Draft, name: str, value: Any, parts: Parts) -> None:
        instance = draft.instance
        try:
            column = instance._meta.get_field(name)
        except FieldDoesNotExist as error:
            raise DataError("there is no such field") from error
        if name in draft.parts:
            draft.parts[name] = self._part_drafts(column.related_model, value, parts[name])
        elif name in draft.links:
            draft.links[name] = [self.references.find(column.related_model, key) for key in _list(value)]
        elif column.auto_created or column.many_to_many or not column.editable:
            raise DataError("this cannot be written here")
        elif isinstance(column, models.FileField):
            if value:
                draft.files[name] = str(value)
        elif column.many_to_one and issubclass(column.related_model, Ordered):
            draft.siblings[name] = value
        elif column.many_to_one:
            setattr(instance, column.attname, self.references.find(column.related_model, value))
        elif name in translated_fields(type(instance)):
            _set_texts(instance, name, value)
        else:
            setattr(instance, name, value)

    def _part_drafts(self, model: type[models.Model], rows: Any, parts: Parts) -> list[Draft]:
        drafts = []
        for number, row in enumerate(_list(rows), start=1):
            with at(str(number)):
                if not isinstance(row, dict):
                    raise DataError("this has no fields")
                instance = model(order=number) if issubclass(model, Ordered) else model()
                drafts.append(self._draft(instance, row, parts))
        return drafts

    def _store(self, draft: Draft, contents: dict[str, bytes], old_files: dict[str, FieldFile]) -> None:
        """Put the files of `draft` and its parts into the storage, unless the old ones hold the same already."""
        for name, path in draft.files.items():
            if name in old_files and _holds(old_files[name], contents[path]):
                setattr(draft.instance, name, old_files.pop(name).name)
            else:
                file = getattr(draft.instance, name)
                file.save(Path(path).name, ContentFile(contents[path]), save=False)
                self.stored.append(file)
        for old in old_files.values():
            _delete_on_commit(old)
        for rows in draft.parts.values():
            for row in rows:
                self._store(row, contents, {})

    def _save(self, draft: Draft) -> None:
        instance = draft.instance
        is_new = instance._state.adding
        instance.full_clean()
        instance.save()
        for name, keys in draft.links.items():
            if keys or not is_new:
                getattr(instance, name).set(keys)
        for name, rows in draft.parts.items():
            related = getattr(instance, name)
            if not is_new:
                related.all().delete()
            for number, row in enumerate(rows, start=1):
                setattr(row.instance, related.field.name, instance)
                with at(name, str(number)):
                    _point_to_siblings(row, draft)
                    self._save(row)


def _point_to_siblings(row: Draft, whole: Draft) -> None:
    """Let `row` refer to those parts of `whole`, saved before it, whose orders it names."""
    for name, order in row.siblings.items():
        model = row.instance._meta.get_field(name).related_model
        parts = [part.instance for parts in whole.parts.values() for part in parts if type(part.instance) is model]
        with at(name):
            if not isinstance(order, int) or not 1 <= order <= len(parts):
                raise DataError(f"unknown {model._meta.verbose_name} {order!r}")
            setattr(row.instance, name, parts[order - 1])


def _files(instance: models.Model) -> dict[str, FieldFile]:
    columns = [column.name for column in instance._meta.concrete_fields if isinstance(column, models.FileField)]
    return {name: getattr(instance, name) for name in columns if getattr(instance, name)}


def _files_of_parts(instance: models.Model, parts: Parts) -> Iterator[FieldFile]:
    for name, its_parts in parts.items():
        for row in getattr(instance, name).all():
            yield from _files(row).values()
            yield from _files_of_parts(row, its_parts)


def _emptied(instance: models.Model) -> dict[str, FieldFile]:
    """Set all that an editor can fill in back to its default; answer the files that were there."""
    files = _files(instance)
    for column in instance._meta.concrete_fields:
        if column.editable and not column.primary_key:
            setattr(instance, column.attname, column.get_default())
    return files


def _with_publication(instance: models.Model, fields: Fields) -> Fields:
    """What can be published is, unless the data files say otherwise."""
    if not isinstance(instance, Publishable):
        return fields
    fields = {"status": Status.PUBLISHED, **fields}
    if fields["status"] in (Status.PUBLISHED, Status.ARCHIVED):
        fields.setdefault("publish_at", PUBLISHED_AT)
    return fields


def _set_texts(instance: models.Model, name: str, texts: Any) -> None:
    languages = dict(settings.LANGUAGES)
    if not isinstance(texts, dict) or not texts.keys() <= languages.keys():
        raise DataError(f"write one text for each language: {', '.join(languages)}")
    is_rich = isinstance(instance._meta.get_field(name), RichTextField)
    for language, text in texts.items():
        setattr(instance, f"{name}_{language}", from_plain(str(text)) if text and is_rich else text)


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise DataError("this is not a list")
    return value


def _holds(file: FieldFile, content: bytes) -> bool:
    if not file.storage.exists(file.name):
        return False
    with file.storage.open(file.name) as stored:
        return stored.read() == content


def _delete_on_commit(file: FieldFile) -> None:
    transaction.on_commit(lambda: file.storage.delete(file.name))
