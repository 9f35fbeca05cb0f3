"""Colleagues: who works on cooperatives."""

from rest_framework import serializers

from api.serializers.base import AddressField, ListAddressField, PageField, PartSerializer
from api.serializers.fields import LanguageSerializer, RoleSerializer, TextField
from api.serializers.interviews import PictureAddressField
from api.serializers.relations import CountedField, NumberedReference, RelatedField
from api.serializers.times import DatedSerializer
from engagements.models import Engagement, EngagementStaff
from organisations.models import Office
from profiles.models import Education, Position, Profile, ProfileLink
from publishing.querysets import published_q

YEAR = {"read_only": True, "allow_null": True, "min_value": 1900, "max_value": 2100}


class ProfileReference(NumberedReference):
    url = AddressField("profiles")
    name = serializers.CharField(source="__str__", read_only=True, help_text="Given and family name.")


class OfficeSerializer(PartSerializer):
    """A duty station."""

    name = serializers.CharField(read_only=True, help_text="Name, in the language of the answer.")
    city = serializers.CharField(read_only=True, help_text="City, in the language of the answer.")
    country = RelatedField("country", help_text="Country where it is.")

    def parts(self):
        return Office.objects.order_by("pk")


class PortraitSerializer(PartSerializer):
    """A portrait. It is here only where the person agreed to its use as open data."""

    url = PictureAddressField(source="portrait", read_only=True, help_text="Address of the picture.")
    alt = TextField(source="portrait_alt", help_text="What the portrait shows, in words.")
    credit = TextField(source="portrait_credit", help_text="Who is to be named as its author.")

    def to_representation(self, value):
        return super().to_representation(value) if value.portrait and value.reuse_agreed else None


class LinkSerializer(PartSerializer):
    """A link on a profile."""

    label = serializers.CharField(read_only=True, help_text="Where it leads, in words.")
    url = serializers.URLField(read_only=True, help_text="The address.")

    def parts(self):
        return ProfileLink.objects.order_by("pk")


class EducationSerializer(PartSerializer):
    """A course of study."""

    title = serializers.CharField(read_only=True, help_text="What was studied.")
    organisation = RelatedField("organisation", allow_null=True, help_text="Where.")
    country = RelatedField("country", allow_null=True, help_text="In which country.")
    from_year = serializers.IntegerField(help_text="First year.", **YEAR)
    to_year = serializers.IntegerField(help_text="Last year; null for until today, or not known.", **YEAR)

    def parts(self):
        return Education.objects.all()


class PositionSerializer(PartSerializer):
    """A post held, here or elsewhere."""

    title = serializers.CharField(read_only=True, help_text="Title of the post.")
    organisation = RelatedField("organisation", allow_null=True, help_text="Where.")
    countries = RelatedField("country", many=True, help_text="Countries that it was about.")
    from_year = serializers.IntegerField(help_text="First year.", **YEAR)
    to_year = serializers.IntegerField(help_text="Last year; null for until today, or not known.", **YEAR)

    def parts(self):
        return Position.objects.all()


class TakingPartSerializer(PartSerializer):
    """An engagement that a colleague took part in."""

    relation, most = "engagement_staff", 50

    engagement = RelatedField("engagement", help_text="The engagement.")
    role = RoleSerializer(help_text="What the colleague did in it.")

    def parts(self):
        parts = EngagementStaff.objects.filter(published_q("engagement"))
        return parts.order_by("-engagement__start_date", "-engagement__pk")


class ProfileSerializer(DatedSerializer):
    """A colleague who works on cooperatives and agreed to be shown."""

    resource, collection, reference = "profile", "profiles", ProfileReference

    id = serializers.IntegerField(source="pk", read_only=True, help_text="Number of the profile. It never changes.")
    url = AddressField("profiles")
    page = PageField()
    slug = serializers.SlugField(read_only=True, help_text="The value that the parameter profile takes. It may change.")
    name = serializers.CharField(source="__str__", read_only=True, help_text="Given and family name.")
    given_name = serializers.CharField(read_only=True, help_text="Given name.")
    family_name = serializers.CharField(read_only=True, help_text="Family name.")
    post_title = TextField(help_text="Title of the post, in the language of the answer where there is one.")
    summary = TextField(help_text="Who the person is, in two or three sentences.")
    office = OfficeSerializer(allow_null=True, help_text="Where the person works.")
    portrait = PortraitSerializer(
        source="*",
        allow_null=True,
        help_text="Portrait; null where there is none, or none that others may use.",
    )
    languages = LanguageSerializer(many=True, help_text="Languages spoken.")
    topics = RelatedField("topic", many=True, help_text="Topics that the person knows about.")
    links = LinkSerializer(many=True, help_text="Links, such as a list of publications.")
    education = EducationSerializer(many=True, help_text="Courses of study, the first one first.")
    positions = PositionSerializer(many=True, help_text="Posts held, the first one first.")
    interviews = RelatedField("interview", many=True, help_text="Interviews with the person, the newest first.")
    engagements = TakingPartSerializer(
        many=True,
        source="newest_parts",
        help_text="The newest 50 public engagements that the person took part in; all are at engagements_url.",
    )
    engagement_count = CountedField(
        lambda: Engagement.objects.published().number_for("staff"),
        help_text="Number of public engagements that the person took part in.",
    )
    engagements_url = ListAddressField(
        "engagements", "profile", "slug", help_text="Address of the list of all of them."
    )
    reuse_agreed = serializers.BooleanField(
        read_only=True,
        help_text="Whether the person agreed that others use texts and pictures under the licence of the data. "
        "Where not, link to the page instead of copying it.",
    )
    is_example = serializers.BooleanField(read_only=True, help_text="Whether the person is an invented example.")

    @staticmethod
    def public():
        return Profile.objects.published().by_name()
