"""The editors' form of an engagement: dates are typed as precisely as they are known."""

from django import forms
from django.utils.translation import gettext_lazy as _

from engagements import dates
from engagements.dates import Precision
from publishing.admin import PublishableForm


class PartialDateField(forms.CharField):
    """A date typed as 2018, 2018-11 or 2018-11-19; its value is what `dates.parse` answers, or None."""

    def __init__(self, *, end: bool = False, **kwargs):
        super().__init__(**kwargs)
        self.end = end

    def prepare_value(self, value):
        return dates.to_text(*value) if isinstance(value, tuple) else value

    def to_python(self, value):
        text = super().to_python(value)
        return dates.parse(text, end=self.end) if text else None


class EngagementForm(PublishableForm):
    """Asks for `start` and `end` in place of the dates and their precisions."""

    asked_in = {"start_date": "start", "end_date": "end"}

    start = PartialDateField(
        label=_("Start"),
        help_text=_("As precisely as is known: 2018, 2018-11 or 2018-11-19."),
        widget=forms.TextInput(attrs={"size": 12}),
    )
    end = PartialDateField(
        label=_("End"),
        required=False,
        end=True,
        help_text=_("Written like the start. Empty: on the same day, or still going on."),
        widget=forms.TextInput(attrs={"size": 12}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("start", "end"):
            if value := getattr(self.instance, f"{name}_date"):
                self.fields[name].initial = value, getattr(self.instance, f"{name}_precision")

    def clean(self):
        super().clean()
        if start := self.cleaned_data.get("start"):
            self.instance.start_date, self.instance.start_precision = start
        self.instance.end_date, self.instance.end_precision = self.cleaned_data.get("end") or (None, Precision.DAY)
        return self.cleaned_data
