"""Snapshots: a record with its parts as plain data, and back.

Version history and working drafts are made of them. A record's own class names its parts (`Publishable.parts`) and the
columns that no snapshot holds, since they say where the record stands and not what it is.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.models import F
from django.utils.encoding import is_protected_type
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
    pks = list(pks)
    parts = {relation: _parts(model, relation, pks) for relation in model.parts}
    for record, fields in _with_fields(model._base_manager.filter(pk__in=pks)):
        own = {
            relation: [{"pk": part.pk, "fields": fields} for part, fields in found[record.pk]]
            for relation, found in parts.items()
        }
        yield record, {"fields": fields, "parts": own}


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


def _parts(model: type[models.Model], relation: str, pks: list) -> dict[object, list[tuple[models.Model, dict]]]:
    """The parts of the records with these keys, by their key, each with its columns."""
    of_record = model._meta.get_field(relation).field
    found = defaultdict(list)
    for part, fields in _with_fields(of_record.model._base_manager.filter(**{f"{of_record.name}__in": pks})):
        found[getattr(part, of_record.attname)].append((part, fields))
    return found


def _with_fields(records: models.QuerySet) -> Iterator[tuple[models.Model, dict]]:
    """The records in the order of their numbers, each with its columns for JSON: in a fixed number of queries.

    Not with Django's serializer, which takes several times as long: an import takes snapshots of thousands.
    """
    fields = list(columns(records.model))
    found = list(records.order_by("pk"))
    linked = {field: _linked(field, [record.pk for record in found]) for field in fields if field.many_to_many}
    for record in found:
        values = {
            field.name: linked[field][record.pk] if field.many_to_many else _value(field, record) for field in fields
        }
        yield record, json.loads(DjangoJSONEncoder().encode(values))


def _value(field: models.Field, record: models.Model):
    value = field.value_from_object(record)
    return value if is_protected_type(value) else field.value_to_string(record)


def _linked(field: models.ManyToManyField, pks: list) -> dict[object, list]:
    """The keys of what the records with these keys are linked to, in their order."""
    through = field.remote_field.through
    ends = [through._meta.get_field(name()).attname for name in (field.m2m_field_name, field.m2m_reverse_field_name)]
    found = defaultdict(list)
    rows = through._base_manager.filter(**{f"{ends[0]}__in": pks}) if pks else through._base_manager.none()
    for one, other in rows.values_list(*ends):
        found[one].append(other)
    for others in found.values():
        others.sort()
    return found


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
    now = {part.pk: (part, fields) for part, fields in _parts(type(record), relation, [record.pk])[record.pk]}
    present = {pk: part for pk, (part, _fields) in now.items()}
    changed = [one for one in wanted if one["pk"] not in now or now[one["pk"]][1] != one["fields"]]
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
