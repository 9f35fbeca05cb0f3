"""How the admin's pages of the intake show places of an article, and the ways from other pages to the intake."""

from django import template
from django.urls import reverse

register = template.Library()

LONGEST = 400  # characters of a quotation
MOST = 3  # quotations of a record
LISTS = ("profiles.profile", "profiles.interview")


@register.filter
def places(evidence: list[list[int]]) -> str:
    """Places of an article as the page's scripts read them: “12-40 90-120”."""
    return " ".join(f"{start}-{end}" for start, end in evidence)


@register.filter
def admin_address(record) -> str:
    """Where the record is edited."""
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


@register.filter
def quotes(evidence: list[list[int]] | None, text: str) -> list[str]:
    """What the article says in these places, the first of them."""
    found = []
    for start, end in (evidence or [])[:MOST]:
        words = " ".join(text[start:end].split())
        found.append(words if len(words) <= LONGEST else words[:LONGEST].rpartition(" ")[0] + " …")
    return found


@register.inclusion_tag("admin/intake/_tool.html", takes_context=True)
def intake_tool(context):
    """A button to begin with an article, on the lists of what it becomes, for who may."""
    changelist = context["cl"]
    is_shown = changelist.model._meta.label_lower in LISTS and not changelist.is_popup
    return {"is_shown": is_shown and context["request"].user.has_perm("intake.add_intake")}
