"""Admin page of training programmes, with their modules and materials."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from listing.admin import UsedRecordsFilter
from multilingual.admin import PortalStackedInline, WithoutFilter, in_every_language
from multilingual.text import lacks
from programmes.models import Material, Module, Programme
from publishing.admin import OrderedStackedInline, PublishableAdmin
from publishing.querysets import published_q


class WithoutFilterOfProgrammes(WithoutFilter):
    conditions = [
        ("audience", _("No audience"), lacks("audience_en")),
        ("modules", _("No modules"), Q(modules__isnull=True)),
        ("materials", _("No materials"), Q(materials__isnull=True)),
        ("languages", _("No languages"), Q(languages__isnull=True)),
        ("source", _("No source"), Q(source_url="")),
    ]


class UseFilter(admin.SimpleListFilter):
    """Whether a public engagement used the programme."""

    title = _("use in countries")
    parameter_name = "used"

    def lookups(self, request, model_admin):
        return [("yes", _("Used in a country")), ("no", _("Never used"))]

    def queryset(self, request, queryset):
        used = Programme._base_manager.filter(published_q("engagements")).values("pk")
        match self.value():
            case "yes":
                return queryset.filter(pk__in=used)
            case "no":
                return queryset.exclude(pk__in=used)


class ModuleInline(OrderedStackedInline):
    model = Module
    fields = ["position", in_every_language("title"), in_every_language("summary")]


class MaterialInline(PortalStackedInline):
    model = Material
    fields = [in_every_language("title"), ("file", "url"), ("language", "edition")]
    autocomplete_fields = ["language"]


@admin.register(Programme)
class ProgrammeAdmin(PublishableAdmin):
    alphabetical = "name"
    fieldsets = [
        (_("The programme"), {"fields": (in_every_language("name"), "slug", ("kind", "launch_year"))}),
        (_("What it is for"), {"fields": (in_every_language("aim"), in_every_language("audience"))}),
        (_("How it is given"), {"fields": (in_every_language("duration"), ("delivery_modes", "languages"))}),
        (_("What it is about"), {"fields": (("topics", "sectors"), "sdgs")}),
        (_("Who carries it, and where these facts are from"), {"fields": ("partners", "source_url")}),
        (_("Home page"), {"fields": ("featured",)}),
    ]
    inlines = [ModuleInline, MaterialInline]
    prepopulated_fields = {"slug": ["name_en"]}
    autocomplete_fields = ["delivery_modes", "languages", "topics", "sectors", "sdgs", "partners"]
    list_display = ["name", "kind", "launch_year", "countries", "updated_at"]
    list_filter = [
        UseFilter,
        WithoutFilterOfProgrammes,
        "kind",
        ("languages", UsedRecordsFilter),
        ("topics", UsedRecordsFilter),
        ("sectors", UsedRecordsFilter),
        "featured",
    ]
    translated_texts = ("name", "aim", "audience", "duration", "modules__title", "modules__summary", "materials__title")
    search_fields = [
        *in_every_language("name"),
        *(f"partners__{name}" for name in (*in_every_language("name"), *in_every_language("acronym"))),
    ]
    search_help_text = _("Name or partner, in any language.")

    def get_queryset(self, request):
        return super().get_queryset(request).with_usage()

    @admin.display(description=_("used in countries"), ordering="country_count")
    def countries(self, programme: Programme) -> int:
        return programme.country_count
