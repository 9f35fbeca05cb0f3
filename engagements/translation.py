from modeltranslation.translator import TranslationOptions, register

from engagements.models import Engagement


@register(Engagement)
class EngagementTranslation(TranslationOptions):
    fields = ("title", "summary", "results")
    required_languages = {"en": ("title",)}
