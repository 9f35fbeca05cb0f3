"""Admin pages of the people who work here and of their roles."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.auth import admin as auth_admin
from django.contrib.auth.models import Group, User
from django.db.models import Count, Exists, OuterRef
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import lockout, second_factor
from accounts.admin.permissions import PermissionsField
from accounts.admin.titles import titled
from accounts.views import SECOND_FACTOR
from multilingual.admin import PortalAdmin

# What the audit log says; the admin translates it when it is read.
ROLE = gettext_noop("user role")
LOCK_OUT = gettext_noop("lock-out")
ONLY_FOR_SUPERUSERS = ("is_staff", "is_superuser", "user_permissions")


class SecondFactorFilter(admin.SimpleListFilter):
    title = _("second factor")
    parameter_name = "second_factor"

    def lookups(self, request, model_admin):
        return [("yes", _("Yes")), ("no", _("No"))]

    def queryset(self, request, queryset):
        if self.value() in ("yes", "no"):
            return queryset.filter(with_second_factor=self.value() == "yes")
        return queryset


class RoleFilter(titled(_("roles"), admin.RelatedFieldListFilter)):
    """Roles by their names in the language of the page."""

    def field_choices(self, field, request, model_admin):
        return [(pk, gettext(name)) for pk, name in super().field_choices(field, request, model_admin)]


class RolesField(forms.ModelMultipleChoiceField):
    """Roles to tick, by their names in the language of the page."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, group):
        return gettext(group.name)


class UserAdmin(PortalAdmin, auth_admin.UserAdmin):
    """Administrators manage the staff; superusers, and what makes one, are the business of superusers.

    Nobody changes their own roles or switches themselves off: so there is always somebody left who can.
    """

    fieldsets = (
        (None, {"fields": ("username", "password", ("first_name", "last_name"), "email")}),
        (_("Access"), {"fields": ("is_active", "groups", *ONLY_FOR_SUPERUSERS)}),
        (_("Important dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", ("first_name", "last_name"), "email", "groups")}),
        (_("Password"), {"fields": ("usable_password", "password1", "password2")}),
    )
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ("user_permissions",)
    list_display = ["username", "full_name", "roles", "second_factor", "last_login", "is_active"]
    actions = ["reset_second_factor", "unlock"]

    def get_queryset(self, request):
        devices = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        return super().get_queryset(request).annotate(with_second_factor=Exists(devices)).prefetch_related("groups")

    def get_list_filter(self, request):
        superusers = ["is_superuser"] if request.user.is_superuser else []
        return ["is_active", ("groups", RoleFilter), SecondFactorFilter, *superusers]

    def lookup_allowed(self, lookup, value, request=None):
        hidden = lookup.startswith(ONLY_FOR_SUPERUSERS) and not (request and request.user.is_superuser)
        return not hidden and super().lookup_allowed(lookup, value, request)

    # The form

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if request.user.is_superuser:
            return fieldsets
        return [
            (name, options | {"fields": [field for field in options["fields"] if field not in ONLY_FOR_SUPERUSERS]})
            for name, options in fieldsets
        ]

    def get_readonly_fields(self, request, obj=None):
        readonly = super().get_readonly_fields(request, obj)
        return (*readonly, "is_active", "groups", *ONLY_FOR_SUPERUSERS) if obj == request.user else readonly

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "is_active":
            field.help_text = _("Whether this person may sign in. Switch it off instead of deleting the account.")
        return field

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            return RolesField(
                Group.objects.order_by("pk"),
                required=False,
                label=_("Roles"),
                help_text=_(
                    "Authors write drafts and hand them in. Editors also change, publish, archive and delete whatever "
                    "is there. Administrators look after users and code lists."
                ),
            )
        if db_field.name == "user_permissions":
            return PermissionsField(capfirst(db_field.verbose_name))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.is_staff = True  # accounts are for the staff only
        super().save_model(request, obj, form, change)

    def construct_change_message(self, request, form, formsets, add=False):
        """As ever, but of the roles it says which."""
        before = set(form.initial.get("groups") or [])
        after = set(form.cleaned_data.get("groups", before))
        if not add and "groups" in form.changed_data:
            form.changed_data.remove("groups")
        message = super().construct_change_message(request, form, formsets, add)
        for what, groups in (("added", after - before), ("deleted", before - after)):
            names = sorted(group.name for group in groups)
            message += [{what: {"name": ROLE, "object": name}} for name in names]
        return message

    # The list

    @admin.display(description=_("name"), ordering="last_name")
    def full_name(self, user: User) -> str:
        return user.get_full_name()

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        names = [gettext(group.name) for group in user.groups.all()]
        return ", ".join([gettext("Superuser"), *names] if user.is_superuser else names)

    @admin.display(description=_("second factor"), boolean=True, ordering="with_second_factor")
    def second_factor(self, user: User) -> bool:
        return user.with_second_factor

    # Who may do what to whom

    def has_change_permission(self, request, obj=None):
        return self._is_equal(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self._is_equal(request, obj) and super().has_delete_permission(request, obj)

    def _is_equal(self, request, user: User | None) -> bool:
        return user is None or not user.is_superuser or request.user.is_superuser

    def get_deleted_objects(self, objs, request):
        """As ever, and protected are oneself and whoever is in the log."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        lacking.discard(LogEntry._meta.verbose_name)  # said better here
        users = User.objects.filter(pk__in=[user.pk for user in objs])
        for user in users.annotate(entries=Count("logentry")):
            if user == request.user:
                protected.append(gettext("Your own account. Somebody else has to delete it."))
            elif user.entries:
                text = ngettext(
                    "%(count)d entry of %(user)s in the log. Take the tick from “Active” instead: "
                    "the account can then not be used, and the log still says who did what.",
                    "%(count)d entries of %(user)s in the log. Take the tick from “Active” instead: "
                    "the account can then not be used, and the log still says who did what.",
                    user.entries,
                )
                protected.append(text % {"count": user.entries, "user": user})
        return deleted, counts, lacking, protected

    # Actions

    @admin.action(permissions=["change"], description=_("Reset the second factor of selected users"))
    def reset_second_factor(self, request, queryset):
        for user in self._changeable(request, queryset):
            second_factor.reset(user)
            self.log_change(request, user, [{"deleted": {"name": SECOND_FACTOR, "object": user.get_username()}}])
            text = gettext("%(user)s has no second factor any more, is signed out, and can set up a new one.")
            self.message_user(request, text % {"user": user})

    @admin.action(permissions=["change"], description=_("Unlock selected users after failed attempts"))
    def unlock(self, request, queryset):
        for user in self._changeable(request, queryset):
            lockout.unlock(user.get_username())
            second_factor.forget_wrong_codes(user)
            self.log_change(request, user, [{"changed": {"fields": [LOCK_OUT]}}])
            self.message_user(request, gettext("%(user)s can try again at once.") % {"user": user})

    def _changeable(self, request, queryset):
        for user in queryset:
            if self.has_change_permission(request, user):
                yield user
            else:
                text = gettext("Left alone: %(user)s. Only a superuser can do this to a superuser.")
                self.message_user(request, text % {"user": user}, messages.WARNING)


class RoleAdmin(PortalAdmin, auth_admin.GroupAdmin):
    """What each role may do. Only superusers change that."""

    list_display = ["role"]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return PermissionsField(capfirst(db_field.verbose_name))

    @admin.display(description=_("name"), ordering="name")
    def role(self, group: Group) -> str:
        return gettext(group.name)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("permissions__content_type")

    def has_add_permission(self, request):
        return request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        return request.user.is_superuser

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser
