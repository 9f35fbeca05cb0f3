from django.db import migrations

from accounts import roles


def grant(apps, schema_editor):
    roles.grant(apps)


def remove(apps, schema_editor):
    roles.remove(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_sign_ins"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("codelists", "0003_region_order"),
        ("engagements", "0004_publish_permission"),
        ("organisations", "0003_publish_permission"),
        ("profiles", "0004_publish_permission"),
        ("programmes", "0003_publish_permission"),
    ]

    operations = [migrations.RunPython(grant, remove)]
