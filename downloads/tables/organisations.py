from django.db.models import Count, Prefetch
from django.utils.translation import gettext_lazy as _

from codelists.models import Country
from downloads.tables.base import Column, Table, Type
from downloads.tables.shared import ENGAGEMENT_COUNT, ID, KIND, PAGE, SLUG, UPDATED_ON, place, text_languages
from engagements.models import Engagement
from organisations.filters import OrganisationFilter
from organisations.models import Organisation
from publishing.querysets import published_q


class OrganisationTable(Table):
    name = "organisations"
    title = _("Organisations")
    description = _("One row is one published partner organisation.")
    filterset_class = OrganisationFilter
    columns = (
        ID,
        PAGE,
        SLUG,
        Column("name", Type.TEXT, _("Name."), lambda record: record.name),
        Column("acronym", Type.TEXT, _("Acronym."), lambda record: record.acronym),
        *KIND,
        *place(lambda record: record.country),
        Column("website", Type.ADDRESS, _("Its own website."), lambda record: record.website),
        Column("description", Type.TEXT, _("What the organisation is."), lambda record: record.description),
        ENGAGEMENT_COUNT,
        text_languages("description"),
        UPDATED_ON,
    )

    def records(self):
        return Organisation.objects.published()

    def with_relations(self, records):
        return records.prefetch_related(Prefetch("country", Country.objects.select_related("region")))

    def gather(self, records):
        parts = Engagement.partners.through.objects.filter(published_q("engagement"), organisation__in=records)
        numbers = dict(parts.order_by().values_list("organisation").annotate(Count("pk")))
        for record in records:
            record.engagement_count = numbers.get(record.pk, 0)

    def countries(self, record):
        return [record.country] if record.country else []
