"""What is different between two snapshots of a record, for people to read."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext

from publishing.ordering import Ordered
from publishing.snapshots import columns

_WORDS = re.compile(r"\s+|[^\s]+")
# More words than this are not held against each other one by one: it takes the square of their number.
_LONGEST = 2000


@dataclass(frozen=True)
class Change:
    """A field whose text is not the same: `part` says in which part of the record, "" for the record itself."""

    part: str
    label: str
    before: str
    after: str

    def pieces(self) -> list[tuple[str, str]]:
        """The two texts as one: pieces with what became of them: "same", "gone" or "new"."""
        old, new = _WORDS.findall(self.before), _WORDS.findall(self.after)
        if max(len(old), len(new)) > _LONGEST:
            return [("gone", self.before), ("new", self.after)]
        found = []
        for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if kind == "equal":
                found.append(("same", "".join(old[i:j])))
                continue
            found += [
                (state, text) for state, text in (("gone", "".join(old[i:j])), ("new", "".join(new[k:m]))) if text
            ]
        return found


def compare(model: type[models.Model], old: dict, new: dict) -> list[Change]:
    """The differences between two snapshots of a record of `model`, in the order of its fields and parts."""
    names = _Names()
    changes = list(_changes(model, "", old["fields"], new["fields"], names))
    for relation in model.parts:
        part_model = model._meta.get_field(relation).related_model
        before = {part["pk"]: part["fields"] for part in old["parts"].get(relation, [])}
        after = {part["pk"]: part["fields"] for part in new["parts"].get(relation, [])}
        for pk in sorted(before.keys() | after.keys(), key=lambda pk: _place(after.get(pk) or before[pk], pk)):
            title = _title(part_model, before.get(pk), after.get(pk))
            changes += _changes(part_model, title, before.get(pk, {}), after.get(pk, {}), names)
    return changes


def _changes(model, part: str, old: dict, new: dict, names: "_Names") -> Iterator[Change]:
    for field in columns(model):
        before, after = old.get(field.name), new.get(field.name)
        if before == after or field.name.endswith("_renditions") or _is_the_whole(field, part):
            continue
        texts = names.shown(field, before), names.shown(field, after)
        if texts[0] != texts[1]:
            yield Change(part, capfirst(str(field.verbose_name)), *texts)


def _is_the_whole(field: models.Field, part: str) -> bool:
    return bool(part) and field.is_relation and field.remote_field.name in getattr(field.related_model, "parts", ())


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


class _Names:
    """What the values of fields are called; records that they point to are asked for once."""

    def __init__(self):
        self.known: dict[tuple, str] = {}

    def shown(self, field: models.Field, value) -> str:
        if value is None or value == "" or value == []:
            return ""
        if field.many_to_many:
            return ", ".join(self.of(field.related_model, value))
        if isinstance(field, models.ForeignKey):
            return "".join(self.of(field.related_model, [value]))
        if isinstance(field, models.BooleanField):
            return gettext("Yes") if value else gettext("No")
        if isinstance(field, models.FileField):
            return str(value).rpartition("/")[2]
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        return str(value)

    def of(self, model: type[models.Model], keys: Iterable) -> list[str]:
        unknown = [key for key in keys if (model, str(key)) not in self.known]
        if unknown:
            for record in model._base_manager.filter(pk__in=unknown):
                self.known[model, str(record.pk)] = str(record)
        gone = gettext("no longer there")
        return [self.known.get((model, str(key)), f"{key} ({gone})") for key in keys]
