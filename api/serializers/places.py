"""Countries and regions."""

from rest_framework import serializers

from api.serializers.base import AddressField, ListAddressField, PageField, PartSerializer, ResourceSerializer
from api.serializers.relations import CodedReference, CountedField, RelatedField
from codelists.models import Country, Region, Subregion
from engagements.models import Engagement
from multilingual.text import in_language


class RegionReference(CodedReference):
    url = AddressField("regions")
    name = serializers.CharField(read_only=True, help_text="Name, in the language of the answer.")


class RegionSerializer(ResourceSerializer):
    """A region of the organisation, to which it assigns countries."""

    resource, collection, reference = "region", "regions", RegionReference

    id = serializers.SlugField(source="pk", read_only=True, help_text="Code of the region, such as africa.")
    url = AddressField("regions")
    page = PageField()
    name = serializers.CharField(read_only=True, help_text="Name, in the language of the answer.")
    country_count = CountedField(
        lambda: Engagement.objects.published().number_for("country__region", counting="country"),
        help_text="Number of countries of the region with public engagements.",
    )
    engagement_count = CountedField(
        lambda: Engagement.objects.published().number_for("country__region"),
        help_text="Number of public engagements in the countries of the region.",
    )
    countries_url = ListAddressField("countries", "region", "pk", help_text="Address of the list of its countries.")
    engagements_url = ListAddressField(
        "engagements", "region", "pk", help_text="Address of the list of engagements in its countries."
    )

    @staticmethod
    def public():
        return Region.objects.order_by("position", "pk")


class SubregionSerializer(PartSerializer):
    """A sub-region of UN M49."""

    code = serializers.CharField(source="pk", read_only=True, help_text="UN M49 code: three digits.")
    name = serializers.CharField(read_only=True, help_text="Name, in the language of the answer.")

    def parts(self):
        return Subregion.objects.order_by("pk")


class CountryReference(CodedReference):
    url = AddressField("countries")
    name = serializers.CharField(read_only=True, help_text="Name, in the language of the answer.")


class CountrySerializer(ResourceSerializer):
    """A country or area of ISO 3166-1."""

    resource, collection, reference = "country", "countries", CountryReference

    id = serializers.CharField(
        source="pk", read_only=True, help_text="ISO 3166-1 alpha-2 code: the value that the parameter country takes."
    )
    url = AddressField("countries")
    page = PageField()
    name = serializers.CharField(read_only=True, help_text="Name, in the language of the answer.")
    alpha3 = serializers.CharField(read_only=True, help_text="ISO 3166-1 alpha-3 code.")
    m49 = serializers.CharField(read_only=True, help_text="UN M49 code: three digits.")
    region = RelatedField(
        "region", allow_null=True, help_text="Region of the organisation; null where it has assigned none."
    )
    subregion = SubregionSerializer(
        allow_null=True, help_text="Sub-region of UN M49; null for the few areas that have none."
    )
    latitude = serializers.FloatField(
        read_only=True,
        allow_null=True,
        min_value=-90,
        max_value=90,
        help_text="Degrees north (WGS 84) of a point on its land that stands for it on maps.",
    )
    longitude = serializers.FloatField(
        read_only=True, allow_null=True, min_value=-180, max_value=180, help_text="Degrees east (WGS 84) of that point."
    )
    engagement_count = CountedField(
        lambda: Engagement.objects.published().number_for("country"), help_text="Number of public engagements in it."
    )
    engagements_url = ListAddressField(
        "engagements", "country", "pk", help_text="Address of the list of engagements in it."
    )

    @staticmethod
    def public():
        return Country.objects.order_by(in_language("name"), "pk")
