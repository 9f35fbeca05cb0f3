"""Writes the rows of a checked file: all or nothing, in bulk, with the log, the versions and the search index."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext, override
from modeltranslation.settings import DEFAULT_LANGUAGE

from publishing.models import Publishable, Status, Version
from search.indexing import follow
from search.relations import keys_of
from sheets.checking import Outcome, Row
from sheets.resources import AT_ONCE, Sheet


class OutdatedError(Exception):
    """Somebody saved one of the records after the rows were checked; nothing was written."""


@dataclass
class Step:
    """How far the work is: rows written, or public records indexed."""

    done: int
    total: int
    indexing: bool = False


def write(sheet: Sheet, rows: list[Row], user, file_name: str) -> Iterator[Step]:
    """Save the new and changed records of `rows` in one transaction, and say between whiles how far that is.

    The history of each record has then a version that names the file, `file_name`. Closing the iterator before its
    end undoes everything. Raises OutdatedError, or IntegrityError where the database refuses what the check let pass;
    everything is undone then, too.
    """
    new = [row for row in rows if row.outcome == Outcome.NEW]
    # In an order that is always the same: two who lock the same records never wait for each other.
    changed = sorted((row for row in rows if row.outcome == Outcome.CHANGED), key=lambda row: row.record.pk)
    total, done = len(new) + len(changed), 0
    comment = gettext("Imported from %(file)s") % {"file": file_name}
    with transaction.atomic():
        content_type = _one_import_at_a_time(sheet)
        for batch in _some(changed):
            _lock_unless_outdated(sheet, batch)
            _keep_what_was(sheet, batch)
            _update(sheet, batch)
            _record(sheet, batch, content_type, user, comment)
            done += len(batch)
            yield Step(done, total)
        for batch in _some(new):
            if sheet.find({row.identity for row in batch}):
                raise OutdatedError
            _create(sheet, batch)
            _record(sheet, batch, content_type, user, comment)
            done += len(batch)
            yield Step(done, total)
        # New records are drafts, and drafts are in no entry of the index, be it their own or another's.
        public = [row.record.pk for row in changed if row.record.status == Status.PUBLISHED]
        for start in range(0, len(public), AT_ONCE):
            yield Step(start, len(public), indexing=True)
            follow(keys_of(sheet.model, public[start : start + AT_ONCE]))


def _some(rows: list[Row]) -> Iterator[list[Row]]:
    for start in range(0, len(rows), AT_ONCE):
        yield rows[start : start + AT_ONCE]


def _one_import_at_a_time(sheet: Sheet) -> ContentType:
    """Lock out other imports of the same model, which might add the same records; editors' saves are let through."""
    content_type = ContentType.objects.get_for_model(sheet.model)
    ContentType.objects.select_for_update(no_key=True).get(pk=content_type.pk)
    return content_type


def _lock_unless_outdated(sheet: Sheet, rows: list[Row]) -> None:
    locked = sheet.model._base_manager.filter(pk__in=[row.record.pk for row in rows]).order_by("pk").select_for_update()
    saved = dict(locked.values_list("pk", "updated_at"))
    if any(saved.get(row.record.pk) != row.record.updated_at for row in rows):
        raise OutdatedError


def _update(sheet: Sheet, rows: list[Row]) -> None:
    written = {name for row in rows for change in row.changes for name in change.column.writes}
    now = timezone.now()
    for row in rows:
        row.record.updated_at = now
    _write_columns([row.record for row in rows], [*sorted(written), "updated_at"])
    _link(sheet, rows)


def _write_columns(records: list[Publishable], names: list[str]) -> None:
    """Save these columns of the records as they stand in them.

    Not with `bulk_update`: of ten columns it takes forty times as long, and SQLite lets nobody else write meanwhile.
    """
    opts = records[0]._meta
    fields = [opts.get_field(name) for name in names]
    quoted = connection.ops.quote_name
    columns = ", ".join(f"{quoted(field.column)} = %s" for field in fields)
    statement = f"UPDATE {quoted(opts.db_table)} SET {columns} WHERE {quoted(opts.pk.column)} = %s"  # noqa: S608
    with override(DEFAULT_LANGUAGE), connection.cursor() as cursor:  # in which the untranslated columns are kept
        cursor.executemany(
            statement,
            [
                [*(field.get_db_prep_save(getattr(record, field.attname), connection) for field in fields), record.pk]
                for record in records
            ],
        )


def _create(sheet: Sheet, rows: list[Row]) -> None:
    with override(DEFAULT_LANGUAGE):
        sheet.model._base_manager.bulk_create([row.record for row in rows], batch_size=AT_ONCE)
    _link(sheet, rows)


def _link(sheet: Sheet, rows: list[Row]) -> None:
    for column in sheet.link_columns:
        changes = [
            (row.record, change.old, change.new) for row in rows for change in row.changes if change.column is column
        ]
        if changes:
            column.write(changes)


def _keep_what_was(sheet: Sheet, rows: list[Row]) -> None:
    """Remember of records without a history what they are like before the import."""
    pks = {row.record.pk for row in rows}
    known = Version.objects.of_kind(sheet.model).filter(object_id__in=pks).values_list("object_id", flat=True)
    if unknown := pks - set(known):
        Version.keep_all(sheet.model, unknown, None, gettext("As it was before."))


def _record(sheet: Sheet, rows: list[Row], content_type: ContentType, user, comment: str) -> None:
    """Write down what was imported: who did it, and what the records are like now."""
    _log(rows, content_type, user)
    Version.keep_all(sheet.model, [row.record.pk for row in rows], user, comment)


def _log(rows: list[Row], content_type: ContentType, user) -> None:
    """Note in the history of each record who added or changed it, as the admin does."""
    with override(DEFAULT_LANGUAGE):
        LogEntry.objects.bulk_create(
            [
                LogEntry(
                    user_id=user.pk,
                    content_type=content_type,
                    object_id=str(row.record.pk),
                    object_repr=str(row.record)[:200],
                    action_flag=ADDITION if row.outcome == Outcome.NEW else CHANGE,
                    change_message=json.dumps([_message(row)]),
                )
                for row in rows
            ],
            batch_size=AT_ONCE,
        )


def _message(row: Row) -> dict:
    if row.outcome == Outcome.NEW:
        return {"added": {}}
    return {"changed": {"fields": [str(change.column.label) for change in row.changes]}}
