"""The sheets: which columns each kind of record has, and how a row finds its record.

They are resources of django-import-export, whose declarations, fields and widgets are used. Its reading and writing is
not: it asks queries for each row, leaves links out of bulk writing, keeps every row and an HTML comparison in memory,
and knows nothing of who may change which record.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Model, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from import_export.resources import ModelResource

from engagements.models import Engagement, EngagementStaff
from multilingual.admin import in_every_language
from organisations.models import Organisation
from profiles.models import Profile
from programmes.models import Programme
from richtext.fields import RichTextField
from sheets import cells
from sheets.columns import (
    Column,
    DateColumn,
    KeyColumn,
    LinksColumn,
    ReferenceColumn,
    RolesColumn,
    SlugColumn,
    StatusColumn,
)

CONSENT_COLUMNS = ("consent_date", "consent_by", "consent_scope")
AT_ONCE = 500  # rows: in one query, and between two lines of progress


class Sheet(ModelResource):
    """Base of the sheets. `Meta.fields` names the columns, in their order; `examples` gives a cell of some of them.

    `left_out` says what the sheet does not hold. A column is named like the field it holds.
    """

    left_out = ""
    examples: dict[str, str] = {}
    # The columns whose cells say which record a row speaks of.
    identifying: tuple[str, ...] = ("slug", "name_en")
    # Of what the slug of a new record is made.
    slug_made_of: tuple[str, ...] = ("name_en",)
    # Where what the model says of its fields stands in the sheet, if under another name.
    said_in: dict[str, str] = {}

    def __init__(self):
        super().__init__()
        self.model = self._meta.model
        self.columns: dict[str, Column] = {field.column_name: field for field in self.get_import_fields()}
        for column in self.columns.values():
            column.bind(self.model)
        self.link_columns = [column for column in self.columns.values() if isinstance(column, LinksColumn)]

    @classmethod
    def field_from_django_field(cls, field_name, django_field, readonly):
        options = {"attribute": field_name, "column_name": field_name}
        if django_field.primary_key:
            return KeyColumn(widget=cells.Number(), **options)
        if field_name == "slug":
            return SlugColumn(widget=cells.Text(), **options)
        if field_name == "status":
            return StatusColumn(widget=cells.Choice(django_field.choices), **options)
        if django_field.is_relation:
            several = django_field.many_to_many
            widget = cells.SeveralOf if several else cells.OneOf
            target = django_field.related_model
            column = LinksColumn if several else ReferenceColumn
            return column(widget=widget(target, *cells.KEYS[target._meta.label]), **options)
        return Column(widget=_widget_of(django_field), **options)

    @property
    def opts(self):
        return self.model._meta

    def records(self) -> QuerySet:
        """The records with what their rules ask for, so that no rule asks a query for each."""
        needed = [self.opts.get_field(name) for name in self.model.required_for_publication]
        related = [field.name for field in needed if field.is_relation]
        records = self.model.objects.all()
        return records.select_related(*related) if related else records

    def identity(self, row: dict[str, Any]) -> Any:
        """What names the record of a row, from its values; the slug, unless a sheet knows better.

        Raises ValidationError by column when it is missing or cannot be told.
        """
        slug = row.get("slug") or slugify(" ".join(str(row.get(name) or "") for name in self.slug_made_of))[:100]
        if not slug:
            raise ValidationError({"slug": _("Fill in this cell, or the name of which the slug is made.")})
        return slug

    def find(self, identities: set) -> dict[Any, list[Model]]:
        """The records with these identities: one query for all."""
        found = defaultdict(list)
        for record in self.records().filter(slug__in=identities):
            found[record.slug].append(record)
        return found

    def new(self, identity) -> Model:
        """A new record, not saved."""
        return self.model(slug=identity)

    def refusal(self, record: Model, name: str) -> str:
        """Why an import may not change the column `name` of this record; empty when it may."""
        return ""

    def batches(self, records: QuerySet) -> Iterator[list[list]]:
        """The rows of `records` by primary key, some at a time: a fixed number of queries for each time."""
        last = None
        records = records.order_by("pk")
        while some := list((records if last is None else records.filter(pk__gt=last))[:AT_ONCE]):
            last = some[-1].pk
            links = self.links([record.pk for record in some])
            yield [
                [column.widget.render(self.value(column, record, links)) for column in self.columns.values()]
                for record in some
            ]

    def links(self, pks: list) -> dict[str, dict]:
        """The values of all columns that lead to several records, by column and primary key."""
        return {column.column_name: column.load(pks) for column in self.link_columns} if pks else {}

    @staticmethod
    def value(column: Column, record: Model, links: dict[str, dict]):
        if isinstance(column, LinksColumn):
            return links.get(column.column_name, {}).get(record.pk, ())
        return column.get_value(record)


def _widget_of(field: models.Field):
    if field.choices:
        return cells.Choice(field.choices)
    match field:
        case models.BooleanField():
            return cells.YesNo()
        case RichTextField():
            return cells.RichText()
        case models.IntegerField():
            return cells.Number()
        case models.DateField():
            return cells.Day()
    return cells.Text()


class OrganisationSheet(Sheet):
    examples = {
        "slug": "fenacoop",
        "name_en": "National Federation of Cooperatives",
        "name_es": "Federación Nacional de Cooperativas",
        "acronym_en": "FENACOOP",
        "kind": "federation",
        "country": "PE",
        "website": "https://fenacoop.example",
    }

    class Meta:
        model = Organisation
        fields = (
            "slug",
            *in_every_language("name"),
            *in_every_language("acronym"),
            "kind",
            "country",
            "website",
            *in_every_language("description"),
            "status",
        )


class ProgrammeSheet(Sheet):
    left_out = _("Modules and materials are not in the file: they are edited on the programme’s page.")
    examples = {
        "slug": "think-coop",
        "name_en": "Think.Coop",
        "kind": "orientation",
        "aim_en": "Participants decide whether a cooperative suits them.",
        "duration_en": "one day",
        "delivery_modes": "face-to-face",
        "languages": "en; es",
        "launch_year": "2017",
        "sdgs": "8; 12",
        "featured": "no",
    }

    class Meta:
        model = Programme
        fields = (
            "slug",
            *in_every_language("name"),
            "kind",
            "launch_year",
            *in_every_language("aim"),
            *in_every_language("audience"),
            *in_every_language("duration"),
            "delivery_modes",
            "languages",
            "topics",
            "sectors",
            "sdgs",
            "partners",
            "source_url",
            "featured",
            "status",
        )


class ProfileSheet(Sheet):
    left_out = _(
        "Portraits, proofs of consent, education, positions, interviews and links are not in the file: "
        "they are edited on the person’s page."
    )
    identifying = ("slug", "given_name", "family_name")
    slug_made_of = ("given_name", "family_name")
    examples = {
        "slug": "ana-quispe",
        "given_name": "Ana",
        "family_name": "Quispe",
        "post_title_en": "Enterprises Specialist",
        "languages": "es; en",
        "consent_date": "2024-05-01",
        "consent_by": "the person, by e-mail",
        "consent_scope": "pictures",
        "featured": "no",
        "is_example": "no",
    }

    class Meta:
        model = Profile
        fields = (
            "slug",
            "given_name",
            "family_name",
            *in_every_language("post_title"),
            "office",
            *in_every_language("summary"),
            "languages",
            "topics",
            "consent_date",
            "consent_by",
            "consent_scope",
            "featured",
            "is_example",
            "status",
        )

    def records(self):
        return super().records().with_what_publication_asks()

    def refusal(self, record, name):
        if record.withdrawn_on and name in CONSENT_COLUMNS:
            return _("The person has withdrawn the consent. Record a new consent on the profile’s page.")
        return super().refusal(record, name)


class EngagementSheet(Sheet):
    """Engagements have no key of their own that people know: a row without `id` is found by country, slug and start."""

    identifying = ("id", "country", "slug", "title_en", "start")
    said_in = {"start_date": "start", "end_date": "end"}
    examples = {
        "title_en": "Training of trainers in Arusha",
        "kind": "training-of-trainers",
        "activity_status": "4",
        "country": "TZ",
        "start": "2018-11",
        "end": "2018-11-19",
        "programme": "think-coop",
        "partners": "fenacoop; ministry-of-labour",
        "staff": "ana-quispe:lead; juan-perez:trainer",
        "women_trained": "12",
        "men_trained": "9",
    }

    start = DateColumn(name="start_date", precision="start_precision", widget=cells.PartialDate())
    end = DateColumn(name="end_date", precision="end_precision", widget=cells.PartialDate(end=True))
    staff = RolesColumn(
        attribute="staff",
        widget=cells.WithRole(
            Profile,
            "slug",
            _("the slug of a profile and a role, as in ana-quispe:lead"),
            cells.KEYS["profiles.Profile"][2],
            roles=EngagementStaff.Role.choices,
            usual=EngagementStaff.Role.CONTRIBUTOR,
        ),
    )

    class Meta:
        model = Engagement
        fields = (
            "id",
            *in_every_language("title"),
            "slug",
            "kind",
            "activity_status",
            "country",
            "start",
            "end",
            "programme",
            "partners",
            "staff",
            *in_every_language("summary"),
            *in_every_language("results"),
            "women_trained",
            "men_trained",
            "sector",
            "topics",
            "source_url",
            "status",
        )

    def identity(self, row):
        if pk := row.get("id"):
            return pk
        empty = {
            name: _("Fill in this cell: without an id, a record is found by country, slug and start.")
            for name in ("country", "start")
            if not row.get(name)
        }
        if empty:
            raise ValidationError(empty)
        # As the model makes it.
        slug = row.get("slug") or slugify(row.get("title_en") or "")[:100] or "engagement"
        return row["country"], slug, row["start"][0]

    def find(self, identities):
        pks = {one for one in identities if not isinstance(one, tuple)}
        slugs = {one[1] for one in identities if isinstance(one, tuple)}
        found = defaultdict(list)
        for record in self.records().filter(models.Q(pk__in=pks) | models.Q(slug__in=slugs)):
            if record.pk in pks:
                found[record.pk].append(record)
            found[record.country_id, record.slug, record.start_date].append(record)
        return found

    def new(self, identity):
        if not isinstance(identity, tuple):
            raise ValidationError(
                {"id": _("There is no record with the id %(id)s. Empty the cell to make a new one.") % {"id": identity}}
            )
        country, slug, start = identity
        return self.model(country_id=country, slug=slug, start_date=start)


SHEETS: dict[str, type[Sheet]] = {
    sheet._meta.model._meta.label_lower: sheet
    for sheet in (ProfileSheet, OrganisationSheet, ProgrammeSheet, EngagementSheet)
}
