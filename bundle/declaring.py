"""Shorthands to declare the tables of the package by the models that they are of."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from django.db import models

from bundle.tables import Column, Extent, ModelTable, Reference, columns
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
from profiles.models import Education, Exchange, Interview, InterviewPhoto, Position, Profile, ProfileLink, Series
from programmes.models import Material, Module, Programme
from publishing.models import Publishable

# The tables of the models, and the columns of their keys.
NAMES: dict[type[models.Model], Reference] = {
    Region: Reference("regions", "code"),
    Subregion: Reference("subregions", "code"),
    Country: Reference("countries", "code"),
    Sector: Reference("sectors", "code"),
    Language: Reference("languages", "code"),
    DeliveryMode: Reference("delivery_modes", "code"),
    SustainableDevelopmentGoal: Reference("sdgs", "number"),
    Topic: Reference("topics", "id"),
    Office: Reference("offices", "id"),
    Organisation: Reference("organisations", "id"),
    Programme: Reference("programmes", "id"),
    Module: Reference("modules", "id"),
    Material: Reference("materials", "id"),
    Series: Reference("series", "id"),
    Profile: Reference("profiles", "id"),
    ProfileLink: Reference("profile_links", "id"),
    Education: Reference("education", "id"),
    Position: Reference("positions", "id"),
    Interview: Reference("interviews", "id"),
    Exchange: Reference("exchanges", "id"),
    InterviewPhoto: Reference("interview_photos", "id"),
    Engagement: Reference("engagements", "id"),
    EngagementStaff: Reference("engagement_staff", "id"),
}
STAMPS = " publish_at created_at updated_at"
DESCRIBED = {
    "id": "The number of the record in the portal; it never changes.",
    "slug": "The last part of the address of the page; it may change.",
    "publish_at": "Since when the record is public.",
    "created_at": "When the record was first written down.",
    "updated_at": "When the record was last changed.",
    "order": "The place among the parts of the same whole, from 1.",
    "featured": "Whether the home page shows it.",
    "source_url": "A page where this is stated.",
    "m49": "The number of the country in the United Nations' list M49.",
    "region": "The organisation's own region, not the United Nations' sub-region.",
    "latitude": "Degrees north (WGS 84) of a point that stands for the country on a map.",
    "longitude": "Degrees east (WGS 84) of a point that stands for the country on a map.",
    "isic_title": "The title of the section in ISIC, Revision 4.",
    "countries_covered": "A country that the office works for.",
    "introduction": "HTML: paragraphs, headings, lists, quotes and links.",
    "answer": "HTML: paragraphs, headings, lists, quotes and links.",
    "results": "What came of it. HTML: paragraphs, headings, lists, quotes and links.",
    "portrait": "The name of a picture: see the table files, also for whether it may be used elsewhere.",
    "image": "The name of a picture: see the table files, also for whether it may be used elsewhere.",
    "file": "The name of a document: see the table files. Empty for a link.",
    "url": "Empty for a file.",
    "portrait_framing": "Which part pages show, and what must stay in view, in percent of the whole picture.",
    "image_framing": "Which part pages show, in percent of the whole picture.",
    "exchange": "The photo stands under this answer. Empty: before the first question.",
    "is_example": "Whether person and words are invented, to show what the portal can do.",
    "published_on": "The date that the article bears.",
    "from_year": "The first year, if known.",
    "to_year": "The last year. Empty: until today, or not known.",
    "start_date": "A day. How exactly it is known says start_precision: the year 2018 is 2018-01-01 to the year.",
    "end_date": "A day, as exactly as end_precision says. Empty: not known, or not over.",
    "activity_status": "IATI's code list ActivityStatus: 1 planned, 2 under way, 3 being finalised, 4 completed, "
    "5 cancelled, 6 suspended.",
    "programme": "The training programme that was used, if any that is public.",
    "organisation": "Empty too where the organisation is not public.",
    "women_trained": "Empty where nobody counted.",
    "men_trained": "Empty where nobody counted.",
}


def table(
    name: str,
    model: type[models.Model],
    title: str,
    description: str,
    names: str,
    public: Callable[[Extent], models.QuerySet],
    *,
    changed: dict[str, dict] | None = None,
    **files,
) -> ModelTable:
    """The table of a model. A record that is not public is nowhere referred to.

    `changed` says more about the columns of some fields, and `files` about those of a file: see `ModelTable`.
    """
    more: dict[str, dict] = {}
    for field_name in names.split():
        kept = model._meta.get_field(field_name)
        more[field_name] = {}
        if isinstance(kept, models.ForeignKey):
            more[field_name]["reference"] = NAMES[kept.related_model]
            if kept.null and issubclass(kept.related_model, Publishable):
                more[field_name]["shown"] = partial(_is_public, relation=field_name)
        elif isinstance(kept, models.FileField):
            more[field_name]["reference"] = Reference("files", "name")
        more[field_name] |= (changed or {}).get(field_name, {})
    return ModelTable(
        name=name,
        model=model,
        title=title,
        description=description,
        columns=columns(model, names, DESCRIBED, **more),
        key=(model._meta.pk.name,),
        public=public,
        **files,
    )


def _is_public(extent: Extent, relation: str) -> models.Q:
    return extent.public(relation)


def all_of(model: type[models.Model], title: str, description: str, names: str) -> ModelTable:
    """The table of records that carry no status and are all public, such as a code list."""
    return table(NAMES[model].table, model, title, description, names, lambda extent: model._default_manager.all())


def whole(model: type[Publishable], title: str, description: str, names: str, **more) -> ModelTable:
    """The table of records that are published one by one."""

    def public(extent: Extent) -> models.QuerySet:
        return model.objects.published(extent.at)

    return table(NAMES[model].table, model, title, description, names + STAMPS, public, **more)


def part(
    model: type[models.Model], wholes: tuple[str, ...], title: str, description: str, names: str, **more
) -> ModelTable:
    """The table of parts of published records, which are as public as these together."""

    def public(extent: Extent) -> models.QuerySet:
        return model._default_manager.filter(*map(extent.public, wholes))

    return table(NAMES[model].table, model, title, description, names, public, **more)


def links(
    name: str, source: type[models.Model], relation: str, title: str, *, to: str = "", wholes: tuple[str, ...] = ()
) -> ModelTable:
    """The table of what a many-to-many field links: pairs of which both are public, and the `wholes` of the first too.

    `to` is the name of the second column, if not that of the model.
    """
    many = source._meta.get_field(relation)
    through = many.remote_field.through
    ends = (many.m2m_field_name(), many.m2m_reverse_field_name())
    kept = [through._meta.get_field(end) for end in ends]
    public_ends = [*wholes, *(end.name for end in kept if issubclass(end.related_model, Publishable))]
    made = tuple(
        column
        for end, end_name in zip(kept, (ends[0], to or ends[1]), strict=True)
        for column in _renamed(columns(through, end.name), end_name, NAMES[end.related_model])
    )
    return ModelTable(
        name=name,
        model=through,
        title=title,
        description="Each row links one record to another.",
        columns=made,
        key=(ends[0], to or ends[1]),
        public=lambda extent: through._base_manager.filter(*map(extent.public, public_ends)),
    )


def _renamed(made: tuple[Column, ...], name: str, reference: Reference) -> tuple[Column, ...]:
    return tuple(replace(column, name=name, reference=reference) for column in made)
