"""Adds the export of ticked records to the lists of the records that have sheets."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from engagements.admin import EngagementAdmin
from organisations.admin import OrganisationAdmin
from profiles.admin import ProfileAdmin
from programmes.admin import ProgrammeAdmin
from sheets.downloads import CSV, XLSX, download
from sheets.resources import SHEETS


@admin.action(permissions=["view"], description=_("Export selected %(verbose_name_plural)s as XLSX"))
def export_xlsx(model_admin, request, queryset):
    return _export(request, queryset, XLSX)


@admin.action(permissions=["view"], description=_("Export selected %(verbose_name_plural)s as CSV"))
def export_csv(model_admin, request, queryset):
    return _export(request, queryset, CSV)


def _export(request, queryset, kind: str):
    sheet = SHEETS[queryset.model._meta.label_lower]()
    # The list counts parts and orders by them: of that only which records they are is wanted.
    chosen = sheet.records().filter(pk__in=queryset.order_by().values("pk"))
    return download(request, sheet, chosen, kind)


for page in (EngagementAdmin, OrganisationAdmin, ProfileAdmin, ProgrammeAdmin):
    page.actions = [*page.actions, export_xlsx, export_csv]
