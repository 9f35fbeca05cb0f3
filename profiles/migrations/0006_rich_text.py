from django.db import migrations, models

from richtext.migrating import to_rich_text


class Migration(migrations.Migration):

    dependencies = [
        ('profiles', '0005_portrait_and_photo_framing'),
    ]

    operations = [
        to_rich_text('profiles', 'exchange', 'answer'),
        to_rich_text('profiles', 'series', 'introduction'),
        migrations.AlterField(
            model_name='exchange',
            name='answer',
            field=models.TextField(blank=True, verbose_name='answer'),
        ),
        *(
            migrations.AlterField(
                model_name='exchange',
                name=f'answer_{language}',
                field=models.TextField(blank=True, null=True, verbose_name='answer'),
            )
            for language in ('en', 'es', 'fr')
        ),
    ]
