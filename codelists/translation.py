from modeltranslation.translator import TranslationOptions, register

from codelists.models import (
    Country,
    DeliveryMode,
    Language,
    Region,
    Sector,
    Subregion,
    SustainableDevelopmentGoal,
    Topic,
)


@register([Country, DeliveryMode, Language, Region, Sector, Subregion, SustainableDevelopmentGoal])
class NameTranslation(TranslationOptions):
    fields = ("name",)


@register(Topic)
class TopicTranslation(TranslationOptions):
    fields = ("name", "description")
