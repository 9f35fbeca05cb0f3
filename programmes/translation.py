from modeltranslation.translator import TranslationOptions, register

from programmes.models import Material, Module, Programme


@register(Programme)
class ProgrammeTranslation(TranslationOptions):
    fields = ("name", "aim", "audience", "duration")
    required_languages = {"en": ("name",)}


@register(Module)
class ModuleTranslation(TranslationOptions):
    fields = ("title", "summary")
    required_languages = {"en": ("title",)}


@register(Material)
class MaterialTranslation(TranslationOptions):
    fields = ("title",)
    required_languages = {"en": ("title",)}
