from django.db import migrations

from richtext.migrating import to_rich_text


class Migration(migrations.Migration):

    dependencies = [
        ('engagements', '0004_publish_permission'),
    ]

    operations = [
        to_rich_text('engagements', 'engagement', 'results'),
    ]
