"""The model field of rich texts."""

from django.db import models

from richtext.forms import RichTextFormField
from richtext.sanitising import clean


class RichTextField(models.TextField):
    """Text with headings, lists, quotes and links: HTML that is sanitised by `richtext.sanitising` before it is kept.

    A text without words is "", or NULL where the column may be. In the database it is text like any other, so
    migrations see a plain TextField.
    """

    def to_python(self, value):  # asked by forms, and for every value on its way to the database
        value = super().to_python(value)
        return value and self._sanitised(value)

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = self._sanitised(value)
            # The record then has what was saved. Not by setattr: that of a translated field would write to the language
            # of the moment as well.
            model_instance.__dict__[self.attname] = value
        return value

    def _sanitised(self, value: str) -> str | None:
        return clean(value) or (None if self.null else "")

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": RichTextFormField} | kwargs | {"widget": RichTextFormField.widget})

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs


@RichTextField.register_lookup
class Words(models.Transform):
    """`answer__words__icontains`: what readers see of a rich text, without the tags that `strong` would find."""

    lookup_name = "words"
    output_field = models.TextField()
    function = "richtext_words"

    def as_postgresql(self, compiler, connection, **context):
        without_tags = "regexp_replace(%(expressions)s, '<[^>]*>', '', 'g')"
        for entity, sign in (("&nbsp;", "\u00a0"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
            without_tags = f"replace({without_tags}, '{entity}', '{sign}')"
        return self.as_sql(compiler, connection, template=without_tags, **context)
