"""All that the portal holds about a person, as one file to hand over."""

import json
import zipfile
from collections.abc import Iterable
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ObjectDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone

from privacy import belongings
from profiles.models import Profile

IN_MEMORY = 10 * 1024 * 1024  # bytes; a larger archive is written to a temporary file
AS_IT_IS = (type(None), bool, int, float, dict, list)  # in JSON


def archive(profile: Profile) -> IO[bytes]:
    """A ZIP archive with a text in plain words, `data.json`, and the person's files; open at its beginning."""
    output = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - whoever reads it closes it
    missing = []
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as bundle:
        for storage, name in _originals(profile):
            try:
                with storage.open(name) as file:
                    bundle.writestr(f"files/{name}", file.read())
            except FileNotFoundError:
                missing.append(name)
        data = json.dumps(data_about(profile), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        bundle.writestr("data.json", data)
        told = {"profile": profile, "made": timezone.now(), "missing": missing}
        bundle.writestr("README.txt", render_to_string("privacy/export.txt", told))
    output.seek(0)
    return output


def data_about(profile: Profile) -> dict[str, Any]:
    """The profile with its parts, the engagements it takes part in, and what was noted about any of these."""
    records = list(belongings.whole(profile))
    noted = {
        model._meta.label_lower: [_values(row) for row in belongings.rows_about(model, records)]
        for model in belongings.models_about_others()
    }
    for rows in belongings.outliving(records):
        noted.setdefault(rows.model._meta.label_lower, []).extend(_values(row) for row in rows.order_by("pk"))
    return {"profile": _with_parts(profile), "noted": noted}


def _with_parts(record: models.Model) -> dict[str, Any]:
    """The values of the record, and under the name of each relation the rows that belong to it or point to it."""
    described = _values(record)
    for relation in record._meta.related_objects:
        if relation.on_delete in (models.CASCADE, models.PROTECT):
            rows = relation.related_model._base_manager.filter(**{relation.field.name: record}).order_by("pk")
            described[relation.name] = [_with_parts(row) for row in rows]
    return described


def _values(record: models.Model) -> dict[str, Any]:
    """Every column, in all languages, and what the record points to by name. Users, who are others, are left out."""
    values = {}
    for field in record._meta.concrete_fields:
        if field.related_model is get_user_model():
            continue
        try:
            value = getattr(record, field.name)
        except ObjectDoesNotExist:  # what it points to was deleted
            value = getattr(record, field.attname)
        values[field.name] = value if isinstance(value, AS_IT_IS) else str(value)
    for field in record._meta.many_to_many:
        if field.remote_field.through._meta.auto_created:
            values[field.name] = [str(linked) for linked in getattr(record, field.name).all()]
    return values


def _originals(profile: Profile) -> Iterable[belongings.StoredFile]:
    for record in belongings.whole(profile):
        for field in record._meta.concrete_fields:
            if isinstance(field, models.FileField) and (file := getattr(record, field.attname)):
                yield file.storage, file.name
