"""How pages show rich texts."""

import re

from django import template
from django.contrib.admin.helpers import AdminReadonlyField
from django.utils.safestring import SafeString, mark_safe

from richtext.fields import RichTextField
from richtext.sanitising import allowed

register = template.Library()

_HEADING = re.compile(r"(</?h)([34])>")


@register.filter
def rich_text(html: str | None, top_heading: int = 3) -> SafeString:
    """A rich text as HTML; its headings are of the ranks `top_heading` and the one below."""
    shown = _HEADING.sub(lambda match: f"{match[1]}{int(match[2]) - 3 + top_heading}>", allowed(html or ""))
    # Safe, because it has just been sanitised: whatever came to be in the database, by whatever way, only the few
    # tags of `richtext.sanitising` are left, without attributes but for the addresses of links.
    return mark_safe(shown)  # noqa: S308


@register.simple_tag
def readonly_contents(field: AdminReadonlyField) -> str:
    """What a field of the admin shows to who may not change it; of a rich text the text, without its tags."""
    record, name = field.form.instance, field.field["name"]
    column = next((column for column in record._meta.concrete_fields if column.name == name), None)
    if isinstance(column, RichTextField) and (html := getattr(record, name)):
        return rich_text(html)
    return field.contents()
