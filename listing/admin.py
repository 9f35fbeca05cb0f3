"""Lists of the admin of records that may be very many."""

from django.contrib import admin
from django.contrib.admin.views.main import PAGE_VAR
from django.db.models import Exists, OuterRef, Q

from listing.paging import ListPaginator, Total


class Counted(int):
    """A number of rows that calls itself “1,000+” where there are more: Django's admin knows numbers only."""

    def __new__(cls, total: Total):
        counted = super().__new__(cls, total.number)
        counted.total = total
        return counted

    def __str__(self) -> str:
        return str(self.total)


class AdminPaginator(ListPaginator):
    """Paginator of a list of the admin."""

    @property
    def count(self) -> Counted:
        return Counted(self.total)


class LongListAdmin(admin.ModelAdmin):
    """Mixin of admin pages of records that may be very many: no view of their list counts or sorts all of them."""

    show_full_result_count = False

    def get_paginator(self, request, queryset, per_page, orphans=0, allow_empty_first_page=True):
        asked = request.GET.get(PAGE_VAR) or 1
        return AdminPaginator(queryset, per_page, orphans, allow_empty_first_page, asked=asked)


class UsedRecordsFilter(admin.RelatedOnlyFieldListFilter):
    """Filter by a related record: offers those that some row has. Each is looked up, where Django reads all rows."""

    def field_choices(self, field, request, model_admin):
        rows = model_admin.model._base_manager.filter(**{self.field_path: OuterRef("pk")})
        used = field.related_model._base_manager.filter(Exists(rows)).values("pk")
        ordering = self.field_admin_ordering(field, request, model_admin)
        return field.get_choices(include_blank=False, ordering=ordering, limit_choices_to=Q(pk__in=used))
