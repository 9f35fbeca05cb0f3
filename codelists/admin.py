"""Admin pages of the code lists: official ones, whose codes stand for ever, and the editors' own topics."""

from django.contrib import admin
from django.db.models import Case, When
from django.utils.translation import gettext_lazy as _

from codelists.models import (
    Country,
    DeliveryMode,
    Language,
    Region,
    Sector,
    Subregion,
    SustainableDevelopmentGoal,
    Topic,
)
from multilingual.admin import MissingTranslationFilter, PortalAdmin, in_every_language

NAMES = in_every_language("name")


class CodeListAdmin(PortalAdmin):
    """Base: a list of names that records point to."""

    search_fields = NAMES
    list_filter = [MissingTranslationFilter]
    translated_texts = ("name",)
    search_help_text = _("Name in any language, or code.")

    def get_search_results(self, request, queryset, search_term):
        queryset, may_have_duplicates = super().get_search_results(request, queryset, search_term)
        if search_term:
            # Who types a code means the row with that code, not the names that happen to contain it.
            others_after = Case(When(pk__iexact=search_term.replace("\x00", "").strip(), then=0), default=1)
            queryset = queryset.order_by(others_after, *queryset.query.order_by)
        return queryset, may_have_duplicates


class OfficialListAdmin(CodeListAdmin):
    """Base of the official lists: names may be corrected; the fields in `official` are fixed once the row is made."""

    official: tuple[str, ...] = ("code",)

    def get_readonly_fields(self, request, obj=None):
        return self.official if obj else ()

    def has_delete_permission(self, request, obj=None):
        # The loader deletes no row either, and would bring this one back.
        return False


@admin.register(Region)
class RegionAdmin(OfficialListAdmin):
    fieldsets = [(None, {"fields": ("code", NAMES, "position")})]
    list_display = ["name", "code", "position"]
    search_fields = ["=code", *NAMES]


@admin.register(Subregion)
class SubregionAdmin(OfficialListAdmin):
    alphabetical = "name"
    fieldsets = [(None, {"fields": ("code", NAMES)})]
    list_display = ["name", "code"]
    search_fields = ["=code", *NAMES]


@admin.register(Country)
class CountryAdmin(OfficialListAdmin):
    alphabetical = "name"
    official = ("code", "alpha3", "m49", "latitude", "longitude")
    fieldsets = [
        (None, {"fields": (NAMES, "region", "subregion")}),
        (_("Codes"), {"fields": (("code", "alpha3", "m49"), ("latitude", "longitude"))}),
    ]
    autocomplete_fields = ["region", "subregion"]
    list_display = ["name", "code", "region", "subregion"]
    list_filter = [MissingTranslationFilter, "region", "subregion"]
    list_select_related = ["region", "subregion"]
    search_fields = ["=code", "=alpha3", "=m49", *NAMES]


@admin.register(Sector)
class SectorAdmin(OfficialListAdmin):
    official = ("code", "isic_title")
    fieldsets = [(None, {"fields": ("code", "isic_title", NAMES)})]
    list_display = ["name", "code", "isic_title"]
    search_fields = ["=code", *NAMES, "isic_title"]


@admin.register(Language)
class LanguageAdmin(OfficialListAdmin):
    alphabetical = "name"
    fieldsets = [(None, {"fields": ("code", NAMES)})]
    list_display = ["name", "code"]
    search_fields = ["=code", *NAMES]


@admin.register(DeliveryMode)
class DeliveryModeAdmin(OfficialListAdmin):
    alphabetical = "name"
    fieldsets = [(None, {"fields": ("code", NAMES)})]
    list_display = ["name", "code"]
    search_fields = ["=code", *NAMES]


@admin.register(SustainableDevelopmentGoal)
class SustainableDevelopmentGoalAdmin(OfficialListAdmin):
    official = ("number",)
    fieldsets = [(None, {"fields": ("number", NAMES)})]
    list_display = ["number", "name"]
    list_display_links = ["number", "name"]
    search_fields = ["=number", *NAMES]
    search_help_text = _("Name in any language, or number.")


@admin.register(Topic)
class TopicAdmin(CodeListAdmin):
    alphabetical = "name"
    fieldsets = [(None, {"fields": (NAMES, "slug", in_every_language("description"))})]
    prepopulated_fields = {"slug": ["name_en"]}
    list_display = ["name", "slug"]
    translated_texts = ("name", "description")
    search_fields = [*NAMES, *in_every_language("description")]
    search_help_text = _("Name or description, in any language.")
