"""Permissions by names that people understand, in the language of the page."""

from django import forms
from django.contrib.admin.widgets import FilteredSelectMultiple
from django.contrib.auth.models import Permission
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

VERBS = {
    "add": _("add"),
    "change": _("change"),
    "delete": _("delete"),
    "view": _("look at"),
    "publish": _("publish"),
}


class PermissionsField(forms.ModelMultipleChoiceField):
    """Permissions to choose. What Django says of each is English in the database."""

    def __init__(self, label: str):
        permissions = Permission.objects.select_related("content_type")
        super().__init__(permissions, required=False, label=label, widget=FilteredSelectMultiple(label, False))

    def label_from_instance(self, permission: Permission) -> str:
        verb, _underscore, _model = permission.codename.partition("_")
        return f"{capfirst(permission.content_type.name)}: {VERBS.get(verb, permission.name)}"
