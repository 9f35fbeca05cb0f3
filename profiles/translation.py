from modeltranslation.translator import TranslationOptions, register

from profiles.models import Education, Exchange, Interview, InterviewPhoto, Position, Profile, ProfileLink, Series


@register(Profile)
class ProfileTranslation(TranslationOptions):
    fields = ("post_title", "portrait_alt", "summary")


@register(ProfileLink)
class ProfileLinkTranslation(TranslationOptions):
    fields = ("label",)
    required_languages = {"en": ("label",)}


@register([Education, Position])
class CareerStepTranslation(TranslationOptions):
    fields = ("title",)
    required_languages = {"en": ("title",)}


@register(Series)
class SeriesTranslation(TranslationOptions):
    fields = ("name", "introduction")
    required_languages = {"en": ("name",)}


@register(Interview)
class InterviewTranslation(TranslationOptions):
    fields = ("title", "pull_quote")
    required_languages = {"en": ("title",)}


@register(Exchange)
class ExchangeTranslation(TranslationOptions):
    fields = ("question", "answer")
    required_languages = {"en": ("question",)}


@register(InterviewPhoto)
class InterviewPhotoTranslation(TranslationOptions):
    fields = ("alt", "caption")
    required_languages = {"en": ("alt",)}
