"""What happened and who signed in: pages to read, for nobody to change."""

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from multilingual.admin import PortalAdmin


class LogAdmin(PortalAdmin):
    """Base: records that come by themselves. Not even a superuser adds, changes or deletes one."""

    show_full_result_count = False
    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class LogEntryAdmin(LogAdmin):
    fields = ["action_time", "user", "action_flag", "content_type", "record", "what_changed"]
    readonly_fields = ["record", "what_changed"]
    list_display = ["action_time", "user", "action_flag", "content_type", "record", "what_changed"]
    list_filter = [
        "action_time",
        ("user", admin.RelatedOnlyFieldListFilter),
        "action_flag",
        ("content_type", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["user", "content_type"]
    search_fields = ["object_repr", "change_message", "user__username", "user__first_name", "user__last_name"]
    search_help_text = _("Name of a record or of a person.")

    @admin.display(description=_("record"), ordering="object_repr")
    def record(self, entry: LogEntry) -> str:
        """Its name at that time, with a link to its page unless it was deleted."""
        address = None if entry.is_deletion() else entry.get_admin_url()
        return format_html('<a href="{}">{}</a>', address, entry.object_repr) if address else entry.object_repr

    @admin.display(description=_("what changed"))
    def what_changed(self, entry: LogEntry) -> str:
        return entry.get_change_message()


class SignInAdmin(LogAdmin):
    fields = list_display = ["attempt_time", "username", "ip_address", "user_agent", "logout_time"]
    list_filter = ["attempt_time"]
    search_fields = ["username", "ip_address"]
    search_help_text = _("User name or address.")


class FailedSignInAdmin(LogAdmin):
    fields = list_display = ["attempt_time", "username", "ip_address", "user_agent", "path_info", "locked_out"]
    list_filter = ["attempt_time", "locked_out"]
    search_fields = ["username", "ip_address"]
    search_help_text = _("User name or address.")
