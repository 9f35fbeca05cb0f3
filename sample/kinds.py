"""What the sample content consists of."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from modeltranslation.fields import TranslationField

from codelists.models import Country, Region
from engagements import dates
from engagements.models import Engagement
from organisations.models import Office, Organisation
from profiles.models import Profile, Series
from programmes.models import Programme

Fields = dict[str, Any]
Parts = dict[str, "Parts"]


@dataclass(frozen=True)
class Kind:
    """One kind of record: its model and the data files that hold it.

    `key` is the field of the data files that names a record. `natural_key` is the column by which a record that
    somebody else made is recognised as the same one; None where there is no such column. `parts` are the rows that
    belong to the record, each with its own parts. `derive` turns fields that only the data files have into those of
    the model; it raises ValidationError.
    """

    model: type[models.Model]
    files: str
    key: str = "slug"
    natural_key: str | None = "slug"
    parts: Parts = field(default_factory=dict)
    derive: Callable[[Fields], Fields] = dict

    @property
    def label(self) -> str:
        return self.model._meta.label_lower


def with_countries_of_region(fields: Fields) -> Fields:
    """`region_covered` of an office stands for all countries of that region."""
    fields = dict(fields)
    if "region_covered" in fields:
        region = fields.pop("region_covered")
        if not Region.objects.filter(pk=region).exists():
            raise ValidationError({"region_covered": f"unknown region {region!r}"})
        fields["countries_covered"] = list(Country.objects.filter(region=region).values_list("pk", flat=True))
    return fields


def with_precise_dates(fields: Fields) -> Fields:
    """`start` and `end` of an engagement stand for a date and its precision."""
    fields = dict(fields)
    for name in ("start", "end"):
        if name in fields:
            try:
                day, precision = dates.parse(str(fields.pop(name)), end=name == "end")
            except ValidationError as error:
                raise ValidationError({name: error.messages}) from error
            fields |= {f"{name}_date": day, f"{name}_precision": precision}
    return fields


# In the order in which one refers to another.
KINDS = [
    Kind(Series, "series.yaml"),
    Kind(Office, "offices.yaml", key="key", natural_key="name_en", derive=with_countries_of_region),
    Kind(Organisation, "organisations*.yaml"),
    Kind(Programme, "programmes.yaml", parts={"modules": {}, "materials": {}}),
    Kind(
        Profile,
        "profiles.yaml",
        parts={"links": {}, "education": {}, "positions": {}, "interviews": {"exchanges": {}, "photos": {}}},
    ),
    Kind(
        Engagement,
        "engagements*.yaml",
        key="key",
        natural_key=None,
        parts={"engagement_staff": {}},
        derive=with_precise_dates,
    ),
]


def link_fields(model: type[models.Model]) -> list[str]:
    """The many-to-many fields; one whose rows hold more than the link is not among them, but has parts."""
    return [link.name for link in model._meta.many_to_many if link.remote_field.through._meta.auto_created]


def translated_fields(model: type[models.Model]) -> set[str]:
    """The fields that have a column for each language."""
    return {column.translated_field.name for column in model._meta.fields if isinstance(column, TranslationField)}
