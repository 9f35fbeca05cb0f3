"""Who else has the record open: an open page tells that it is there, and asks."""

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed, JsonResponse
from django.urls import path
from django.utils.dateparse import parse_datetime

from publishing.admin.editing import EditingAdmin
from publishing.models import Presence


class PresenceAdmin(EditingAdmin):
    """Mixin of the admin pages of publishable records: the address that `static/admin-portal/presence.js` talks to."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_open"
        return [
            path("<path:object_id>/open/", self.admin_site.admin_view(self.open_view), name=name),
            *super().get_urls(),
        ]

    def open_view(self, request, object_id):
        """Note that the user has the record open; the answer says who else has, and when the user was seen.

        With `leave`, the moment of the last answer, the page says that it was closed. Where the user was seen since, in
        another window or on the page that came after, it is not the last.
        """
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        if "leave" in request.POST:
            Presence.objects.of(record).filter(user=request.user, seen_at=_moment(request.POST["leave"])).delete()
            return JsonResponse({})
        presence = Presence.note(record, request.user)
        others = " ".join(other.told for other in Presence.others(record, request.user))
        return JsonResponse({"seen": presence.seen_at.isoformat(), "others": others})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        response = super().changeform_view(request, object_id, form_url, extra_context)
        is_done = request.method == "POST" and response.status_code == 302 and "_continue" not in request.POST
        if is_done and object_id and object_id.isdecimal():
            Presence.objects.of_kind(self.model).filter(object_id=object_id, user=request.user).delete()
        return response


def _moment(text: str):
    """The moment that `text` names; None for any other text."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
