"""Columns that several tables have."""

from collections.abc import Callable, Iterable

from django.db.models import Model, Prefetch, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from codelists.models import Country
from downloads.tables.base import Column, Type
from multilingual.text import language_of_interface, language_shown

ID = Column("id", Type.INTEGER, _("Number of the record. It never changes."), lambda record: record.pk)
PAGE = Column(
    "page",
    Type.ADDRESS,
    _("Its page on this portal, in the language of the file."),
    lambda record: record.get_absolute_url(),
)
SLUG = Column(
    "slug", Type.TEXT, _("Its name in addresses and filters. It may change; the number does not."), lambda r: r.slug
)
KIND = (
    Column("kind_code", Type.TEXT, _("Kind, as in the filters."), lambda record: record.kind),
    Column("kind", Type.TEXT, _("Kind, in words."), lambda record: str(record.Kind(record.kind).label)),
)
UPDATED_ON = Column(
    "updated_on",
    Type.DATE,
    _("Day on which the record was last changed, or published if that was later."),
    lambda record: timezone.localdate(max(record.updated_at, record.publish_at)),
)
ENGAGEMENT_COUNT = Column(
    "engagement_count", Type.INTEGER, _("Number of its published engagements."), lambda record: record.engagement_count
)


def source(description: str | Promise) -> Column:
    return Column("source_url", Type.ADDRESS, description, lambda record: record.source_url)


def text_languages(*fields: str) -> Column:
    """The languages in which the translated `fields` of a record are given."""

    def read(record: Model) -> list[str]:
        shown = [language_shown(record, field) or language_of_interface() for field in fields if getattr(record, field)]
        return sorted(set(shown))

    description = _(
        "Languages of the texts in this row: that of the file, and “en” where a text has not been translated."
    )
    return Column("text_languages", Type.TEXT, description, read, several=True)


def place(country_of: Callable[[Model], Country | None]) -> tuple[Column, ...]:
    """The country of a record with its codes, region and point."""

    def of(attribute: Callable[[Country], object]) -> Callable[[Model], object]:
        return lambda record: attribute(country) if (country := country_of(record)) else None

    return (
        Column("country_code", Type.TEXT, _("Country: ISO 3166-1 alpha-2 code."), of(lambda country: country.pk)),
        Column("country_alpha3", Type.TEXT, _("Country: ISO 3166-1 alpha-3 code."), of(lambda country: country.alpha3)),
        Column("country", Type.TEXT, _("Country: name."), of(lambda country: country.name)),
        *region_and_point(of),
    )


def region_and_point(of: Callable) -> tuple[Column, ...]:
    return (
        Column("region_code", Type.TEXT, _("Region of the organisation: code."), of(lambda country: country.region_id)),
        Column(
            "region",
            Type.TEXT,
            _("Region of the organisation: name."),
            of(lambda country: country.region and country.region.name),
        ),
        Column(
            "latitude",
            Type.DECIMAL,
            _("Latitude of the point that stands for the country on a map, in degrees of WGS 84."),
            of(lambda country: country.latitude),
        ),
        Column(
            "longitude",
            Type.DECIMAL,
            _("Longitude of the point that stands for the country on a map, in degrees of WGS 84."),
            of(lambda country: country.longitude),
        ),
    )


def several(
    names: tuple[str, str, str | Promise, str | Promise],
    records_of: Callable[[Model], Iterable[Model]],
    key: str = "pk",
    key_type: Type = Type.TEXT,
) -> tuple[Column, ...]:
    """The keys and the names of the records of a relation, in the same order.

    `names` are the names of the two columns and what they mean.
    """
    keys_name, name, keys_mean, means = names
    return (
        Column(keys_name, key_type, keys_mean, lambda r: [getattr(one, key) for one in records_of(r)], several=True),
        Column(name, Type.TEXT, means, lambda r: [str(one) for one in records_of(r)], several=True),
    )


TOPICS = several(
    ("topic_slugs", "topics", _("Topics, as in the filters."), _("Topics: names, in the same order.")),
    lambda record: record.topic_list,
    key="slug",
)
LANGUAGES_MEAN = (_("Languages: ISO 639 codes."), _("Languages: names, in the same order."))
PARTNERS = (
    Column(
        "partner_ids",
        Type.INTEGER,
        _("Partner organisations: their numbers in the table of organisations."),
        lambda record: [partner.pk for partner in record.partner_list],
        several=True,
    ),
    *several(
        (
            "partner_slugs",
            "partners",
            _("Partner organisations, as in the filters, in the same order."),
            _("Partner organisations: names, in the same order."),
        ),
        lambda record: record.partner_list,
        key="slug",
    ),
)


def listed(relation: str, records: QuerySet, name: str) -> Prefetch:
    """The `records` of the `relation` as a list called `name`, in an order that is the same in every language."""
    return Prefetch(relation, records.order_by("pk"), to_attr=name)
