from django.db import migrations

from codelists.loading import load


def load_code_lists(apps, schema_editor):
    load(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("codelists", "0004_country_points"),
    ]

    operations = [
        migrations.RunPython(load_code_lists, migrations.RunPython.noop),
    ]
