"""Forms to sign in with: password, code, second factor to set up."""

import re
from math import ceil

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_otp.models import Device

from accounts import lockout, second_factor


class SignInForm(AdminAuthenticationForm):
    """Name and password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Django only tells browsers; a longer name would not fit into the list of failures.
        self.fields["username"].validators.append(MaxLengthValidator(User._meta.get_field("username").max_length))


def _code_field(autofocus: bool = False, **options) -> forms.CharField:
    # one-time-code: phones and password managers offer it; they must not offer earlier ones.
    typed = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false", "size": 12}
    if autofocus:
        typed["autofocus"] = True
    return forms.CharField(max_length=40, widget=forms.TextInput(attrs=typed), **options)


class CodeForm(forms.Form):
    """A code of the second factor that `person` has. A valid form has used it up and knows the `device` it was for."""

    code = _code_field(
        autofocus=True,
        label=_("Code"),
        help_text=_("The six digits that the app on your phone shows now, or one of your recovery codes."),
    )
    device: Device

    def __init__(self, *args, request, person: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.request, self.person = request, person

    def clean_code(self):
        self.device = self.accepting_device(self.cleaned_data["code"])
        return self.cleaned_data["code"]

    def accepting_device(self, code: str) -> Device:
        """The device that accepts `code`. Wrong ones are counted, and raise ValidationError with what to do."""
        name = self.person.get_username()
        if lockout.is_locked(self.request, name):
            raise ValidationError(_("Too many failed attempts."))
        try:
            device = second_factor.verified_device(self.person, code)
        except second_factor.TooSoonError as error:
            seconds = max(1, ceil((error.until - timezone.now()).total_seconds()))
            text = ngettext(
                "There were wrong codes. Wait %(seconds)d second, then type the code that the app shows.",
                "There were wrong codes. Wait %(seconds)d seconds, then type the code that the app shows.",
                seconds,
            )
            raise ValidationError(text % {"seconds": seconds}) from error
        if device is None:
            lockout.count_failure(self.request, name)
            raise ValidationError(
                _("This code is wrong or was used before. Wait until the app shows the next one, and type that.")
            )
        return device


class SetUpForm(CodeForm):
    """The code that proves that the app knows `key`; and, of who has a second factor already, a code of that one.

    A valid form knows the `app` that gave the proof.
    """

    code = _code_field(label=_("Code of the new app"), help_text=_("The six digits that the app shows now."))
    present_code = _code_field(
        label=_("Code of the present app"),
        help_text=_("Or one of your recovery codes, if you do not have it any more."),
    )

    def __init__(self, *args, key: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.key = key
        if not second_factor.has_second_factor(self.person):
            del self.fields["present_code"]
            self.fields["code"].label = _("Code")

    def clean_code(self):
        code = re.sub(r"\s", "", self.cleaned_data["code"])
        self.app = second_factor.app_showing(self.key, code)
        if self.app is None:
            raise ValidationError(
                _("This is not the app’s code. Check that the phone shows the right time, and type the next code.")
            )
        return code

    def clean(self):
        # Only when all else is right: a recovery code would be used up for nothing.
        if not self.errors and "present_code" in self.fields:
            try:
                self.accepting_device(self.cleaned_data["present_code"])
            except ValidationError as error:
                self.add_error("present_code", error)
        return self.cleaned_data
