"""What is different between two snapshots of a record, for people to read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext
from rapidfuzz.distance import LCSseq

from publishing.images import RenditionsField
from publishing.models import Publishable
from publishing.ordering import Ordered
from publishing.snapshots import columns
from richtext.fields import RichTextField
from richtext.plain import plain_text

_WORDS = re.compile(r"\s+|\S+")
# More words and spaces than this are not held against each other one by one: it takes the square of their number.
_LONGEST = 8000


@dataclass(frozen=True)
class Change:
    """A field whose text is not the same: `part` says in which part of the record, "" for the record itself.

    `files` are the names in the storage, before and after, where the field holds a picture; `addresses` those at which
    the reader may see them, which a page fills in.
    """

    part: str
    label: str
    before: str
    after: str
    files: tuple[str, str] = ("", "")
    addresses: tuple[str, str] = ("", "")

    @cached_property
    def pieces(self) -> list[tuple[str, str]]:
        """The two texts as one: pieces with what became of them: "same", "gone" or "new"."""
        old, new = _WORDS.findall(self.before), _WORDS.findall(self.after)
        if max(len(old), len(new)) > _LONGEST:
            return _replaced(self.before, self.after)
        found, gone, added = [], "", ""
        for kind, i, j, k, m in LCSseq.opcodes(old, new):
            if kind != "equal":
                gone += "".join(old[i:j])
                added += "".join(new[k:m])
                continue
            same = "".join(old[i:j])
            if gone and added and same.isspace() and j < len(old) and m < len(new):
                # The space between two changed words changes with them: people read phrases.
                gone, added = gone + same, added + same
                continue
            found += [*_replaced(gone, added), ("same", same)]
            gone = added = ""
        return found + _replaced(gone, added)


def compare(model: type[Publishable], old: dict, new: dict) -> list[Change]:
    """The differences between two snapshots of a record of `model`, in the order of its fields and parts."""
    texts = _Texts(model, old, new)
    changes = list(_changes(model, "", old["fields"], new["fields"], texts))
    for relation in model.parts:
        if relation not in old["parts"] or relation not in new["parts"]:  # younger than a snapshot
            continue
        part_model = model._meta.get_field(relation).related_model
        before, after = _by_number(old, relation), _by_number(new, relation)
        for pk in sorted(before.keys() | after.keys(), key=lambda pk: _place(after.get(pk) or before[pk], pk)):
            title = _title(part_model, before.get(pk), after.get(pk))
            changes += _changes(part_model, title, before.get(pk, {}), after.get(pk, {}), texts)
    return changes


def _replaced(gone: str, added: str) -> list[tuple[str, str]]:
    return [(state, text) for state, text in (("gone", gone), ("new", added)) if text]


def _by_number(data: dict, relation: str) -> dict[int, dict]:
    return {part["pk"]: part["fields"] for part in data["parts"][relation]}


def _changes(model: type[models.Model], part: str, old: dict, new: dict, texts: "_Texts") -> Iterator[Change]:
    for field in columns(model):
        if isinstance(field, RenditionsField) or (part and _leads_to_whole(field)):
            continue
        if old and new and not (field.name in old and field.name in new):  # younger than a snapshot
            continue
        if field.name == "order" and not (old and new):  # stands in the title of the part
            continue
        before, after = texts.of(model, field, old), texts.of(model, field, new)
        values = old.get(field.name), new.get(field.name)
        if before == after and field.is_relation and values[0] != values[1] and all(values):
            before, after = f"{before} ({_numbers(values[0])})", f"{after} ({_numbers(values[1])})"
        if before != after:
            is_picture = isinstance(field, models.ImageField)
            files = tuple(value or "" for value in values) if is_picture else ("", "")
            yield Change(part, capfirst(str(field.verbose_name)), before, after, files)


def _leads_to_whole(field: models.Field) -> bool:
    return field.is_relation and field.remote_field.name in getattr(field.related_model, "parts", ())


def _numbers(value) -> str:
    """What tells records of the same name apart."""
    return ", ".join(f"#{key}" for key in (value if isinstance(value, list) else [value]))


def _place(fields: dict, pk: int) -> tuple:
    return fields.get("order", 0), pk


def _title(model: type[models.Model], before: dict | None, after: dict | None) -> str:
    """Which part it is, and whether it is new or gone."""
    name = capfirst(str(model._meta.verbose_name))
    if issubclass(model, Ordered):
        name = f"{name} {(after or before)['order']}"
    if before is None:
        return gettext("%(part)s (added)") % {"part": name}
    if after is None:
        return gettext("%(part)s (removed)") % {"part": name}
    return name


class _Texts:
    """What the values in two snapshots read like. Of all records that these point to the names are asked for once."""

    def __init__(self, model: type[Publishable], old: dict, new: dict):
        self.names: dict[tuple[type[models.Model], str], str] = {}
        wanted: dict[type[models.Model], set] = {}
        part_models = {relation: model._meta.get_field(relation).related_model for relation in model.parts}
        for data in (old, new):
            _collect(model, data["fields"], wanted)
            for relation, part_model in part_models.items():
                for part in data["parts"].get(relation, []):
                    _collect(part_model, part["fields"], wanted)
        for target, keys in wanted.items():
            for record in target._base_manager.filter(pk__in=keys):
                self.names[target, str(record.pk)] = str(record)
        # A part that another one points to is called what the snapshots say: it may be gone, or another by now.
        for relation, part_model in part_models.items():
            if part_model in wanted:
                for data in (old, new):
                    for part in data["parts"].get(relation, []):
                        self.names[part_model, str(part["pk"])] = str(_unsaved(part_model, part))

    def of(self, model: type[models.Model], field: models.Field, fields: dict) -> str:
        """What the value of `field` among the `fields` of a snapshot reads like; "" where there is none."""
        value = fields.get(field.name)
        if value is None or value == "" or value == []:
            return ""
        written = model.written(field.name, fields) if issubclass(model, Publishable) else None
        if written is not None:
            return written
        if field.many_to_many:
            return ", ".join(sorted(self._name(field.related_model, key) for key in value))
        if isinstance(field, models.ForeignKey):
            return self._name(field.related_model, value)
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        return _plain(field, value)

    def _name(self, model: type[models.Model], key) -> str:
        return self.names.get((model, str(key))) or gettext("%(number)s (no longer there)") % {"number": key}


def _collect(model: type[models.Model], fields: dict, wanted: dict[type[models.Model], set]) -> None:
    """Add to `wanted` the keys of the records that these fields point to."""
    for field in columns(model):
        value = fields.get(field.name)
        if field.is_relation and value:
            wanted.setdefault(field.related_model, set()).update(value if isinstance(value, list) else [value])


def _unsaved(model: type[models.Model], part: dict) -> models.Model:
    values = {field.attname: part["fields"].get(field.name) for field in columns(model) if not field.many_to_many}
    return model(pk=part["pk"], **values)


def _plain(field: models.Field, value) -> str:
    if isinstance(field, models.BooleanField):
        return gettext("Yes") if value else gettext("No")
    if isinstance(field, models.DateTimeField):
        return date_format(timezone.localtime(parse_datetime(value)), "DATETIME_FORMAT")
    if isinstance(field, models.DateField):
        return date_format(parse_date(value), "DATE_FORMAT")
    if isinstance(field, models.FileField):
        return str(value).rpartition("/")[2]
    return plain_text(value) if isinstance(field, RichTextField) else str(value)
