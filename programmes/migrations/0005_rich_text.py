from django.db import migrations

from richtext.migrating import to_rich_text


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0004_material_facts'),
    ]

    operations = [
        to_rich_text('programmes', 'module', 'summary'),
    ]
