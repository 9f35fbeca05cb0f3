"""Restores a portal from a data package: in one transaction, and the files with it."""

from collections.abc import Iterator
from itertools import islice

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import DataError, IntegrityError, connection, transaction
from django.utils import translation

from bundle import sourcing
from bundle.checking import Checked, Values, check, rows, spooled
from bundle.contents import CODE_LISTS, TABLES
from bundle.faults import PackageError
from bundle.files import FILES
from bundle.opening import Package
from bundle.sourcing import SourceTable
from bundle.stored import FOLDER
from bundle.tables import ModelTable
from codelists.signals import loaded
from intake.models import Intake
from profiles.models import Profile
from publishing.images.renditions import original_of
from publishing.models import Publishable, Status
from sample.models import SampleRecord
from search.indexing import together

ROWS_AT_ONCE = 500
STAMPS = ["created_at", "updated_at"]


class NotEmptyError(Exception):
    """There are records already."""


def restore(package: Package) -> dict[str, int]:
    """Make this portal what the package says; how many rows each table had.

    Raises NotEmptyError where there is anything already, and PackageError, before anything is written, with what is
    wrong with the package.
    """
    _refuse_records()
    checked = check(package)
    stored: list[str] = []
    try:
        # In English, so that the columns without a language, which the databases require, have the English text.
        with translation.override("en"), transaction.atomic():
            with together():
                _refuse_records()
                _store_files(package, stored)
                counts = _write(package, checked)
                _set_sequences()
            # No signals were sent for all that is new: who follows the code lists looks at everything that names them.
            loaded.send(sender=restore)
    except BaseException:
        _remove(stored)
        raise
    return counts


def _refuse_records() -> None:
    kept = [table.model for table in TABLES if isinstance(table, ModelTable) and table not in CODE_LISTS]
    found = [model._meta.verbose_name_plural for model in [*kept, Intake, SampleRecord] if model._base_manager.exists()]
    # What is known of deleted records would else be taken for the history of the new ones with their numbers.
    kinds = ContentType.objects.get_for_models(*kept).values()
    for model in apps.get_models():
        is_about_records = {"content_type", "object_id"} <= {field.name for field in model._meta.fields}
        if is_about_records and model._base_manager.filter(content_type__in=kinds).exists():
            found.append(model._meta.verbose_name_plural)
    if found:
        raise NotEmptyError(
            f"There are {', '.join(map(str, found))} in this portal, and a package restores an empty one. Make a new "
            "database (manage.py migrate), or empty this one with “manage.py flush” and “manage.py load_codelists”."
        )


def _store_files(package: Package, stored: list[str]) -> None:
    for _line, values in rows(package, FILES):
        name = values["name"]
        if default_storage.exists(name):  # the same, as was checked
            continue
        stored.append(name)
        with spooled(package, FOLDER + name) as file:
            if default_storage.save(name, File(file)) != name:
                raise PackageError([f"{name}: somebody else is writing into the folder of uploaded files."])


def _remove(stored: list[str]) -> None:
    """Remove the stored files, with the renditions that were made of them."""
    for folder in {name.partition("/")[0] for name in stored}:
        for file in default_storage.listdir(folder)[1]:
            name = f"{folder}/{file}"
            if name in stored or original_of(name) in stored:
                default_storage.delete(name)


def _write(package: Package, checked: Checked) -> dict[str, int]:
    for table in reversed(CODE_LISTS):
        # Nothing refers to them in an empty portal. Topics have other numbers here than there.
        table.model._base_manager.all().delete()
    counts, sources = {}, []
    for table in TABLES:
        found = rows(package, table)
        if isinstance(table, ModelTable):
            counts[table.name] = sum(_write_some(table, some, checked) for some in _batches(found))
        elif isinstance(table, SourceTable):
            sources += [(table, values) for _line, values in found]
    sourcing.restore(sources)
    return counts


def _batches(found: Iterator[tuple[int, Values]]) -> Iterator[list[tuple[int, Values]]]:
    while some := list(islice(found, ROWS_AT_ONCE)):
        yield some


def _write_some(table: ModelTable, some: list[tuple[int, Values]], checked: Checked) -> int:
    records = []
    for _line, values in some:
        fields = {column.field.attname: values[column.name] for column in table.columns}
        if issubclass(table.model, Publishable):
            fields["status"] = Status.PUBLISHED
        if table.model is Profile:
            fields |= _consent(checked, values)
        if "file" in fields:
            # Saving one alone would look; pages say it and open no file.
            fields["file_size"] = checked.sizes[fields["file"]] if fields["file"] else None
        records.append(table.model(**fields))
    stamps = [{name: getattr(record, name) for name in STAMPS if hasattr(record, name)} for record in records]
    try:
        table.model._base_manager.bulk_create(records)
        if issubclass(table.model, Publishable):
            # Saving stamps a record with the time of the saving.
            for record, moments in zip(records, stamps, strict=True):
                record.__dict__.update(moments)
            table.model._base_manager.bulk_update(records, STAMPS)
    except (IntegrityError, DataError) as error:
        lines = f"lines {some[0][0]} to {some[-1][0]}"
        raise PackageError([f"{table.name}.csv, {lines}: the database refuses a row: {error}".strip()]) from error
    return len(records)


def _set_sequences() -> None:
    """The next record gets a number after those that are there now: PostgreSQL has to be told."""
    kept = [table.model for table in TABLES if isinstance(table, ModelTable)]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kept):
            cursor.execute(statement)


def _consent(checked: Checked, values: Values) -> dict:
    """What is known of the consent of the person with these values, besides its scope: that it was given."""
    site = f" ({checked.site})" if checked.site else ""
    by = f"Published by {checked.title}{site}, taken over with its data package"
    longest = Profile._meta.get_field("consent_by").max_length
    return {"consent_by": by.replace("\x00", "")[:longest], "consent_date": values["publish_at"].date()}
