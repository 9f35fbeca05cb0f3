from django.db.models import Aggregate, Count, Sum
from django.utils.translation import gettext_lazy as _

from codelists.models import Country
from downloads.tables.base import Column, Table, Type
from downloads.tables.shared import ENGAGEMENT_COUNT, PAGE, region_and_point
from engagements.filters import CountryFilter
from engagements.models import Engagement, EngagementStaff
from publishing.querysets import published_q


def figures() -> dict[str, Aggregate]:
    """What is counted in the engagements of a country; anew each time, for what is public changes with the time."""
    return {
        "engagement_count": Count("pk"),
        "programme_count": Count("programme", distinct=True, filter=published_q("programme")),
        "women_trained": Sum("women_trained"),
        "men_trained": Sum("men_trained"),
    }


class CountryTable(Table):
    name = "countries"
    title = _("Countries")
    description = _("One row is one country or area with at least one published engagement.")
    filterset_class = CountryFilter
    columns = (
        Column("code", Type.TEXT, _("ISO 3166-1 alpha-2 code."), lambda record: record.pk),
        Column("alpha3", Type.TEXT, _("ISO 3166-1 alpha-3 code."), lambda record: record.alpha3),
        Column("m49", Type.TEXT, _("UN M49 code: three digits."), lambda record: record.m49),
        PAGE,
        Column("name", Type.TEXT, _("Name."), lambda record: record.name),
        *region_and_point(lambda attribute: attribute),
        Column("subregion_code", Type.TEXT, _("Sub-region of the UN: M49 code."), lambda record: record.subregion_id),
        Column(
            "subregion",
            Type.TEXT,
            _("Sub-region of the UN: name."),
            lambda record: record.subregion and record.subregion.name,
        ),
        ENGAGEMENT_COUNT,
        Column(
            "programme_count",
            Type.INTEGER,
            _("Number of published training programmes that were used."),
            lambda record: record.programme_count,
        ),
        Column(
            "profile_count",
            Type.INTEGER,
            _("Number of colleagues with a published profile who took part."),
            lambda record: record.profile_count,
        ),
        Column(
            "women_trained",
            Type.INTEGER,
            _("Number of women trained in its engagements together. Empty where nobody counted."),
            lambda record: record.women_trained,
        ),
        Column(
            "men_trained",
            Type.INTEGER,
            _("Number of men trained in its engagements together. Empty where nobody counted."),
            lambda record: record.men_trained,
        ),
    )

    def records(self):
        engagements = Engagement.objects.published().order_by().values("country")
        return Country.objects.filter(pk__in=engagements).select_related("region", "subregion")

    def gather(self, records):
        engagements = Engagement.objects.published().filter(country__in=records).order_by()
        counted = {row["country"]: row for row in engagements.values("country").annotate(**figures())}
        parts = EngagementStaff.objects.filter(
            published_q("engagement"), published_q("profile"), engagement__country__in=records
        )
        people = dict(parts.order_by().values_list("engagement__country").annotate(Count("profile", distinct=True)))
        for record in records:
            found = counted.get(record.pk, {})  # none where the last one was withdrawn just now
            for name in figures():
                setattr(record, name, found.get(name))
            record.profile_count = people.get(record.pk, 0)

    def countries(self, record):
        return [record]
