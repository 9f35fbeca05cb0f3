from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("profiles", "0008_scope_of_consents_given"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='profile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('withdrawn_on__isnull', True), _connector='OR'), name='profile_published_not_withdrawn', violation_error_message='The person has withdrawn the consent.'),
        ),
        migrations.AddConstraint(
            model_name='profile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('consent_scope__in', ['text', 'pictures', 'reuse']), _connector='OR'), name='profile_published_with_scope', violation_error_message='Say what the person agreed to.'),
        ),
        migrations.AddConstraint(
            model_name='profile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('portrait', ''), ('consent_scope__in', ['pictures', 'reuse']), _connector='OR'), name='profile_portrait_within_consent', violation_error_message='The person did not agree to be shown in pictures.'),
        ),
        migrations.AddConstraint(
            model_name='profile',
            constraint=models.CheckConstraint(condition=models.Q(('consent_scope__in', ['', 'text', 'pictures', 'reuse'])), name='profile_consent_scope_known'),
        ),
    ]
