"""Forms of profiles."""

from functools import partial

from django import forms
from django.db import transaction

from publishing.admin import PublishableForm


class ConsentDocumentForm(forms.ModelForm):
    """Form with the document that proves a consent."""

    def forget_replaced(self) -> None:
        """Delete the document that this form replaces, once that is saved. To be called in its transaction."""
        replaced = self.initial.get("consent_document")
        if replaced and "consent_document" in self.changed_data:
            transaction.on_commit(partial(replaced.storage.delete, replaced.name), robust=True)


class ProfileForm(ConsentDocumentForm, PublishableForm):
    """The admin's form of a profile."""
