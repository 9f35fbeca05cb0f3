"""The admin with the editors' desk as its first page."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from accounts.sites import PortalAdminSite
from desk import views
from desk.attention import attention
from desk.worklist import unfinished, waiting


class DeskSite(PortalAdminSite):
    """Adds to the index what there is to do, and the pages on which one does it."""

    index_title = _("Your desk")

    def get_urls(self):
        return [
            path("duplicates/", self.admin_view(views.duplicates_view), name="duplicates"),
            path("merge/<str:kind>/<int:kept>/<int:other>/", self.admin_view(views.merge_view), name="merge"),
            *super().get_urls(),
        ]

    def index(self, request, extra_context=None):
        desk = {
            "waiting": waiting(request.user),
            "unfinished": unfinished(request.user),
            "attention": attention(self, request),
        }
        return super().index(request, desk | (extra_context or {}))
