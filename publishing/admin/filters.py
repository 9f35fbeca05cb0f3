"""Filters of the lists of publishable records."""

from django.contrib import admin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.models import Status, WorkingDraft


def awaits_review(model: type[models.Model]) -> Q:
    """Condition "somebody should review the record", or the working draft of a public one."""
    drafts = WorkingDraft.objects.of_kind(model).filter(in_review=True).order_by().values("object_id")
    records = model._base_manager.filter(status=Status.IN_REVIEW).order_by().values("pk")
    # One set of keys: with OR, PostgreSQL would look at every record.
    return Q(pk__in=records.union(drafts))


class PublicationFilter(admin.SimpleListFilter):
    """Where records stand on their way to the public."""

    title = _("publication")
    parameter_name = "publication"

    def lookups(self, request, model_admin):
        return [
            ("draft", _("Draft")),
            ("in_review", _("In review")),
            ("scheduled", _("Scheduled")),
            ("public", _("Public")),
            ("changed", _("Public, with a working draft")),
            ("to_review", _("Waiting for a review")),
            ("archived", _("Archived")),
        ]

    def queryset(self, request, queryset):
        drafts = WorkingDraft.objects.of_kind(queryset.model)
        match self.value():
            case "public":
                return queryset.published()
            case "scheduled":
                return queryset.filter(status=Status.PUBLISHED, publish_at__gt=timezone.now())
            case "changed":
                return queryset.filter(pk__in=drafts.values("object_id"))
            case "to_review":
                return queryset.filter(awaits_review(queryset.model))
            case "draft" | "in_review" | "archived" as status:
                return queryset.filter(status=status)
