"""Topics and sectors: what work is about."""

from rest_framework import serializers

from api.serializers.base import AddressField, ListAddressField, PageField, ResourceSerializer
from api.serializers.fields import TextField
from api.serializers.relations import CodedReference, CountedField, NumberedReference
from codelists.models import Sector, Topic
from engagements.models import Engagement
from multilingual.text import in_language
from profiles.models import Profile
from programmes.models import Programme


class TopicReference(NumberedReference):
    url = AddressField("topics")
    name = serializers.CharField(read_only=True, help_text="Name, in the language of the answer.")


class TopicSerializer(ResourceSerializer):
    """A subject that records are tagged with."""

    resource, collection, reference = "topic", "topics", TopicReference

    id = serializers.IntegerField(source="pk", read_only=True, help_text="Number of the topic. It never changes.")
    url = AddressField("topics")
    page = PageField()
    slug = serializers.SlugField(read_only=True, help_text="The value that the parameter topic takes. It may change.")
    name = serializers.CharField(read_only=True, help_text="Name, in the language of the answer.")
    description = TextField(help_text="What belongs to it, in one or two sentences.")
    engagement_count = CountedField(
        lambda: Engagement.objects.published().number_for("topics"), help_text="Number of public engagements on it."
    )
    programme_count = CountedField(
        lambda: Programme.objects.published().number_for("topics"), help_text="Number of public programmes on it."
    )
    profile_count = CountedField(
        lambda: Profile.objects.published().number_for("topics"), help_text="Number of public profiles of people in it."
    )
    engagements_url = ListAddressField(
        "engagements", "topic", "slug", help_text="Address of the list of engagements on it."
    )

    @staticmethod
    def public():
        return Topic.objects.order_by(in_language("name"), "pk")


class SectorReference(CodedReference):
    url = AddressField("sectors")
    name = serializers.CharField(read_only=True, help_text="Name in plain words, in the language of the answer.")


class SectorSerializer(ResourceSerializer):
    """A section of the International Standard Industrial Classification (ISIC Rev. 4)."""

    resource, collection, reference = "sector", "sectors", SectorReference

    id = serializers.CharField(
        source="pk", read_only=True, help_text="Letter of the ISIC section: the value that the parameter sector takes."
    )
    url = AddressField("sectors")
    name = serializers.CharField(read_only=True, help_text="Name in plain words, in the language of the answer.")
    isic_title = serializers.CharField(read_only=True, help_text="Official title of the ISIC section, in English.")
    engagement_count = CountedField(
        lambda: Engagement.objects.published().number_for("sector"), help_text="Number of public engagements in it."
    )
    programme_count = CountedField(
        lambda: Programme.objects.published().number_for("sectors"), help_text="Number of public programmes for it."
    )
    engagements_url = ListAddressField(
        "engagements", "sector", "pk", help_text="Address of the list of engagements in it."
    )

    @staticmethod
    def public():
        return Sector.objects.order_by("pk")
