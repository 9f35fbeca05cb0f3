"""Forms for what concerns a person's consent and data."""

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminFileWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from profiles.forms import ProfileForm
from profiles.models import Profile


def today():
    return timezone.localdate()


def not_in_the_future(day):
    if day > today():
        raise ValidationError(_("This day is still to come."))


class WithdrawalForm(forms.Form):
    """When and why a person withdrew the consent."""

    on = forms.DateField(label=_("Withdrawn on"), initial=today, validators=[not_in_the_future], widget=AdminDateWidget)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=200,
        widget=AdminTextInputWidget,
        help_text=_("In a few words, for your colleagues. It is never public."),
    )


class ConsentForm(ProfileForm):
    """What the person agreed to: now, or anew after an earlier consent was withdrawn."""

    seen = None  # nothing is compared: it is a form of a few fields, and the last word counts

    class Meta:
        model = Profile
        fields = list(Profile.at_once)
        widgets = {
            "consent_date": AdminDateWidget,
            "consent_by": AdminTextInputWidget,
            "consent_document": AdminFileWidget,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("consent_date", "consent_by", "consent_scope"):
            self.fields[name].required = True
        self.fields["consent_date"].validators.append(not_in_the_future)

    def clean_consent_date(self):
        given, withdrawn = self.cleaned_data["consent_date"], self.instance.withdrawn_on
        if withdrawn and given < withdrawn:
            raise ValidationError(
                _("The last consent was withdrawn on %(date)s: the new one must be of that day or later.")
                % {"date": date_format(withdrawn)}
            )
        return given


class ErasureForm(forms.Form):
    """The name of the person, typed, so that nobody is erased by a slip of the finger."""

    name = forms.CharField(label=_("Name of the person"), widget=AdminTextInputWidget(attrs={"autocomplete": "off"}))

    def __init__(self, *args, expected: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean_name(self):
        typed = self.cleaned_data["name"]
        if typed.split() != self.expected.split():
            raise ValidationError(_("This is not the name of the person. Type it as it stands above."))
        return typed
