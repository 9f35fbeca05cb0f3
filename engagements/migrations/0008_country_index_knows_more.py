from django.db import migrations, models

from publishing.operations import AddIndexInUse, RemoveIndexInUse


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('codelists', '0005_load_country_points'),
        ('engagements', '0007_indexes_for_lists'),
        ('organisations', '0003_publish_permission'),
        ('profiles', '0010_indexes_for_lists'),
        ('programmes', '0005_rich_text'),
    ]

    operations = [
        # Before the other one goes: the country is never without an index.
        AddIndexInUse(
            model_name='engagement',
            index=models.Index(fields=['country', '-start_date', '-id', 'sector', 'kind', 'activity_status', 'programme'], name='engagement_by_country_idx'),
        ),
        RemoveIndexInUse(
            model_name='engagement',
            name='engagement_in_country_idx',
        ),
    ]
