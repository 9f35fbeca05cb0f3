"""Admin page of country engagements."""

from django.contrib import admin
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from engagements import dates
from engagements.forms import EngagementForm
from engagements.models import Engagement, EngagementStaff
from listing.admin import LongListAdmin, UsedRecordsFilter
from multilingual.admin import PortalTabularInline, WithoutFilter, in_every_language
from publishing.admin import PublishableAdmin


class WithoutFilterOfEngagements(WithoutFilter):
    attention = ("source",)
    conditions = [
        ("source", _("No source"), Q(source_url="")),
        ("staff", _("No staff"), Q(engagement_staff__isnull=True)),
        ("partners", _("No partners"), Q(partners__isnull=True)),
        ("programme", _("No programme"), Q(programme__isnull=True)),
        ("sector", _("No sector"), Q(sector__isnull=True)),
        ("figures", _("No number of people trained"), Q(women_trained__isnull=True, men_trained__isnull=True)),
    ]


class YearFilter(admin.SimpleListFilter):
    """Engagements that went on in a year."""

    title = _("year")
    parameter_name = "year"

    def lookups(self, request, model_admin):
        # From the first day to the last, which are ends of indexes; each year by itself would ask of every row.
        first = Engagement.objects.order_by("start_date").values_list("start_date", flat=True).first()
        if first is None:
            return []
        last_day = Coalesce("end_date", "start_date")
        last = Engagement.objects.order_by(last_day.desc()).values_list(last_day, flat=True).first()
        return [(str(year), str(year)) for year in range(last.year, first.year - 1, -1)]

    def queryset(self, request, queryset):
        if self.value() in dict(self.lookup_choices):
            year = int(self.value())
            return queryset.ending_from(year).starting_until(year)


class EngagementStaffInline(PortalTabularInline):
    model = EngagementStaff
    fields = ["profile", "role"]
    autocomplete_fields = ["profile"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("profile")


@admin.register(Engagement)
class EngagementAdmin(LongListAdmin, PublishableAdmin):
    form = EngagementForm
    fieldsets = [
        (_("What it was"), {"fields": (in_every_language("title"), ("kind", "activity_status"), "slug")}),
        (_("Where and when"), {"fields": ("country", ("start", "end"))}),
        (_("With what and with whom"), {"fields": ("programme", "partners")}),
        (
            _("What was done and what came of it"),
            {"fields": (in_every_language("summary"), in_every_language("results"))},
        ),
        (_("People trained"), {"fields": (("women_trained", "men_trained"),)}),
        (_("What it was about"), {"fields": (("sector", "topics"),)}),
        (_("Where these facts are from"), {"fields": ("source_url",)}),
    ]
    inlines = [EngagementStaffInline]
    prepopulated_fields = {"slug": ["title_en"]}
    autocomplete_fields = ["country", "programme", "partners", "sector", "topics"]
    list_display = ["title", "country", "programme", "when", "activity_status"]
    list_filter = [
        WithoutFilterOfEngagements,
        YearFilter,
        "kind",
        "activity_status",
        ("country__region", UsedRecordsFilter),
        ("country", UsedRecordsFilter),
        ("programme", UsedRecordsFilter),
        ("sector", UsedRecordsFilter),
        ("topics", UsedRecordsFilter),
    ]
    list_select_related = ["country", "programme"]
    translated_texts = ("title", "summary", "results")
    search_fields = [
        *in_every_language("title"),
        "=country__code",
        *(f"country__{name}" for name in in_every_language("name")),
        *(f"programme__{name}" for name in in_every_language("name")),
        *(f"partners__{name}" for name in (*in_every_language("name"), *in_every_language("acronym"))),
        "staff__given_name",
        "staff__family_name",
    ]
    search_help_text = _("Title, country, programme, partner or member of staff, in any language.")

    @admin.display(description=_("when"), ordering="start_date")
    def when(self, engagement: Engagement) -> str:
        return engagement.period

    # What is shown of the form's two dates to those who may only look.

    @admin.display(description=_("start"))
    def start(self, engagement: Engagement) -> str:
        return dates.display(engagement.start_date, engagement.start_precision)

    @admin.display(description=_("end"))
    def end(self, engagement: Engagement) -> str:
        return dates.display(engagement.end_date, engagement.end_precision) if engagement.end_date else ""
