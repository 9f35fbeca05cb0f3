"""What happened and who signed in: pages to read, for nobody to change."""

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.admin.titles import titled
from multilingual.admin import PortalAdmin


class LogAdmin(PortalAdmin):
    """Base: records that come by themselves. Not even a superuser adds, changes or deletes one.

    `columns` are methods, for the list and for the page of one record.
    """

    columns: list[str]
    actions = None

    def get_list_display(self, request):
        return self.columns

    def get_fields(self, request, obj=None):
        return self.columns

    def get_readonly_fields(self, request, obj=None):
        return self.columns

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class LogEntryAdmin(LogAdmin):
    columns = ["when", "who", "action", "kind", "record", "what_changed"]
    list_filter = [
        ("action_time", titled(_("when"), admin.DateFieldListFilter)),
        ("user", titled(_("who"), admin.RelatedOnlyFieldListFilter)),
        ("action_flag", titled(_("action"), admin.ChoicesFieldListFilter)),
        ("content_type", titled(_("kind of record"), admin.RelatedOnlyFieldListFilter)),
    ]
    list_select_related = ["user", "content_type"]
    search_fields = ["object_repr", "change_message", "user__username", "user__first_name", "user__last_name"]
    search_help_text = _("Name of a record or of a person.")

    @admin.display(description=_("when"), ordering="action_time")
    def when(self, entry: LogEntry):
        return entry.action_time

    @admin.display(description=_("who"), ordering="user__username")
    def who(self, entry: LogEntry) -> str:
        return entry.user.get_username()

    @admin.display(description=_("action"), ordering="action_flag")
    def action(self, entry: LogEntry) -> str:
        return entry.get_action_flag_display()

    @admin.display(description=_("kind of record"), ordering="content_type__model")
    def kind(self, entry: LogEntry) -> str:
        return capfirst(entry.content_type.name) if entry.content_type else ""

    @admin.display(description=_("record"), ordering="object_repr")
    def record(self, entry: LogEntry) -> str:
        """Its name at that time, with a link to its page unless it was deleted."""
        address = None if entry.is_deletion() else entry.get_admin_url()
        return format_html('<a href="{}">{}</a>', address, entry.object_repr) if address else entry.object_repr

    @admin.display(description=_("what changed"))
    def what_changed(self, entry: LogEntry) -> str:
        return entry.get_change_message()


class AttemptAdmin(LogAdmin):
    """Base of what django-axes keeps."""

    list_filter = [("attempt_time", titled(_("when"), admin.DateFieldListFilter))]
    search_fields = ["username", "ip_address"]
    search_help_text = _("User name or address.")

    @admin.display(description=_("when"), ordering="attempt_time")
    def when(self, attempt):
        return attempt.attempt_time

    @admin.display(description=_("user name"), ordering="username")
    def who(self, attempt) -> str:
        return attempt.username

    @admin.display(description=_("from which address"), ordering="ip_address")
    def address(self, attempt) -> str:
        return attempt.ip_address

    @admin.display(description=_("with which browser"), ordering="user_agent")
    def browser(self, attempt) -> str:
        return attempt.user_agent


class SignInAdmin(AttemptAdmin):
    columns = ["when", "who", "address", "browser", "until"]

    @admin.display(description=_("signed out"), ordering="logout_time")
    def until(self, sign_in):
        return sign_in.logout_time


class FailedSignInAdmin(AttemptAdmin):
    columns = ["when", "who", "address", "browser", "what", "was_locked"]
    list_filter = [*AttemptAdmin.list_filter, ("locked_out", titled(_("locked out"), admin.BooleanFieldListFilter))]

    @admin.display(description=_("what was wrong"), ordering="path_info")
    def what(self, attempt) -> str:
        return gettext("Code") if "second-factor" in attempt.path_info else gettext("Name or password")

    @admin.display(description=_("locked out"), boolean=True, ordering="locked_out")
    def was_locked(self, attempt) -> bool:
        return attempt.locked_out
