from modeltranslation.translator import TranslationOptions, register

from organisations.models import Office, Organisation


@register(Organisation)
class OrganisationTranslation(TranslationOptions):
    fields = ("name", "acronym", "description")
    required_languages = {"en": ("name",)}


@register(Office)
class OfficeTranslation(TranslationOptions):
    fields = ("name", "city")
    required_languages = {"en": ("name", "city")}
