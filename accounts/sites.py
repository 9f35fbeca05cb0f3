"""The portal's admin site: Django's, with a second factor."""

from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from accounts.forms import SignInForm
from accounts.views import CodePage, RecoveryCodesPage, SetUpPage


class PortalAdminSite(admin.AdminSite):
    """Signing in asks for name and password as ever; who then owes a second factor goes on to its pages."""

    login_form = SignInForm

    def get_urls(self):
        return [
            # Django's would send those away who are only half signed in.
            path("logout/", self.logout, name="logout"),
            path("second-factor/", CodePage.as_view(), name="second-factor"),
            path("second-factor/set-up/", SetUpPage.as_view(), name="second-factor-set-up"),
            path("second-factor/recovery-codes/", RecoveryCodesPage.as_view(), name="second-factor-recovery-codes"),
            *super().get_urls(),
        ]

    def login(self, request, extra_context=None):
        if request.method == "GET" and request.half_signed_in_user:
            wanted = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
            query = urlencode({REDIRECT_FIELD_NAME: wanted})
            response = HttpResponseRedirect(f"{reverse('admin:second-factor')}?{query}")
            add_never_cache_headers(response)
            return response
        return super().login(request, extra_context)

    def password_change(self, request, extra_context=None):
        response = super().password_change(request, extra_context)
        if isinstance(response, HttpResponseRedirect):
            message = [{"changed": {"fields": ["password"]}}]
            LogEntry.objects.log_actions(request.user.pk, [request.user], CHANGE, message, single_object=True)
        return response
