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

    # Each before the one whose place it takes goes: no filter is ever without an index.
    operations = [
        AddIndexInUse(
            model_name='engagement',
            index=models.Index(fields=['country', '-start_date', '-id', 'programme', 'sector', 'kind', 'activity_status'], name='engagement_by_country_idx'),
        ),
        RemoveIndexInUse(
            model_name='engagement',
            name='engagement_in_country_idx',
        ),
        AddIndexInUse(
            model_name='engagement',
            index=models.Index(fields=['programme', '-start_date', '-id', 'country', 'sector', 'kind', 'activity_status'], name='engagement_by_programme_idx'),
        ),
        RemoveIndexInUse(
            model_name='engagement',
            name='engagement_of_programme_idx',
        ),
        AddIndexInUse(
            model_name='engagement',
            index=models.Index(fields=['sector', '-start_date', '-id', 'country', 'programme', 'kind', 'activity_status'], name='engagement_by_sector_idx'),
        ),
        RemoveIndexInUse(
            model_name='engagement',
            name='engagement_in_sector_idx',
        ),
        AddIndexInUse(
            model_name='engagement',
            index=models.Index(fields=['kind', '-start_date', '-id', 'country', 'programme', 'sector', 'activity_status'], name='engagement_by_kind_idx'),
        ),
        RemoveIndexInUse(
            model_name='engagement',
            name='engagement_of_kind_idx',
        ),
        AddIndexInUse(
            model_name='engagement',
            index=models.Index(fields=['activity_status', '-start_date', '-id', 'country', 'programme', 'sector', 'kind'], name='engagement_by_status_idx'),
        ),
        RemoveIndexInUse(
            model_name='engagement',
            name='engagement_with_status_idx',
        ),
    ]
