"""Country engagements."""

from rest_framework import serializers

from api.serializers.base import AddressField, PageField, PartSerializer
from api.serializers.fields import (
    ActivityStatusSerializer,
    DateSerializer,
    EngagementKindSerializer,
    LinkField,
    RichTextSerializer,
    RoleSerializer,
    TextField,
)
from api.serializers.relations import NumberedReference, RelatedField
from api.serializers.times import DatedSerializer
from engagements.models import MOST_TRAINED, Engagement, EngagementStaff
from publishing.querysets import published_q


class EngagementReference(NumberedReference):
    url = AddressField("engagements")
    name = serializers.CharField(source="title", read_only=True, help_text="Title, in the language of the answer.")


class StaffSerializer(PartSerializer):
    """A colleague's part in an engagement."""

    profile = RelatedField("profile", help_text="The colleague.")
    role = RoleSerializer(help_text="What the colleague did.")

    def parts(self):
        return EngagementStaff.objects.filter(published_q("profile")).order_by("pk")


class EngagementSerializer(DatedSerializer):
    """A piece of work in a country."""

    resource, collection, reference = "engagement", "engagements", EngagementReference

    id = serializers.IntegerField(source="pk", read_only=True, help_text="Number of the engagement. It never changes.")
    url = AddressField("engagements")
    page = PageField()
    slug = serializers.SlugField(read_only=True, help_text="Part of the page's address. It may change.")
    title = serializers.CharField(read_only=True, help_text="Title, in the language of the answer where there is one.")
    kind = EngagementKindSerializer(help_text="What kind of work it is.")
    country = RelatedField("country", help_text="Country where it takes place.")
    programme = RelatedField(
        "programme",
        allow_null=True,
        help_text="Training programme that was used; null for none, or none that is public.",
    )
    summary = TextField(help_text="What was done.")
    results = RichTextSerializer(help_text="What came of it.")
    start = DateSerializer("start", help_text="When it began, or is to begin.")
    end = DateSerializer(
        "end", allow_null=True, help_text="When it ended, or is to end; null where it is not known or still going on."
    )
    activity_status = ActivityStatusSerializer(help_text="How far it is.")
    sector = RelatedField("sector", allow_null=True, help_text="Economic sector that it is about.")
    topics = RelatedField("topic", many=True, help_text="Topics that it is about.")
    partners = RelatedField("organisation", many=True, help_text="Organisations that it was done with.")
    staff = StaffSerializer(many=True, source="engagement_staff", help_text="Colleagues with a public profile in it.")
    women_trained = serializers.IntegerField(
        read_only=True,
        allow_null=True,
        min_value=0,
        max_value=MOST_TRAINED,
        help_text="Number of women trained; null where nobody counted.",
    )
    men_trained = serializers.IntegerField(
        read_only=True,
        allow_null=True,
        min_value=0,
        max_value=MOST_TRAINED,
        help_text="Number of men trained; null where nobody counted.",
    )
    source_url = LinkField(help_text="Address of a page where this is reported.")

    @staticmethod
    def public():
        return Engagement.objects.published().newest_first()
