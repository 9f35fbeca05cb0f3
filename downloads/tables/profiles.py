from django.db.models import Count, Prefetch
from django.utils.translation import gettext_lazy as _

from codelists.models import Country, Language, Topic
from downloads.tables.base import Column, Table, Type, related
from downloads.tables.shared import (
    ENGAGEMENT_COUNT,
    ID,
    LANGUAGES_MEAN,
    PAGE,
    SLUG,
    TOPICS,
    UPDATED_ON,
    listed,
    several,
    text_languages,
)
from engagements.models import EngagementStaff
from organisations.models import Office
from profiles.consent import ConsentScope
from profiles.filters import ProfileFilter
from profiles.models import Profile
from programmes.models import Programme
from publishing.querysets import published_q


def _of_office(read):
    return lambda record: read(record.office) if record.office else None


class ProfileTable(Table):
    name = "profiles"
    title = _("Profiles")
    description = _("One row is one colleague with a published profile.")
    filterset_class = ProfileFilter
    is_in_several = True
    columns = (
        ID,
        PAGE,
        SLUG,
        Column("given_name", Type.TEXT, _("Given name."), lambda record: record.given_name),
        Column("family_name", Type.TEXT, _("Family name."), lambda record: record.family_name),
        Column("post_title", Type.TEXT, _("Post."), lambda record: record.post_title),
        Column("office", Type.TEXT, _("Office: name."), _of_office(lambda office: office.name)),
        Column("office_city", Type.TEXT, _("Office: city."), _of_office(lambda office: office.city)),
        Column(
            "office_country_code",
            Type.TEXT,
            _("Office: ISO 3166-1 alpha-2 code of its country."),
            _of_office(lambda office: office.country_id),
        ),
        Column(
            "office_country",
            Type.TEXT,
            _("Office: name of its country."),
            _of_office(lambda office: office.country.name),
        ),
        *several(("language_codes", "languages", *LANGUAGES_MEAN), lambda record: record.language_list),
        *TOPICS,
        ENGAGEMENT_COUNT,
        *several(
            (
                "country_codes",
                "countries",
                _("Countries of the published engagements: ISO 3166-1 alpha-2 codes."),
                _("Countries of the published engagements: names, in the same order."),
            ),
            lambda record: record.countries_worked_in,
        ),
        *several(
            (
                "programme_slugs",
                "programmes",
                _("Training programmes of the published engagements, as in the filters."),
                _("Training programmes of the published engagements: names, in the same order."),
            ),
            lambda record: record.programmes_worked_with,
            key="slug",
        ),
        Column("summary", Type.TEXT, _("Summary."), lambda record: record.summary),
        Column("is_example", Type.BOOLEAN, _("Whether the person is invented, as an example."), lambda r: r.is_example),
        Column(
            "reuse_agreed",
            Type.BOOLEAN,
            _(
                "Whether the person agreed that others use these data. Where it is false, the licence of the file does "
                "not cover the row: it may be read, not published anew."
            ),
            lambda record: record.consent_scope == ConsentScope.REUSE,
        ),
        text_languages("post_title", "summary"),
        UPDATED_ON,
    )

    def records(self):
        return Profile.objects.published()

    def with_relations(self, records):
        return records.prefetch_related(
            Prefetch("office", Office.objects.select_related("country")),
            listed("languages", Language.objects.all(), "language_list"),
            listed("topics", Topic.objects.all(), "topic_list"),
        )

    def gather(self, records):
        # One row for each person and country or programme: there may be very many engagements.
        parts = EngagementStaff.objects.filter(published_q("engagement"), profile__in=records).order_by()
        numbers = dict(parts.values_list("profile").annotate(Count("pk")))
        in_countries = parts.values_list("profile", "engagement__country").distinct()
        with_programmes = parts.values_list("profile", "engagement__programme").distinct()
        countries = related(in_countries, Country.objects.all())
        programmes = related(with_programmes, Programme.objects.published())
        for record in records:
            record.engagement_count = numbers.get(record.pk, 0)
            record.countries_worked_in = countries.get(record.pk, [])
            record.programmes_worked_with = programmes.get(record.pk, [])

    def countries(self, record):
        return record.countries_worked_in
