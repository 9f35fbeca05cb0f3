from django.db import migrations


def agreed_to_pictures(apps, schema_editor):
    """Whoever had agreed until now had agreed to a page with pictures: there was no other."""
    Profile = apps.get_model("profiles", "Profile")
    Profile.objects.filter(consent_date__isnull=False, consent_scope="").update(consent_scope="pictures")


class Migration(migrations.Migration):

    dependencies = [
        ("profiles", "0007_consent_scope_document_withdrawal"),
    ]

    operations = [
        migrations.RunPython(agreed_to_pictures, migrations.RunPython.noop),
    ]
