"""Deleting publishable records in the admin, and recovering them."""

from collections import defaultdict
from uuid import UUID

from django.apps import apps
from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from multilingual.admin import PortalAdmin
from publishing.deletions import keep_before_deletion, recover, recoverable, recoverable_of
from publishing.models import Version
from publishing.workflow import permission

SHOWN = 50  # deletions on a page


class RecoveringAdmin(PortalAdmin):
    """Mixin of the admin pages of publishable records: who may delete them finds and recovers what was deleted."""

    change_list_template = "admin/publishing/change_list.html"

    def get_urls(self):
        name, wrap = f"{self.opts.app_label}_{self.opts.model_name}", self.admin_site.admin_view
        return [
            path("deleted/", wrap(self.deleted_view), name=f"{name}_deleted"),
            path("deleted/<uuid:deletion>/recover/", wrap(self.recover_view), name=f"{name}_recover"),
            *super().get_urls(),
        ]

    @transaction.atomic
    def delete_model(self, request, obj):
        keep_before_deletion(obj, request.user)
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request, queryset):
        for record in queryset:
            keep_before_deletion(record, request.user)
        super().delete_queryset(request, queryset)

    def get_deleted_objects(self, objs, request):
        """As ever, without the rows that only tie two records together: nobody ever saw one."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        ties = [model._meta for model in apps.get_models(include_auto_created=True) if model._meta.auto_created]
        for tie in ties:
            counts.pop(tie.verbose_name_plural, None)
        return _without(tuple(f"{capfirst(tie.verbose_name)}: " for tie in ties), deleted), counts, lacking, protected

    def changelist_view(self, request, extra_context=None):
        context = {"may_recover": self.has_delete_permission(request), **(extra_context or {})}
        return super().changelist_view(request, context)

    def deleted_view(self, request):
        """What was deleted and does not exist again, newest first."""
        if not self.has_delete_permission(request):
            raise PermissionDenied
        found = recoverable_of(self.model).select_related("user").defer("data")
        paginator = Paginator(found, SHOWN)
        page = paginator.get_page(request.GET.get("page"))
        versions = list(page.object_list)
        others = _deleted_with(versions)
        request.current_app = self.admin_site.name
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Recently deleted: %(kind)s") % {"kind": self.opts.verbose_name_plural},
            "subtitle": None,
            "opts": self.opts,
            "deletions": [(version, others[version.deletion]) for version in versions],
            "page": page,
            "page_range": paginator.get_elided_page_range(page.number),
        }
        return TemplateResponse(request, "admin/publishing/deleted.html", context)

    def recover_view(self, request, deletion: UUID):
        """Bring back what was deleted together, as drafts."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        kinds = {version.content_type.model_class() for version in recoverable().filter(deletion=deletion)}
        if self.model not in kinds or not all(request.user.has_perm(permission(kind, "delete")) for kind in kinds):
            raise PermissionDenied
        try:
            with transaction.atomic():
                records, lost = recover(deletion, request.user)
                for record in records:
                    self.log_addition(request, record, gettext("Recovered."))
        except ValidationError as error:
            text = gettext("Nothing was recovered. %(why)s Put this right, then recover it.")
            messages.error(request, text % {"why": " ".join(error.messages)})
            return redirect(admin_urlname(self.opts, "deleted"))
        for name in lost:
            messages.warning(request, gettext("Left out, because it exists no more: %(name)s.") % {"name": name})
        if not records:
            messages.info(request, gettext("It exists again already."))
            return redirect(admin_urlname(self.opts, "deleted"))
        text = ngettext("Recovered as a draft: %(names)s.", "Recovered as drafts: %(names)s.", len(records))
        messages.success(request, text % {"names": ", ".join(map(str, records))})
        for record in records:
            if isinstance(record, self.model):
                return redirect(admin_urlname(self.opts, "change"), record.pk)
        return redirect(admin_urlname(self.opts, "changelist"))


def _without(beginnings: tuple[str, ...], lines: list) -> list:
    """The lines, in lists within lists, that begin otherwise."""
    kept = [_without(beginnings, line) if isinstance(line, list) else line for line in lines]
    return [line for line in kept if line and not (isinstance(line, str) and line.startswith(beginnings))]


def _deleted_with(versions: list[Version]) -> dict[UUID, list[Version]]:
    """What was deleted together with each of these, by deletion."""
    found = defaultdict(list)
    together = Version.objects.filter(deletion__in=[version.deletion for version in versions])
    others = together.exclude(pk__in=[version.pk for version in versions])
    for other in others.select_related("content_type").defer("data").order_by("pk"):
        found[other.deletion].append(other)
    return found
