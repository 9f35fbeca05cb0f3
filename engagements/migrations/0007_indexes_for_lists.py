import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Coalesce

from publishing.operations import AddIndexInUse, RemoveFieldIndex, RemoveIndexInUse


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('codelists', '0005_load_country_points'),
        ('engagements', '0006_tallies'),
        ('organisations', '0003_publish_permission'),
        ('profiles', '0009_published_within_consent'),
        ('programmes', '0005_rich_text'),
    ]

    operations = [
        AddIndexInUse(
            model_name='engagement',
            index=models.Index(fields=['country', '-start_date', '-id'], name='engagement_in_country_idx'),
        ),
        AddIndexInUse(
            model_name='engagement',
            index=models.Index(fields=['programme', '-start_date', '-id'], name='engagement_of_programme_idx'),
        ),
        AddIndexInUse(
            model_name='engagement',
            index=models.Index(fields=['sector', '-start_date', '-id'], name='engagement_in_sector_idx'),
        ),
        AddIndexInUse(
            model_name='engagement',
            index=models.Index(fields=['kind', '-start_date', '-id'], name='engagement_of_kind_idx'),
        ),
        AddIndexInUse(
            model_name='engagement',
            index=models.Index(fields=['activity_status', '-start_date', '-id'], name='engagement_with_status_idx'),
        ),
        AddIndexInUse(
            model_name='engagement',
            index=models.Index(models.OrderBy(Coalesce('publish_at', 'created_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='engagement_published_idx'),
        ),
        AddIndexInUse(
            model_name='engagement',
            index=models.Index(fields=['-updated_at', '-id'], name='engagement_changed_idx'),
        ),
        AddIndexInUse(
            model_name='engagement',
            index=models.Index(condition=models.Q(('status', 'draft'), ('status', 'in_review'), ('status', 'archived'), _connector='OR'), fields=['status', '-start_date', '-id'], name='engagement_not_public_idx'),
        ),
        RemoveIndexInUse(
            model_name='engagement',
            name='engagement_country_idx',
        ),
        RemoveFieldIndex(
            model_name='engagement',
            name='activity_status',
            field=models.CharField(choices=[('1', 'Planned'), ('2', 'Under way'), ('3', 'Being finalised'), ('4', 'Completed'), ('5', 'Cancelled'), ('6', 'Suspended')], default='4', max_length=1, verbose_name='activity status'),
        ),
        RemoveFieldIndex(
            model_name='engagement',
            name='country',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='engagements', to='codelists.country', verbose_name='country'),
        ),
        RemoveFieldIndex(
            model_name='engagement',
            name='kind',
            field=models.CharField(choices=[('workshop', 'Workshop or event'), ('training-of-trainers', 'Training of trainers'), ('adaptation', 'Adaptation of a programme'), ('policy-advice', 'Policy advice'), ('research', 'Research'), ('pilot', 'Pilot'), ('project', 'Project')], max_length=25, verbose_name='kind'),
        ),
        RemoveFieldIndex(
            model_name='engagement',
            name='programme',
            field=models.ForeignKey(blank=True, db_index=False, help_text='The training programme that was used, if any. One engagement for each programme.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='engagements', to='programmes.programme', verbose_name='programme'),
        ),
        RemoveFieldIndex(
            model_name='engagement',
            name='sector',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='engagements', to='codelists.sector', verbose_name='sector'),
        ),
    ]
