from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from codelists.models import Country, Topic
from downloads.tables.base import Column, Table, Type
from downloads.tables.shared import (
    ID,
    KIND,
    PAGE,
    PARTNERS,
    TOPICS,
    UPDATED_ON,
    listed,
    place,
    source,
    text_languages,
)
from engagements.filters import EngagementFilter
from engagements.models import Engagement, EngagementStaff
from organisations.models import Organisation
from programmes.models import Programme
from publishing.querysets import published_q
from richtext.plain import plain_text


def _staff(name: str, type_: Type, description, read) -> Column:
    return Column(name, type_, description, lambda record: [read(part) for part in record.staff_list], several=True)


class EngagementTable(Table):
    name = "engagements"
    title = _("Engagements")
    description = _("One row is one published engagement: a piece of work in a country.")
    filterset_class = EngagementFilter
    columns = (
        ID,
        PAGE,
        Column("title", Type.TEXT, _("Title."), lambda record: record.title),
        *KIND,
        *place(lambda record: record.country),
        Column(
            "start_date",
            Type.DATE,
            _("First day. Where only the year or the month is known, it is the first day of that time."),
            lambda record: record.start_date,
        ),
        Column(
            "start_precision",
            Type.TEXT,
            _("How precisely the start is known: year, month or day."),
            lambda record: record.start_precision,
        ),
        Column(
            "end_date",
            Type.DATE,
            _("Last day. Where only the year or the month is known, it is the last day of that time."),
            lambda record: record.end_date,
        ),
        Column(
            "end_precision",
            Type.TEXT,
            _("How precisely the end is known: year, month or day. Empty where there is no end."),
            lambda record: record.end_precision if record.end_date else None,
        ),
        Column(
            "activity_status_code",
            Type.TEXT,
            _("Status: code of the IATI code list ActivityStatus."),
            lambda record: record.activity_status,
        ),
        Column(
            "activity_status",
            Type.TEXT,
            _("Status, in words."),
            lambda record: str(Engagement.ActivityStatus(record.activity_status).label),
        ),
        Column(
            "programme_id",
            Type.INTEGER,
            _("Training programme that was used: its number in the table of programmes."),
            lambda record: record.programme and record.programme.pk,
        ),
        Column(
            "programme_slug",
            Type.TEXT,
            _("Training programme, as in the filters."),
            lambda record: record.programme and record.programme.slug,
        ),
        Column(
            "programme",
            Type.TEXT,
            _("Training programme: name."),
            lambda record: record.programme and record.programme.name,
        ),
        Column("sector_code", Type.TEXT, _("Sector: section of ISIC Rev. 4."), lambda record: record.sector_id),
        Column("sector", Type.TEXT, _("Sector: name."), lambda record: record.sector and record.sector.name),
        *TOPICS,
        *PARTNERS,
        _staff(
            "staff_ids", Type.INTEGER, _("Colleagues: their numbers in the table of profiles."), lambda p: p.profile_id
        ),
        _staff(
            "staff_slugs", Type.TEXT, _("Colleagues, as in the filters, in the same order."), lambda p: p.profile.slug
        ),
        _staff("staff", Type.TEXT, _("Colleagues: names, in the same order."), lambda p: str(p.profile)),
        _staff("staff_role_codes", Type.TEXT, _("Their roles: codes, in the same order."), lambda p: p.role),
        _staff(
            "staff_roles",
            Type.TEXT,
            _("Their roles in words, in the same order."),
            lambda part: str(EngagementStaff.Role(part.role).label),
        ),
        Column(
            "women_trained",
            Type.INTEGER,
            _("Number of women trained. Empty where nobody counted."),
            lambda record: record.women_trained,
        ),
        Column(
            "men_trained",
            Type.INTEGER,
            _("Number of men trained. Empty where nobody counted."),
            lambda record: record.men_trained,
        ),
        Column("summary", Type.TEXT, _("What was done."), lambda record: record.summary),
        Column("results", Type.TEXT, _("What came of it, as plain text."), lambda r: plain_text(r.results)),
        source(_("A page where this is reported.")),
        text_languages("title", "summary", "results"),
        UPDATED_ON,
    )

    def records(self):
        return Engagement.objects.published()

    def with_relations(self, records):
        # Not joined: the engagements of a chunk share a few countries, sectors and programmes.
        staff = EngagementStaff.objects.filter(published_q("profile")).select_related("profile")
        return records.prefetch_related(
            Prefetch("country", Country.objects.select_related("region")),
            "sector",
            Prefetch("programme", Programme.objects.published()),
            listed("topics", Topic.objects.all(), "topic_list"),
            listed("partners", Organisation.objects.published(), "partner_list"),
            listed("engagement_staff", staff, "staff_list"),
        )

    def countries(self, record):
        return [record.country]
