"""Makes records of the entries of the data files."""

from dataclasses import dataclass
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
from sample.errors import DataError, at
from sample.kinds import Fields, Parts, link_fields, translated_fields
from sample.reading import Entry
from sample.references import References

# Always the same moment, so that two portals with the sample content show the same.
PUBLISHED_AT = datetime(2026, 1, 15, 9, tzinfo=UTC)


@dataclass
class Draft:
    """A record with its links and parts, before any of it is saved."""

    instance: models.Model
    links: dict[str, list[Any]]
    parts: dict[str, list["Draft"]]


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
        with at(entry.file, entry.key):
            fields = entry.kind.derive(entry.fields)
            own_fields = {name: value for name, value in fields.items() if name not in entry.files}
            draft = self._draft(instance or entry.kind.model(), own_fields, entry.kind.parts)
            for name, content in entry.files.items():
                self._store(draft.instance, name, entry.fields[name], content, old_files.pop(name, None))
            for file in old_files.values():
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
            field = instance._meta.get_field(name)
        except FieldDoesNotExist as error:
            raise DataError("there is no such field") from error
        if name in draft.parts:
            draft.parts[name] = self._part_drafts(field.related_model, value, parts[name])
        elif name in draft.links:
            draft.links[name] = [self.references.find(field.related_model, key) for key in _list(value)]
        elif field.auto_created or field.many_to_many or isinstance(field, models.FileField):
            raise DataError("this cannot be written here")
        elif field.many_to_one:
            setattr(instance, field.attname, self.references.find(field.related_model, value))
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

    def _store(self, instance: models.Model, name: str, path: str, content: bytes, old: FieldFile | None) -> None:
        if old and _holds(old, content):
            setattr(instance, name, old.name)
            return
        file = getattr(instance, name)
        file.save(Path(path).name, ContentFile(content), save=False)
        self.stored.append(file)
        if old:
            _delete_on_commit(old)

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
                    self._save(row)


def _emptied(instance: models.Model) -> dict[str, FieldFile]:
    """Set all that an editor can fill in back to its default; answer the files that were there."""
    files = {}
    for field in instance._meta.concrete_fields:
        if field.editable and not field.primary_key:
            if isinstance(field, models.FileField) and getattr(instance, field.name):
                files[field.name] = getattr(instance, field.name)
            setattr(instance, field.attname, field.get_default())
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
    for language, text in texts.items():
        setattr(instance, f"{name}_{language}", text)


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
