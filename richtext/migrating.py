"""For the data migrations of text fields that become rich texts."""

from collections.abc import Callable

from django.conf import settings
from django.db.migrations import RunPython

from richtext.plain import plain_text
from richtext.sanitising import from_plain

AT_ONCE = 500  # rows in memory


def to_rich_text(app_label: str, model_name: str, field: str) -> RunPython:
    """The operation that makes plain texts rich in all columns of the translated `field`, and on the way back plain."""

    def rewrite(apps, schema_editor, convert: Callable[[str], str]) -> None:
        model = apps.get_model(app_label, model_name)
        names = {column.name for column in model._meta.concrete_fields}
        columns = [field, *(f"{field}_{language}" for language in settings.MODELTRANSLATION_LANGUAGES)]
        columns = [column for column in columns if column in names]
        rows = model._base_manager.using(schema_editor.connection.alias).only("pk", *columns).order_by("pk")
        last = None
        while batch := list((rows.filter(pk__gt=last) if last else rows).select_for_update()[:AT_ONCE]):
            last = batch[-1].pk
            for row in batch:
                for column in columns:
                    if text := getattr(row, column):
                        empty = None if model._meta.get_field(column).null else ""
                        setattr(row, column, convert(text) or empty)
            rows.bulk_update(batch, columns)

    return RunPython(
        lambda apps, schema_editor: rewrite(apps, schema_editor, from_plain),
        lambda apps, schema_editor: rewrite(apps, schema_editor, plain_text),
    )
