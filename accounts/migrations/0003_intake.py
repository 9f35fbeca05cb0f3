from django.db import migrations

from accounts import roles


def grant(apps, schema_editor):
    roles.grant(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_roles"),
        ("intake", "0001_articles_taken_in"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
