"""Training programmes."""

from django.utils.functional import cached_property
from rest_framework import serializers

from api.serializers.base import AddressField, ListAddressField, PageField, PartSerializer, absolute
from api.serializers.fields import (
    DeliveryModeSerializer,
    GoalSerializer,
    LanguageSerializer,
    LinkField,
    ProgrammeKindSerializer,
    RichTextSerializer,
    TextField,
)
from api.serializers.relations import CountedField, NumberedReference, RelatedField
from api.serializers.times import DatedSerializer
from engagements.models import Engagement
from programmes.models import Material, Module, Programme


class ProgrammeReference(NumberedReference):
    url = AddressField("programmes")
    name = serializers.CharField(read_only=True, help_text="Name, in the language of the answer where there is one.")


class ModuleSerializer(PartSerializer):
    """One part of a programme's contents."""

    order = serializers.IntegerField(read_only=True, min_value=1, help_text="Its place among the modules, from 1.")
    title = serializers.CharField(read_only=True, help_text="Title.")
    summary = RichTextSerializer(help_text="What is learned in it.")

    def parts(self):
        return Module.objects.order_by("order")


class MaterialAddressField(serializers.URLField):
    def to_representation(self, value) -> str:
        return absolute(self.context["request"], value.get_absolute_url())


class MaterialSerializer(PartSerializer):
    """Something to read or use: a file or a link."""

    title = serializers.CharField(read_only=True, help_text="Title.")
    url = MaterialAddressField(source="*", read_only=True, help_text="Address of the file, or of a page elsewhere.")
    media_type = TextField(source="kind.media_type", default=None, help_text="Media type of the file; null for a link.")
    size = serializers.IntegerField(
        source="file_size",
        read_only=True,
        allow_null=True,
        min_value=0,
        help_text="Size of the file in bytes; null for a link.",
    )
    language = LanguageSerializer(allow_null=True, help_text="Language that it is in.")
    edition = TextField(help_text="Edition, such as “second edition, 2020”.")

    def parts(self):
        return Material.objects.published().order_by("pk")


class CountriesUsedField(RelatedField):
    """The countries where a programme is used: those of its public engagements, by name."""

    def __init__(self, **kwargs):
        super().__init__("country", many=True, source="country_codes", **kwargs)

    def ask(self, queryset):
        return queryset.with_country_codes()

    @cached_property
    def countries(self) -> dict:
        """All countries, in order; there are some 250, of which a list of programmes soon shows most."""
        return {country.pk: country for country in self.records()}

    def to_representation(self, value) -> list:
        codes = set(value.split(",")) if value else set()
        return [self.shown.to_representation(country) for code, country in self.countries.items() if code in codes]


class ProgrammeSerializer(DatedSerializer):
    """A training programme, such as My.Coop."""

    resource, collection, reference = "programme", "programmes", ProgrammeReference

    id = serializers.IntegerField(source="pk", read_only=True, help_text="Number of the programme. It never changes.")
    url = AddressField("programmes")
    page = PageField()
    slug = serializers.SlugField(
        read_only=True, help_text="The value that the parameter programme takes. It may change."
    )
    name = serializers.CharField(read_only=True, help_text="Name, in the language of the answer where there is one.")
    kind = ProgrammeKindSerializer(help_text="What kind of programme it is.")
    aim = TextField(help_text="What people can do after it.")
    audience = TextField(help_text="Who it is for.")
    duration = TextField(help_text="How long it takes, in words.")
    launch_year = serializers.IntegerField(
        read_only=True, allow_null=True, min_value=1900, max_value=2100, help_text="Year in which it was first given."
    )
    delivery_modes = DeliveryModeSerializer(many=True, help_text="How it is given.")
    languages = LanguageSerializer(many=True, help_text="Languages that it is given in.")
    topics = RelatedField("topic", many=True, help_text="Topics that it is about.")
    sectors = RelatedField("sector", many=True, help_text="Sectors that it is made for.")
    sdgs = GoalSerializer(many=True, help_text="Sustainable Development Goals that it contributes to.")
    partners = RelatedField("organisation", many=True, help_text="Organisations that made or carry it.")
    modules = ModuleSerializer(many=True, help_text="Its contents, in order.")
    materials = MaterialSerializer(many=True, help_text="What there is to read or use.")
    source_url = LinkField(help_text="Address of a page where these facts are stated.")
    country_count = serializers.IntegerField(
        read_only=True, min_value=0, help_text="Number of countries where a public engagement used it."
    )
    countries = CountriesUsedField(help_text="Countries where a public engagement used it, by name.")
    engagement_count = CountedField(
        lambda: Engagement.objects.published().number_for("programme"),
        help_text="Number of public engagements that used it.",
    )
    engagements_url = ListAddressField(
        "engagements", "programme", "slug", help_text="Address of the list of engagements that used it."
    )

    @staticmethod
    def public():
        return Programme.objects.published().by_name()

    def prepared(self, queryset):
        queryset = super().prepared(queryset)
        return queryset.with_usage() if "country_count" in self.fields else queryset
