"""Snapshots: a record with its parts as plain data, and back.

Version history and working drafts are made of them. A record's own class names its parts (`Publishable.parts`) and the
columns that no snapshot holds, since they say where the record stands and not what it is.
"""

import json
from collections.abc import Iterable, Iterator

from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.models import F, Prefetch
from django.utils.translation import gettext, override
from modeltranslation.fields import TranslationField
from modeltranslation.settings import DEFAULT_LANGUAGE

from publishing.images import RenditionsField
from publishing.ordering import OUT_OF_THE_WAY, Ordered


def take(record: models.Model) -> dict:
    """The record and its parts for JSON: `{"fields": {…}, "parts": {relation: [{"pk": …, "fields": {…}}]}}`."""
    for _record, data in take_all(type(record), [record.pk]):
        return data
    raise type(record).DoesNotExist


def take_all(model: type[models.Model], pks: Iterable) -> Iterator[tuple[models.Model, dict]]:
    """The records of `model` with these keys as they are in the database now, by key, each with its snapshot.

    In the same number of queries however many there are.
    """
    relations = [
        Prefetch(relation, _with_links(model._meta.get_field(relation).related_model)) for relation in model.parts
    ]
    for record in _with_links(model).filter(pk__in=list(pks)).prefetch_related(*relations):
        parts = {
            relation: [{"pk": part.pk, "fields": _fields(part)} for part in getattr(record, relation).all()]
            for relation in model.parts
        }
        yield record, {"fields": _fields(record), "parts": parts}


def restore(record: models.Model, data: dict) -> list[str]:
    """Make `record` and its parts what they were in the snapshot `data`; to be called in a transaction.

    A record that is in the database no more is inserted under its old number. What `data` refers to and is gone is
    left out; the answer names it, as "verbose name: key". Raises ValidationError where the record cannot stand: another
    one has by now what must be unique, such as the address; what it cannot be without is gone; or it lacks what its
    status asks for.
    """
    lost: list[str] = []
    # modeltranslation writes the text in the language of the moment to the original column.
    with override(DEFAULT_LANGUAGE):
        is_new = not type(record)._base_manager.filter(pk=record.pk).exists()
        links = _fill(record, data["fields"], lost, kept=() if is_new else record.at_once)
        if is_new:
            _let_go_of_lost_files(record, lost)
        if lost and _lacks_what_it_needs(record):
            raise ValidationError(gettext("It needs what exists no more: %(names)s.") % {"names": ", ".join(lost)})
        record.validate_unique()
        record.validate_constraints()
        record.save()
        _link(record, links, lost)
        relations = [relation for relation in record.parts if relation in data["parts"]]
        # Those that point at other parts come last, and leave first.
        for relation in reversed(relations):
            _remove_others(record, relation, data["parts"][relation])
        for relation in relations:
            _restore_parts(record, relation, data["parts"][relation], lost)
    record.refresh_from_db()
    return lost


def keep_numbers(data: dict, model: type[models.Model]) -> None:
    """See to it that no number in the snapshot is given to another part, though no row has it yet.

    PostgreSQL never gives a number twice; SQLite takes back those of a transaction that was rolled back.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for relation, parts in data["parts"].items():
            if parts:
                table = model._meta.get_field(relation).related_model._meta.db_table
                highest = max(part["pk"] for part in parts)
                cursor.execute("UPDATE sqlite_sequence SET seq = MAX(seq, %s) WHERE name = %s", [highest, table])
                if not cursor.rowcount:
                    cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, highest])


def repoint(data: dict, model: type[models.Model], target: type[models.Model], old, new) -> bool:
    """Let the snapshot of a record of `model` point at the record `new` of `target` where it pointed at `old`.

    Returns whether anything was changed.
    """
    pairs = [(model, data["fields"])]
    for relation, parts in data["parts"].items():
        part_model = model._meta.get_field(relation).related_model
        pairs += [(part_model, part["fields"]) for part in parts]
    changed = False
    for owner, values in pairs:
        for field in columns(owner):
            value = values.get(field.name)
            if field.related_model is not target or not value:
                continue
            if field.many_to_many and old in value:
                values[field.name] = sorted({new if key == old else key for key in value})
                changed = True
            elif value == old:
                values[field.name] = new
                changed = True
    return changed


def columns(model: type[models.Model]) -> Iterator[models.Field]:
    """The fields of `model` that a snapshot holds: of a translated text the columns of the languages alone."""
    fields = [*model._meta.concrete_fields, *model._meta.local_many_to_many]
    originals = {field.translated_field.name for field in fields if isinstance(field, TranslationField)}
    left_out = getattr(model, "not_in_snapshots", ())
    for field in fields:
        through = getattr(field.remote_field, "through", None)
        by_hand = through is not None and not through._meta.auto_created
        if not (field.primary_key or field.name in originals or field.name in left_out or by_hand):
            yield field


def _with_links(model: type[models.Model]) -> models.QuerySet:
    """Records in the order of their numbers, with what they are linked to: in a fixed number of queries."""
    links = [field for field in columns(model) if field.many_to_many]
    return model._base_manager.order_by("pk").prefetch_related(
        *(Prefetch(field.name, field.related_model._base_manager.only("pk")) for field in links)
    )


def _fields(record: models.Model) -> dict:
    fields = list(columns(type(record)))
    (serialized,) = serializers.serialize("python", [record], fields=[field.name for field in fields])
    for field in fields:
        if field.many_to_many:  # they come in the order of their names, which is another one in each language
            serialized["fields"][field.name].sort()
    return json.loads(DjangoJSONEncoder().encode(serialized["fields"]))


def _fill(
    record: models.Model, values: dict, lost: list[str], kept: tuple[str, ...] = ()
) -> dict[models.ManyToManyField, list]:
    """Set the columns of `record` to `values`, without those to be `kept`.

    The answer are the many-to-many fields, which wait for the number of the record.
    """
    links = {}
    for field in columns(type(record)):
        if field.name in kept or field.name not in values:  # younger than the snapshot
            continue
        value = values[field.name]
        if field.many_to_many:
            links[field] = value
        elif isinstance(field, models.ForeignKey):
            there = value is None or field.related_model._base_manager.filter(pk=value).exists()
            if not there:
                lost.append(f"{field.related_model._meta.verbose_name}: {value}")
            setattr(record, field.attname, value if there else None)
        elif isinstance(field, RenditionsField):
            # Those of a deleted picture are gone, and are made anew.
            setattr(record, field.name, value if field.are_stored(record, value) else None)
        else:
            setattr(record, field.name, field.to_python(value))
    return links


def _let_go_of_lost_files(record: models.Model, lost: list[str]) -> None:
    """Some files go with their record for good, such as the proof of a consent."""
    for field in columns(type(record)):
        name = getattr(record, field.name).name if isinstance(field, models.FileField) else ""
        if name and not field.storage.exists(name):
            lost.append(f"{field.verbose_name}: {name.rpartition('/')[2]}")
            setattr(record, field.name, "")


def _link(record: models.Model, links: dict[models.ManyToManyField, list], lost: list[str]) -> None:
    for field, keys in links.items():
        target = field.related_model
        there = list(target._base_manager.filter(pk__in=keys))
        known = {str(one.pk) for one in there}
        lost += [f"{target._meta.verbose_name}: {key}" for key in keys if str(key) not in known]
        getattr(record, field.name).set(there)


def _remove_others(record: models.Model, relation: str, wanted: list[dict]) -> None:
    for part in getattr(record, relation).exclude(pk__in=[one["pk"] for one in wanted]):
        part.delete()


def _restore_parts(record: models.Model, relation: str, wanted: list[dict], lost: list[str]) -> None:
    model = record._meta.get_field(relation).related_model
    own = _with_links(model).filter(**{record._meta.get_field(relation).field.name: record})
    present = {part.pk: part for part in own}
    changed = [one for one in wanted if one["pk"] not in present or _fields(present[one["pk"]]) != one["fields"]]
    # A unique constraint would refuse the first half of a trade, such as of places.
    if changed and issubclass(model, Ordered):
        getattr(record, relation).update(order=F("order") + OUT_OF_THE_WAY)
        changed = wanted
    elif changed and model._meta.total_unique_constraints:
        for one in changed:
            if one["pk"] in present:
                present.pop(one["pk"]).delete()
    elsewhere = set(
        model._base_manager.filter(pk__in=[one["pk"] for one in changed])
        .exclude(pk__in=present)
        .values_list("pk", flat=True)
    )
    for one in changed:
        # A part that belongs to another record by now stays there.
        part = present.get(one["pk"]) or model(pk=None if one["pk"] in elsewhere else one["pk"])
        links = _fill(part, one["fields"], lost)
        if _lacks_what_it_needs(part):
            if part.pk in present:
                part.delete()
            continue
        part.save()
        _link(part, links, lost)


def _lacks_what_it_needs(record: models.Model) -> bool:
    """Whether something that it cannot be without is gone, such as the colleague of a part in an engagement."""
    return any(
        isinstance(field, models.ForeignKey) and not field.null and getattr(record, field.attname) is None
        for field in record._meta.concrete_fields
    )
