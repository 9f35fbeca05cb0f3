"""Published conversations with colleagues."""

from rest_framework import serializers

from api.serializers.base import PageField, PartSerializer, absolute
from api.serializers.fields import LanguageSerializer, LinkField, RichTextSerializer, TextField
from api.serializers.relations import NumberedReference
from api.serializers.times import DatedSerializer
from profiles.models import Exchange, Interview, InterviewPhoto, Series


class InterviewReference(NumberedReference):
    """Interviews have no address of their own in this API: they are part of the profile."""

    page = PageField()
    name = serializers.CharField(source="title", read_only=True, help_text="Title, in the language of the answer.")


class PictureAddressField(serializers.URLField):
    """The address of a picture: what an editor's crop leaves of it."""

    def to_representation(self, value) -> str:
        return absolute(self.context["request"], value.framed_url)


class SeriesSerializer(PartSerializer):
    """A series of interviews."""

    slug = serializers.SlugField(read_only=True, help_text="Short name of the series. It may change.")
    name = serializers.CharField(read_only=True, help_text="Name, in the language of the answer.")

    def parts(self):
        return Series.objects.order_by("pk")


class ExchangeSerializer(PartSerializer):
    """A question and its answer."""

    order = serializers.IntegerField(read_only=True, min_value=1, help_text="Its place in the interview, from 1.")
    question = serializers.CharField(read_only=True, help_text="The question.")
    answer = RichTextSerializer(help_text="The answer.")

    def parts(self):
        return Exchange.objects.order_by("order")


class PhotoSerializer(PartSerializer):
    """A photo of an interview. It is here only where the person agreed to its use as open data."""

    url = PictureAddressField(source="image", read_only=True, help_text="Address of the photo.")
    alt = serializers.CharField(read_only=True, help_text="What the photo shows, in words.")
    caption = TextField(help_text="The caption that it had.")
    credit = TextField(help_text="Who is to be named as its author.")
    after_exchange = serializers.IntegerField(
        source="exchange.order",
        default=None,
        read_only=True,
        allow_null=True,
        min_value=1,
        help_text="The place of the question after whose answer it stood; null for the beginning.",
    )

    def parts(self):
        return InterviewPhoto.objects.published().reusable().select_related("exchange").order_by("pk")


class InterviewSerializer(DatedSerializer):
    """A published conversation with a colleague."""

    resource, reference = "interview", InterviewReference

    id = serializers.IntegerField(source="pk", read_only=True, help_text="Number of the interview. It never changes.")
    page = PageField()
    title = serializers.CharField(read_only=True, help_text="Title, in the language of the answer where there is one.")
    series = SeriesSerializer(allow_null=True, help_text="Series that it is part of.")
    pull_quote = TextField(help_text="One sentence of it.")
    published_on = serializers.DateField(
        read_only=True, allow_null=True, help_text="Date that the article bears (ISO 8601)."
    )
    source_url = LinkField(help_text="Address where it was first printed.")
    language = LanguageSerializer(allow_null=True, help_text="Language that it was held in.")
    exchanges = ExchangeSerializer(many=True, help_text="Questions and answers, in order.")
    photos = PhotoSerializer(many=True, help_text="Photos that may be used by others.")

    @staticmethod
    def public():
        return Interview.objects.published().order_by("-published_on", "-pk")
