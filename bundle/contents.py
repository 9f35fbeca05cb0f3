"""The tables of the data package, in the order in which one refers to another."""

from django.db.models import Q

from bundle.declaring import all_of, links, part, table, whole
from bundle.files import FILES
from bundle.sourcing import SourceTable
from bundle.tables import Extent, ModelTable, Table
from codelists.models import (
    Country,
    DeliveryMode,
    Language,
    Region,
    Sector,
    Subregion,
    SustainableDevelopmentGoal,
    Topic,
)
from engagements.models import Engagement, EngagementStaff
from organisations.models import Office, Organisation
from profiles.consent import ConsentScope
from profiles.models import Education, Exchange, Interview, InterviewPhoto, Position, Profile, ProfileLink, Series
from programmes.models import Material, Module, Programme


def _public_series(extent: Extent):
    return Series.objects.filter(pk__in=Interview.objects.published(extent.at).values("series"))


def _photos(extent: Extent):
    photos = InterviewPhoto.objects.published(extent.at)
    return photos.filter(interview__profile__consent_scope=ConsentScope.REUSE) if extent.reusable_only else photos


def _portrait_shown(extent: Extent) -> Q | None:
    return Q(consent_scope=ConsentScope.REUSE) if extent.reusable_only else None


OF_PORTRAIT = {
    "portrait": {"shown": _portrait_shown, "hidden": ""},
    "portrait_framing": {"shown": _portrait_shown},
    "portrait_alt": {"shown": _portrait_shown},
    "portrait_credit": {"shown": _portrait_shown, "hidden": ""},
}

CODE_LISTS: list[ModelTable] = [
    all_of(Region, "Regions", "The organisation's five regions.", "code position name"),
    all_of(Subregion, "Sub-regions", "The sub-regions of the United Nations' list M49.", "code name"),
    all_of(
        Country,
        "Countries",
        "Countries and areas of ISO 3166-1, with their names in each language.",
        "code alpha3 m49 subregion region latitude longitude name",
    ),
    all_of(Sector, "Sectors", "The sections of ISIC, Revision 4, under plain names.", "code isic_title name"),
    all_of(Language, "Languages", "Languages by ISO 639.", "code name"),
    all_of(DeliveryMode, "Delivery modes", "How a training programme is given.", "code name"),
    all_of(SustainableDevelopmentGoal, "Sustainable Development Goals", "The goals of 2030.", "number name"),
    all_of(Topic, "Topics", "Subjects that records are tagged with.", "id slug name description"),
]

_offices = all_of(Office, "Offices", "The organisation's own duty stations.", "id name city country source_url")
_organisations = whole(
    Organisation,
    "Organisations",
    "Partner organisations.",
    "id slug name acronym kind country website description",
)
_programmes = whole(
    Programme,
    "Training programmes",
    "Where a programme is used is what the engagements say.",
    "id slug name kind aim audience duration launch_year source_url featured",
)
_profiles = whole(
    Profile,
    "People",
    "Colleagues who agreed to be shown. The licence covers what is said of them only where the consent is “reuse”.",
    "id slug given_name family_name post_title office portrait portrait_framing portrait_alt portrait_credit summary "
    "consent_scope is_example featured",
    changed=OF_PORTRAIT,
    file="portrait",
    whole_row=False,
)
_education = part(
    Education,
    ("profile",),
    "Education",
    "What people studied.",
    "id profile title organisation country from_year to_year",
)
_positions = part(
    Position, ("profile",), "Positions", "Posts that people held.", "id profile title organisation from_year to_year"
)
_interviews = whole(
    Interview,
    "Interviews",
    "Conversations with the people.",
    "id profile series title pull_quote published_on source_url language",
)
_engagements = whole(
    Engagement,
    "Engagements",
    "What was done in a country, with which programme, and when.",
    "id slug country programme title kind summary results start_date start_precision end_date end_precision "
    "activity_status sector women_trained men_trained source_url",
)

TABLES: list[Table] = [
    *CODE_LISTS,
    FILES,
    _offices,
    links("office_countries", Office, "countries_covered", "Countries that offices work for"),
    _organisations,
    _programmes,
    links("programme_delivery_modes", Programme, "delivery_modes", "Delivery modes of programmes", to="delivery_mode"),
    links("programme_languages", Programme, "languages", "Languages of programmes"),
    links("programme_partners", Programme, "partners", "Partners of programmes"),
    links("programme_topics", Programme, "topics", "Topics of programmes"),
    links("programme_sectors", Programme, "sectors", "Sectors of programmes"),
    links("programme_sdgs", Programme, "sdgs", "Sustainable Development Goals of programmes", to="sdg"),
    part(Module, ("programme",), "Modules", "The contents of programmes.", "id programme order title summary"),
    part(
        Material,
        ("programme",),
        "Materials",
        "What there is to read and use: a file or a link.",
        "id programme title file url language edition",
        file="file",
    ),
    table(
        "series",
        Series,
        "Interview series",
        "Series with a public interview.",
        "id slug name introduction",
        _public_series,
    ),
    _profiles,
    links("profile_languages", Profile, "languages", "Languages that people speak"),
    links("profile_topics", Profile, "topics", "Topics of people"),
    part(ProfileLink, ("profile",), "Links of people", "Where to read more.", "id profile label url"),
    _education,
    _positions,
    links("position_countries", Position, "countries", "Countries of positions", wholes=("position__profile",)),
    _interviews,
    part(
        Exchange,
        ("interview", "interview__profile"),
        "Questions and answers",
        "What was said in the interviews.",
        "id interview order question answer",
    ),
    table(
        "interview_photos",
        InterviewPhoto,
        "Photos of interviews",
        "Pictures of people. Those that may be used elsewhere are marked in the table files.",
        "id interview exchange image image_framing alt caption credit",
        _photos,
        file="image",
    ),
    _engagements,
    links("engagement_topics", Engagement, "topics", "Topics of engagements"),
    links("engagement_partners", Engagement, "partners", "Partners of engagements"),
    part(
        EngagementStaff,
        ("engagement", "profile"),
        "Staff of engagements",
        "Which colleague had what part.",
        "id engagement profile role",
    ),
    SourceTable.of(_education, "education_sources", "Sources of education"),
    SourceTable.of(_positions, "position_sources", "Sources of positions"),
    SourceTable.of(_engagements, "engagement_sources", "Sources of engagements"),
]
BY_NAME: dict[str, Table] = {each.name: each for each in TABLES}
