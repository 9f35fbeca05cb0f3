"""The pages of the second factor: give it, set it up, make new recovery codes."""

import segno
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.views import RedirectURLMixin, redirect_to_login
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView
from django_otp import login as remember_device
from django_otp.plugins.otp_static.models import StaticDevice

from accounts import lockout, second_factor
from accounts.forms import CodeForm, SetUpForm

KEY_TO_SET_UP = "second_factor_key"

# What the audit log says of these pages; the admin translates it when it is read.
SECOND_FACTOR = gettext_noop("second factor")
RECOVERY_CODES = gettext_noop("recovery codes")


class AccountPage(RedirectURLMixin):
    """Base: a page of the admin for staff, also for those who are only half signed in, about themselves."""

    title = ""

    @method_decorator(never_cache)
    @method_decorator(csrf_protect)
    @method_decorator(sensitive_post_parameters())
    def dispatch(self, request, *args, **kwargs):
        elsewhere = self.who_belongs_elsewhere()
        return HttpResponseRedirect(elsewhere) if elsewhere else super().dispatch(request, *args, **kwargs)

    def who_belongs_elsewhere(self) -> str | None:
        """The address of the page that whoever asks has to see first, if there is one."""
        if not self.half and not admin.site.has_permission(self.request):
            return redirect_to_login(self.request.get_full_path(), reverse("admin:login")).url
        return None

    @property
    def half(self) -> bool:
        """Whether whoever asks has given no more than the password."""
        return bool(self.request.half_signed_in_user)

    @cached_property
    def person(self):
        """Whom the page is about: who asks for it."""
        return self.request.half_signed_in_user if self.half else self.request.user

    @cached_property
    def has_second_factor(self) -> bool:
        return second_factor.has_second_factor(self.person)

    def get_default_redirect_url(self):
        return reverse("admin:index")

    def onwards(self, name: str) -> str:
        """The address of another of these pages, which knows where the person wanted to go."""
        wanted = self.get_redirect_url()
        return reverse(f"admin:{name}") + (f"?{urlencode({'next': wanted})}" if wanted else "")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs) | admin.site.each_context(self.request)
        if self.half:
            context["is_nav_sidebar_enabled"] = False
        return context | {"title": self.title, "next": self.get_redirect_url(), "person": self.person}

    def complete(self, device) -> None:
        """Remember that the person gave the second factor: from here on they are signed in."""
        self.request.user = self.person
        remember_device(self.request, device)
        if self.half:
            self.request.half_signed_in_user = None
            self.request.session.cycle_key()
            lockout.count_sign_in(self.request, self.person)

    def log(self, *changed: str) -> None:
        message = [{"changed": {"fields": list(changed)}}]
        LogEntry.objects.log_actions(self.person.pk, [self.person], CHANGE, message, single_object=True)

    def shown_once(self, codes: list[str]) -> TemplateResponse:
        """The page with new recovery codes; there is no way back to it."""
        context = admin.site.each_context(self.request) | {
            "title": _("Your recovery codes"),
            "codes": codes,
            "onwards": self.get_success_url(),
        }
        return TemplateResponse(self.request, "admin/second_factor/codes.html", context)


class CodePage(AccountPage, FormView):
    """Asks who has given the password for the second factor."""

    title = _("Second factor")
    template_name = "admin/second_factor/code.html"
    form_class = CodeForm

    def who_belongs_elsewhere(self):
        if elsewhere := super().who_belongs_elsewhere():
            return elsewhere
        if not self.half:
            return self.get_success_url()
        return None if self.has_second_factor else self.onwards("second-factor-set-up")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"request": self.request, "person": self.person}

    def form_valid(self, form):
        self.complete(form.device)
        if isinstance(form.device, StaticDevice):
            left = second_factor.recovery_codes_left(self.person)
            text = ngettext(
                "You used a recovery code. %(count)d is left. Under “Second factor” you can make new ones.",
                "You used a recovery code. %(count)d are left. Under “Second factor” you can make new ones.",
                left,
            )
            messages.warning(self.request, text % {"count": left})
        return super().form_valid(form)


class SetUpPage(AccountPage, FormView):
    """Makes an app on the person's phone their second factor; for who has one, another app instead."""

    title = _("Second factor")
    template_name = "admin/second_factor/set_up.html"
    form_class = SetUpForm

    def who_belongs_elsewhere(self):
        if elsewhere := super().who_belongs_elsewhere():
            return elsewhere
        return self.onwards("second-factor") if self.half and self.has_second_factor else None

    @cached_property
    def key(self) -> str:
        """The secret that the page offers. It belongs to the session, so nobody else with the password has seen it."""
        return self.request.session.get(KEY_TO_SET_UP) or self.request.session.setdefault(
            KEY_TO_SET_UP, second_factor.new_key()
        )

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"request": self.request, "person": self.person, "key": self.key}

    def get_context_data(self, **kwargs):
        address = second_factor.address_for_app(self.person, self.key)
        return super().get_context_data(**kwargs) | {
            "address": address,
            "qr_code": segno.make(address, error="m").svg_data_uri(scale=5, border=4, light="#fff"),
            "key": second_factor.key_to_type(self.key),
            "has_second_factor": self.has_second_factor,
            "codes_left": second_factor.recovery_codes_left(self.person),
        }

    def form_valid(self, form):
        with transaction.atomic():
            device = second_factor.set_up(self.person, self.key, form.app)
            codes = second_factor.new_recovery_codes(self.person)
            self.log(SECOND_FACTOR, RECOVERY_CODES)
        del self.request.session[KEY_TO_SET_UP]
        self.complete(device)
        return self.shown_once(codes)


class RecoveryCodesPage(AccountPage, FormView):
    """Makes new recovery codes for a person who gives a code; the old ones are void."""

    title = _("New recovery codes")
    template_name = "admin/second_factor/new_codes.html"
    form_class = CodeForm

    def who_belongs_elsewhere(self):
        if elsewhere := super().who_belongs_elsewhere():
            return elsewhere
        if self.half:
            return self.onwards("second-factor")
        return None if self.has_second_factor else self.onwards("second-factor-set-up")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"request": self.request, "person": self.person}

    def form_valid(self, form):
        with transaction.atomic():
            codes = second_factor.new_recovery_codes(self.person)
            self.log(RECOVERY_CODES)
        return self.shown_once(codes)
