"""What the API sends of each kind of record."""

from api.serializers.base import RESOURCES, ResourceSerializer
from api.serializers.engagements import EngagementSerializer
from api.serializers.interviews import InterviewSerializer
from api.serializers.organisations import OrganisationSerializer
from api.serializers.places import CountrySerializer, RegionSerializer
from api.serializers.profiles import ProfileSerializer
from api.serializers.programmes import ProgrammeSerializer
from api.serializers.subjects import SectorSerializer, TopicSerializer

__all__ = [
    "RESOURCES",
    "CountrySerializer",
    "EngagementSerializer",
    "InterviewSerializer",
    "OrganisationSerializer",
    "ProfileSerializer",
    "ProgrammeSerializer",
    "RegionSerializer",
    "ResourceSerializer",
    "SectorSerializer",
    "TopicSerializer",
]
