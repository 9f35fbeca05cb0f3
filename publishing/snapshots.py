"""Snapshots: a record with its parts as plain data, and back.

Version history and working drafts are made of them. A record's own class names its parts (`Publishable.parts`) and the
columns that no snapshot holds, since they say where the record stands and not what it is.
"""

import json
from collections.abc import Iterator

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.models import F
from django.utils.translation import override
from modeltranslation.fields import TranslationField
from modeltranslation.settings import DEFAULT_LANGUAGE

from publishing.ordering import OUT_OF_THE_WAY, Ordered


def take(record: models.Model) -> dict:
    """The record and its parts for JSON: `{"fields": {…}, "parts": {relation: [{"pk": …, "fields": {…}}]}}`."""
    # As it was read it may be old, and annotated.
    record = type(record)._base_manager.get(pk=record.pk)
    parts = {
        relation: [{"pk": part.pk, "fields": _fields(part)} for part in getattr(record, relation).order_by("pk")]
        for relation in record.parts
    }
    return {"fields": _fields(record, left_out=record.not_in_snapshots), "parts": parts}


def restore(record: models.Model, data: dict) -> list[str]:
    """Make `record` and its parts what they were in the snapshot `data`; to be called in a transaction.

    A record that is in the database no more is inserted under its old number. What `data` refers to and is gone is
    left out; the answer names it, as "verbose name: key". Raises ValidationError where another record has by now what
    must be unique, such as the address.
    """
    lost: list[str] = []
    # modeltranslation writes the text in the language of the moment to the original column.
    with override(DEFAULT_LANGUAGE):
        links = _fill(record, data["fields"], lost)
        record.validate_unique()
        record.save()
        _link(record, links, lost)
        # Those that point at other parts come last, and leave first.
        for relation in reversed(record.parts):
            _remove_others(record, relation, data["parts"].get(relation, []))
        for relation in record.parts:
            _restore_parts(record, relation, data["parts"].get(relation, []), lost)
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


def _fields(record: models.Model, left_out: tuple[str, ...] = ()) -> dict:
    names = [field.name for field in columns(type(record))]
    (serialized,) = serializers.serialize("python", [record], fields=names)
    return json.loads(DjangoJSONEncoder().encode(serialized["fields"]))


def _fill(record: models.Model, values: dict, lost: list[str]) -> dict[models.ManyToManyField, list]:
    """Set the columns of `record` to `values`; the answer are the many-to-many fields, which wait for its number."""
    links = {}
    for field in columns(type(record)):
        if field.name not in values:  # younger than the snapshot
            continue
        value = values[field.name]
        if field.many_to_many:
            links[field] = value
        elif isinstance(field, models.ForeignKey):
            there = value is None or field.related_model._base_manager.filter(pk=value).exists()
            if not there:
                lost.append(f"{field.related_model._meta.verbose_name}: {value}")
            if there or field.null:
                setattr(record, field.attname, value if there else None)
        else:
            setattr(record, field.name, field.to_python(value))
    return links


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
    present = {part.pk: part for part in getattr(record, relation).all()}
    now = {pk: _fields(part) for pk, part in present.items()}
    if issubclass(model, Ordered) and any(now.get(one["pk"]) != one["fields"] for one in wanted):
        # The unique constraint would refuse the first half of a trade of places.
        getattr(record, relation).update(order=F("order") + OUT_OF_THE_WAY)
        now = {}
    for one in wanted:
        if now.get(one["pk"]) == one["fields"]:
            continue
        part = present.get(one["pk"]) or model(pk=one["pk"])
        required_before = len(lost)
        links = _fill(part, one["fields"], lost)
        if len(lost) > required_before and _lacks_what_it_needs(part):
            continue
        part.save()
        _link(part, links, lost)


def _lacks_what_it_needs(part: models.Model) -> bool:
    """Whether something that the part cannot be without is gone, such as the colleague of a part in an engagement."""
    return any(
        isinstance(field, models.ForeignKey) and not field.null and getattr(part, field.attname) is None
        for field in part._meta.concrete_fields
    )
