"""The ways from a list of the admin to its import and export."""

from django import template
from django.urls import reverse

from sheets.permissions import may_import
from sheets.resources import SHEETS

register = template.Library()

# Of the list's address: its page, and the error it reports. The rest says which records it shows.
_NO_FILTERS = ("p", "e", "all")


@register.inclusion_tag("sheets/_tools.html", takes_context=True)
def sheet_tools(context):
    """Buttons to import and export the records of the list, for who may; nothing for records without sheets."""
    request, model = context["request"], context["cl"].model
    if model._meta.label_lower not in SHEETS or context["cl"].is_popup:
        return {}
    names = [model._meta.app_label, model._meta.model_name]
    filters = request.GET.copy()
    for name in _NO_FILTERS:
        filters.pop(name, None)
    query = f"?{filters.urlencode()}" if filters else ""
    return {
        "export_address": reverse("sheets:export", args=names) + query,
        "import_address": reverse("sheets:import", args=names) if may_import(request.user, model) else "",
    }
