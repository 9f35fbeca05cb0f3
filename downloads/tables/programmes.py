from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from codelists.models import Country, DeliveryMode, Language, Sector, SustainableDevelopmentGoal, Topic
from downloads.tables.base import Column, Table, Type, related
from downloads.tables.shared import (
    ENGAGEMENT_COUNT,
    ID,
    KIND,
    LANGUAGES_MEAN,
    PAGE,
    PARTNERS,
    SLUG,
    TOPICS,
    UPDATED_ON,
    listed,
    several,
    source,
    text_languages,
)
from engagements.models import Engagement
from organisations.models import Organisation
from programmes.filters import ProgrammeFilter
from programmes.models import Programme


class ProgrammeTable(Table):
    name = "programmes"
    title = _("Training programmes")
    description = _("One row is one published training programme.")
    filterset_class = ProgrammeFilter
    is_in_several = True
    columns = (
        ID,
        PAGE,
        SLUG,
        Column("name", Type.TEXT, _("Name."), lambda record: record.name),
        *KIND,
        Column("aim", Type.TEXT, _("What people can do after it."), lambda record: record.aim),
        Column("audience", Type.TEXT, _("Who it is for."), lambda record: record.audience),
        Column("duration", Type.TEXT, _("Duration, in words."), lambda record: record.duration),
        *several(
            (
                "delivery_mode_codes",
                "delivery_modes",
                _("How it is given: codes."),
                _("How it is given: names, in the same order."),
            ),
            lambda record: record.delivery_mode_list,
        ),
        *several(("language_codes", "languages", *LANGUAGES_MEAN), lambda record: record.language_list),
        Column("launch_year", Type.INTEGER, _("Year in which it was launched."), lambda record: record.launch_year),
        *PARTNERS,
        *TOPICS,
        *several(
            (
                "sector_codes",
                "sectors",
                _("Sectors: sections of ISIC Rev. 4."),
                _("Sectors: names, in the same order."),
            ),
            lambda record: record.sector_list,
        ),
        *several(
            (
                "sdg_numbers",
                "sdgs",
                _("Sustainable Development Goals: numbers."),
                _("Sustainable Development Goals: numbers and names, in the same order."),
            ),
            lambda record: record.sdg_list,
            key_type=Type.INTEGER,
        ),
        Column(
            "modules",
            Type.TEXT,
            _("Titles of its modules, in their order."),
            lambda record: [module.title for module in record.modules.all()],
            several=True,
        ),
        ENGAGEMENT_COUNT,
        *several(
            (
                "country_codes",
                "countries",
                _("Countries of the published engagements: ISO 3166-1 alpha-2 codes."),
                _("Countries of the published engagements: names, in the same order."),
            ),
            lambda record: record.countries_used_in,
        ),
        source(_("A page where these facts are stated.")),
        text_languages("aim", "audience", "duration"),
        UPDATED_ON,
    )

    def records(self):
        return Programme.objects.published()

    def with_relations(self, records):
        return records.prefetch_related(
            listed("delivery_modes", DeliveryMode.objects.all(), "delivery_mode_list"),
            listed("languages", Language.objects.all(), "language_list"),
            listed("partners", Organisation.objects.published(), "partner_list"),
            listed("topics", Topic.objects.all(), "topic_list"),
            listed("sectors", Sector.objects.all(), "sector_list"),
            listed("sdgs", SustainableDevelopmentGoal.objects.all(), "sdg_list"),
            "modules",
        )

    def gather(self, records):
        # One row for each programme and country: there may be very many engagements.
        counted = (
            Engagement.objects.published()
            .filter(programme__in=records)
            .order_by()
            .values_list("programme", "country")
            .annotate(Count("pk"))
        )
        numbers = {(programme, country): number for programme, country, number in counted}
        countries = related(numbers, Country.objects.all())
        for record in records:
            record.countries_used_in = countries.get(record.pk, [])
            record.engagement_count = sum(numbers[record.pk, country.pk] for country in record.countries_used_in)

    def countries(self, record):
        return record.countries_used_in
