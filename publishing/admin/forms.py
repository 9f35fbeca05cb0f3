"""Forms of publishable records, of their parts and of the steps to publication."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

from multilingual.admin import PortalStackedInline
from publishing.ordering import Ordered, OrderedForm, OrderedInlineFormSet


class PublishableForm(forms.ModelForm):
    """Form of a publishable record, whichever of its fields it has.

    A subclass that asks for something in a field of its own names in `asked_in` where: column to form field.
    `refusal` is set by the admin page where what was typed must not be saved: a message.
    """

    asked_in: dict[str, str] = {}
    refusal: str | None = None

    # What the record was like when the page was opened.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self):
        cleaned = super().clean()
        if self.refusal:
            raise ValidationError(self.refusal)
        return cleaned

    def add_error(self, field, error):
        """Add an error; what is wrong with a column that is not in this form is said above the form."""
        if field is None and hasattr(error, "error_dict"):
            named = {}
            for column, errors in error.error_dict.items():
                name = self.asked_in.get(column, column)
                named.setdefault(name if name in self.fields else NON_FIELD_ERRORS, []).extend(errors)
            error = ValidationError(named)
        super().add_error(field, error)


class StepForm(forms.Form):
    """What is said with a step: it stands in the form of the record, and only its own fields are read."""

    step_comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text=_("Stands in the log below. Needed to return a record."),
    )
    step_at = forms.SplitDateTimeField(
        label=_("Publication date"),
        required=False,
        widget=AdminSplitDateTime,
        help_text=_("Only to schedule: the record becomes public at this moment."),
    )


class OrderedStackedInline(PortalStackedInline):
    """Parts in an order, which editors change by typing positions; `position` is their first field."""

    form = OrderedForm
    formset = OrderedInlineFormSet

    @admin.display(description=_("Position"))
    def position(self, part: Ordered) -> int:
        """Shown to who may look and not change."""
        return part.order
