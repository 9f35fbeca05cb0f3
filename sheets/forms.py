"""The form that a file is uploaded with."""

from pathlib import PurePath

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sheets.reading import MOST_BYTES

EXTENSIONS = (".csv", ".txt", ".tsv", ".xlsx")


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX, up to 30 MB and 50,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        error_messages={"empty": _("The file is empty.")},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("The file has more than 30 MB. Divide it into several files."))
        if PurePath(file.name).suffix.lower() not in EXTENSIONS:
            raise ValidationError(_("This is neither CSV nor XLSX. Save the table as .xlsx or .csv and upload that."))
        return file
