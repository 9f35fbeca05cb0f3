from django.db import migrations

from codelists.loading import load


def load_code_lists(apps, schema_editor):
    load(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("codelists", "0001_initial"),
    ]

    operations = [
        # Nothing to undo: other records may refer to the rows, and loading them again changes only what differs.
        migrations.RunPython(load_code_lists, migrations.RunPython.noop),
    ]
