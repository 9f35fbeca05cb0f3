"""The form of the search page: what is not right is reported, and the rest still counts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from codelists.models import Country
from search.kinds import KINDS

UNKNOWN = _("This value is not known here and was left out. Choose from the list.")


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Words or a name"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"max_length": _("This is longer than %(limit_value)d letters. Shorten it to search for it.")},
    )
    type = forms.ChoiceField(
        label=_("Kind of result"),
        choices=[(name, kind.plural) for name, kind in KINDS.items()],
        required=False,
        widget=forms.HiddenInput,  # the page has links for it
        error_messages={"invalid_choice": UNKNOWN},
    )
    country = forms.ModelChoiceField(
        label=_("Country"),
        queryset=Country.objects.all(),
        to_field_name="code",
        required=False,
        error_messages={"invalid_choice": UNKNOWN},
    )
