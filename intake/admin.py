"""The list of the articles taken in. What one does with an article has pages of its own."""

from functools import partial

from django.contrib import admin
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from intake import views
from intake.models import Intake
from multilingual.admin import PortalAdmin


@admin.register(Intake)
class IntakeAdmin(PortalAdmin):
    list_display = ["person", "state", "worked_on_by", "created_at", "updated_at"]
    list_filter = ["state", ("changed_by", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["profile", "changed_by", "begun_by"]
    search_fields = ["title", "source_url", "profile__given_name", "profile__family_name"]
    search_help_text = _("Title or address of the article, or the person.")
    date_hierarchy = "created_at"

    def get_urls(self):
        def page(view):
            return self.admin_site.admin_view(partial(view, self))

        return [
            path("<int:pk>/change/", page(views.review_page), name="intake_intake_change"),
            path("<int:pk>/done/", page(views.done_page), name="intake_intake_done"),
            path("<int:pk>/take-back/", page(views.take_back_page), name="intake_intake_take_back"),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        return views.add_page(self, request)

    def has_delete_permission(self, request, obj=None):
        """Of what became of an article, the article is the source: it is taken back before it is deleted."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.is_open)

    def get_queryset(self, request):
        return super().get_queryset(request).defer("text", "hints", "review")  # long, and not shown in the list

    def changelist_view(self, request, extra_context=None):
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    @admin.display(description=_("person"), ordering="title")
    def person(self, intake: Intake) -> str:
        """The name as it stands in the review, or what else the article is known by."""
        return intake.title

    @admin.display(description=_("worked on by"), ordering="changed_by__username")
    def worked_on_by(self, intake: Intake) -> str:
        return intake.who
