"""Admin pages of users and roles, and of the logs that nobody can change."""

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.admin.logs import FailedSignInAdmin, LogEntryAdmin, SignInAdmin
from accounts.admin.users import RoleAdmin, UserAdmin
from accounts.models import FailedSignIn, SignIn

# Pages on which secrets could be read or set.
admin.site.unregister([TOTPDevice, StaticDevice, User, Group])
admin.site.register(User, UserAdmin)
admin.site.register(Group, RoleAdmin)
admin.site.register(LogEntry, LogEntryAdmin)
admin.site.register(SignIn, SignInAdmin)
admin.site.register(FailedSignIn, FailedSignInAdmin)
