"""Partner organisations."""

from rest_framework import serializers

from api.serializers.base import AddressField, ListAddressField, PageField
from api.serializers.fields import LinkField, OrganisationKindSerializer, TextField
from api.serializers.relations import CountedField, NumberedReference, RelatedField
from api.serializers.times import DatedSerializer
from engagements.models import Engagement
from organisations.models import Organisation
from programmes.models import Programme


class OrganisationReference(NumberedReference):
    url = AddressField("organisations")
    name = serializers.CharField(read_only=True, help_text="Name, in the language of the answer where there is one.")


class OrganisationSerializer(DatedSerializer):
    """A partner: a ministry, a federation, a university …"""

    resource, collection, reference = "organisation", "organisations", OrganisationReference

    id = serializers.IntegerField(
        source="pk", read_only=True, help_text="Number of the organisation. It never changes."
    )
    url = AddressField("organisations")
    page = PageField()
    slug = serializers.SlugField(
        read_only=True, help_text="The value that the parameter organisation takes. It may change."
    )
    name = serializers.CharField(read_only=True, help_text="Name, in the language of the answer where there is one.")
    acronym = TextField(help_text="Acronym under which it is known.")
    kind = OrganisationKindSerializer(help_text="What kind of organisation it is.")
    country = RelatedField(
        "country", allow_null=True, help_text="Where it has its seat; null for regional and worldwide ones without one."
    )
    website = LinkField(help_text="Address of its website.")
    description = TextField(help_text="What the organisation is, in one or two sentences.")
    engagement_count = CountedField(
        lambda: Engagement.objects.published().number_for("partners"),
        help_text="Number of public engagements in which it was a partner.",
    )
    programme_count = CountedField(
        lambda: Programme.objects.published().number_for("partners"),
        help_text="Number of public programmes that it made or carries.",
    )
    engagements_url = ListAddressField(
        "engagements", "organisation", "slug", help_text="Address of the list of engagements in which it was a partner."
    )

    @staticmethod
    def public():
        return Organisation.objects.published().by_name()
