import django.db.models.functions.comparison
from django.db import migrations, models

from publishing.operations import AddIndexInUse


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('codelists', '0005_load_country_points'),
        ('organisations', '0003_publish_permission'),
        ('profiles', '0009_published_within_consent'),
    ]

    operations = [
        AddIndexInUse(
            model_name='profile',
            index=models.Index(django.db.models.functions.comparison.Collate('family_name', 'und-x-icu'), django.db.models.functions.comparison.Collate('given_name', 'und-x-icu'), models.F('id'), name='profile_by_name_idx'),
        ),
        AddIndexInUse(
            model_name='profile',
            index=models.Index(fields=['-publish_at', '-id'], name='profile_newest_idx'),
        ),
    ]
