"""The form in which an editor says which of two records is right where they differ."""

from datetime import date

from django import forms
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext
from modeltranslation.fields import TranslationField

from desk.merging import EMPTY, Fact, Merge, stored
from publishing.models import Publishable


class MergeForm(forms.Form):
    """One choice for each fact in which the two records differ. It knows which state of the two its page shows."""

    def __init__(self, merge: Merge, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.merge = merge
        for fact in merge.facts:
            if fact.is_asked:
                self.fields[f"fact-{fact.name}"] = forms.ChoiceField(
                    label=capfirst(label_of(fact)),
                    choices=[("kept", in_words(merge.kept, fact)), ("other", in_words(merge.other, fact))],
                    initial="kept",
                    widget=forms.RadioSelect,
                )

    def clean(self):
        """Refuse choices between what is not there any more."""
        if self.data.get("seen") != self.merge.fingerprint:
            text = gettext("Somebody changed one of the two meanwhile. Look at them as they are now, and merge again.")
            raise ValidationError(text)
        return super().clean()

    def add_faults(self, error: ValidationError) -> None:
        """Say above the form what would be wrong with the merged record, with the name of the field."""
        for column, texts in error.message_dict.items():
            for text in texts:
                if column != NON_FIELD_ERRORS:
                    field = capfirst(self.merge.model._meta.get_field(column).verbose_name)
                    text = gettext("%(field)s: %(fault)s") % {"field": field, "fault": text}
                self.add_error(None, text)

    @property
    def questions(self) -> list[forms.BoundField]:
        """The choices."""
        return self.visible_fields()

    @property
    def chosen(self) -> dict[str, str]:
        """The side that was chosen, by the name of the fact."""
        return {
            name.removeprefix("fact-"): side for name, side in self.cleaned_data.items() if name.startswith("fact-")
        }


def label_of(fact: Fact) -> str:
    """What the fact is called: its first column without the language."""
    column = fact.columns[0]
    return str((column.translated_field if isinstance(column, TranslationField) else column).verbose_name)


def in_words(record: Publishable, fact: Fact) -> str:
    """What `record` says, all columns of the fact together."""
    languages = dict(settings.CONTENT_LANGUAGES)
    return " · ".join(
        f"{text} ({languages[column.language]})" if isinstance(column, TranslationField) else text
        for column in fact.columns
        if (text := _shown(record, column))
    )


def _shown(record: models.Model, column: models.Field) -> str:
    if stored(record, column) in EMPTY:
        return ""
    if column.choices:
        return str(getattr(record, f"get_{column.name}_display")())
    value = getattr(record, column.name)
    if isinstance(column, models.BooleanField):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, date):
        return date_format(value)
    return str(value)
