"""What admin pages need for text in several languages, and the bases of all admin pages."""

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteSelectMultiple, RelatedFieldWidgetWrapper
from django.db import models
from django.db.models import Q
from django.db.models.constants import LOOKUP_SEP
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet
from django.utils.text import capfirst
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from modeltranslation.fields import TranslationField
from modeltranslation.settings import AVAILABLE_LANGUAGES, DEFAULT_LANGUAGE
from modeltranslation.utils import get_translation_fields

from multilingual.text import in_language, lacks
from multilingual.widgets import SuggestingSelect, SuggestingSelectMultiple


def in_every_language(name: str) -> tuple[str, ...]:
    """The columns of the translated field `name`: side by side, where they stand in a fieldset or an inline."""
    return tuple(get_translation_fields(name))


class EditorFields(BaseModelAdmin):
    """Mixin of admin pages and inlines: form fields as editors need them.

    Pages name the columns of a translated field, with `in_every_language`; its original column is on no page.
    """

    class Media:
        css = {"all": ["admin-portal/admin.css"]}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is None:  # nothing to type, as in a key that the database makes
            return None
        if isinstance(db_field, TranslationField):
            if db_field.language == DEFAULT_LANGUAGE and not db_field.translated_field.blank:
                field.required = True
            # Untranslated is NULL in all columns; Django would make it "" in those of a TextField.
            field.empty_value = None
            field.widget.attrs["lang"] = db_field.language
            if db_field.language != DEFAULT_LANGUAGE:
                field.help_text = ""  # said once, at the first column
        if isinstance(db_field, models.TextField):
            field.widget.attrs["rows"] = 4
        if isinstance(field.widget, RelatedFieldWidgetWrapper):
            # Its red cross reads as "choose nothing" and deletes the related record.
            field.widget.can_delete_related = False
            if isinstance(field.widget.widget, AutocompleteSelectMultiple):
                # Needed fields have no cross that takes all away. No keyboard comes to it, and it breaks the list.
                field.widget.widget.is_required = True
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if "widget" not in kwargs and db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = SuggestingSelect(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if "widget" not in kwargs and db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = SuggestingSelectMultiple(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class PortalAdmin(EditorFields, admin.ModelAdmin):
    """Base of every admin page of the portal. `alphabetical` names the translated field to order lists by, if any."""

    save_on_top = True
    empty_value_display = _("not given")
    alphabetical = ""

    def get_ordering(self, request):
        return [in_language(self.alphabetical)] if self.alphabetical else super().get_ordering(request)

    def get_search_results(self, request, queryset, search_term):
        # PostgreSQL refuses a zero byte, which the suggestions of autocomplete fields would pass on.
        return super().get_search_results(request, queryset, search_term.replace("\x00", ""))

    # modeltranslation copies the text in the language of the moment to the original column: keep to one language.

    def save_model(self, request, obj, form, change):
        with override(DEFAULT_LANGUAGE):
            super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        with override(DEFAULT_LANGUAGE):
            super().save_related(request, form, formsets, change)


class PortalStackedInline(EditorFields, admin.StackedInline):
    """Parts of a record, one under the other; an empty one appears only when asked for."""

    extra = 0


class RowsFormSet(BaseInlineFormSet):
    """Rows of a table. The heads of its columns name no field to a screen reader: each says itself what it is."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if self.can_delete:
            form.fields[DELETION_FIELD_NAME].widget.attrs["aria-label"] = _("Delete")


class PortalTabularInline(EditorFields, admin.TabularInline):
    """Parts of a record as the rows of a table; an empty one appears only when asked for."""

    extra = 0
    formset = RowsFormSet

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.widget.attrs["aria-label"] = capfirst(field.label)
        return field


class ConditionFilter(admin.SimpleListFilter):
    """Filter each value of which stands for one condition, so that others can count what the list would show.

    `attention` names the values of which the editors' desk says how many there are: what somebody should put right.
    """

    attention: tuple[str, ...] = ()

    def __init__(self, request, params, model, model_admin):
        self.conditions_here = self.conditions_for(model_admin)
        super().__init__(request, params, model, model_admin)

    @classmethod
    def conditions_for(cls, page: admin.ModelAdmin) -> list[tuple[str, str, Q]]:
        """The values on the list of `page`, each with its label and its condition."""
        raise NotImplementedError

    @classmethod
    def in_words(cls, label: str) -> str:
        """What a value means where the title of the filter does not stand above it."""
        return label

    def lookups(self, request, model_admin):
        return [(value, label) for value, label, _condition in self.conditions_here]

    def queryset(self, request, queryset):
        for value, _label, condition in self.conditions_here:
            if value == self.value():
                return queryset.filter(condition)


class MissingTranslationFilter(ConditionFilter):
    """Records with English text that is not translated.

    The admin page names in `translated_texts` the texts that count: fields, and fields of the parts.
    """

    title = _("missing translation")
    parameter_name = "untranslated"
    attention = tuple(code for code in AVAILABLE_LANGUAGES if code != DEFAULT_LANGUAGE)

    @classmethod
    def conditions_for(cls, page):
        names = dict(settings.LANGUAGES)
        return [(code, names[code], untranslated(page.model, page.translated_texts, code)) for code in cls.attention]

    @classmethod
    def in_words(cls, label):
        return gettext("Not translated into %(language)s") % {"language": label}


def untranslated(model: type[models.Model], texts: tuple[str, ...], language: str) -> Q:
    """Condition "one of the `texts`, fields of `model` or of its parts, is there in English and not in `language`"."""
    condition = Q()
    for text in texts:
        lacking = Q(**{f"{text}_{DEFAULT_LANGUAGE}__gt": ""}) & lacks(f"{text}_{language}")
        if LOOKUP_SEP in text:
            # One subquery a text: joined together, parts of several kinds would multiply each other.
            lacking = Q(pk__in=model._base_manager.filter(lacking).values("pk"))
        condition |= lacking
    return condition


class WithoutFilter(ConditionFilter):
    """Records that lack something. Subclasses list in `conditions` what: a value, its label, the condition."""

    title = _("what is missing")
    parameter_name = "without"
    conditions: list[tuple[str, str, Q]] = []

    @classmethod
    def conditions_for(cls, page):
        return cls.conditions
