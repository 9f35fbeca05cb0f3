"""The way from a record's admin page to its preview: for staff, and by a link for a reviewer without an account."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from publishing.admin.editing import EditingAdmin
from publishing.previewing import DRAFT, PreviewLink, page_addresses


class PreviewAdmin(EditingAdmin):
    """Mixin of the admin pages of publishable records: makes preview links.

    The change page shows `admin/publishing/_preview.html`, outside its own form.
    """

    def get_urls(self):
        own = path(
            "<path:object_id>/preview-link/",
            self.admin_site.admin_view(self.preview_link_view),
            name=f"{self.opts.app_label}_{self.opts.model_name}_preview_link",
        )
        return [own, *super().get_urls()]

    def opened(self, request, record, context):
        draft = super().opened(request, record, context)
        # The page is still at the address that the record has, whatever its draft says.
        context["preview_pages"] = page_addresses(record, f"?{DRAFT}=1" if draft else "")
        context["can_be_sent"] = PreviewLink.to(record).opens(record)
        return draft

    def preview_link_view(self, request, object_id):
        """A page with a new link in every language, to copy and send."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        record = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        if record is None:
            raise Http404
        link = PreviewLink.to(record)
        if not link.opens(record):
            text = _("There is no preview of what is archived or withdrawn.")
            self.message_user(request, text, messages.WARNING)
            change_page = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
            return redirect(reverse(change_page, args=[record.pk], current_app=self.admin_site.name))
        self.log_change(request, record, _("Made a preview link for a reviewer."))
        pages = [
            page | {"url": request.build_absolute_uri(page["path"])} for page in page_addresses(record, link.query)
        ]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": record,
            "title": _("Link for a reviewer"),
            "subtitle": str(record),
            "link": link,
            "pages": pages,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/publishing/preview_link.html", context)
