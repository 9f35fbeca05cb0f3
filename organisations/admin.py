"""Admin pages of partner organisations and the unit's own offices."""

from django.contrib import admin
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from listing.admin import LongListAdmin, UsedRecordsFilter
from multilingual.admin import MissingTranslationFilter, PortalAdmin, WithoutFilter, in_every_language
from organisations.models import Office, Organisation
from publishing.admin import PublishableAdmin

COUNTRY_NAMES = ["=country__code", *(f"country__{name}" for name in in_every_language("name"))]


class WithoutFilterOfOrganisations(WithoutFilter):
    conditions = [
        ("country", _("No country"), Q(country__isnull=True)),
        ("website", _("No website"), Q(website="")),
    ]


@admin.register(Organisation)
class OrganisationAdmin(LongListAdmin, PublishableAdmin):
    alphabetical = "name"
    fieldsets = [
        (_("The organisation"), {"fields": (in_every_language("name"), in_every_language("acronym"), "slug", "kind")}),
        (_("Where to find it"), {"fields": ("country", "website")}),
        (_("What it is"), {"fields": (in_every_language("description"),)}),
    ]
    prepopulated_fields = {"slug": ["name_en"]}
    autocomplete_fields = ["country"]
    list_display = ["name", "acronym", "kind", "country", "updated_at"]
    list_filter = [WithoutFilterOfOrganisations, "kind", ("country", UsedRecordsFilter)]
    list_select_related = ["country"]
    translated_texts = ("name", "description")  # most acronyms are the same in every language
    search_fields = [*in_every_language("name"), *in_every_language("acronym"), *COUNTRY_NAMES]
    search_help_text = _("Name, acronym or country, in any language.")


@admin.register(Office)
class OfficeAdmin(PortalAdmin):
    alphabetical = "name"
    fieldsets = [
        (_("The office"), {"fields": (in_every_language("name"), in_every_language("city"), "country")}),
        (_("What it works for"), {"fields": ("countries_covered", "source_url")}),
    ]
    autocomplete_fields = ["country", "countries_covered"]
    list_display = ["name", "city", "country", "covered"]
    translated_texts = ("name", "city")
    list_filter = [
        MissingTranslationFilter,
        ("country__region", UsedRecordsFilter),
        ("country", UsedRecordsFilter),
    ]
    list_select_related = ["country"]
    search_fields = [*in_every_language("name"), *in_every_language("city"), *COUNTRY_NAMES]
    search_help_text = _("Name, city or country, in any language.")

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(covered_count=Count("countries_covered"))

    @admin.display(description=_("countries covered"), ordering="covered_count")
    def covered(self, office: Office) -> int:
        return office.covered_count
