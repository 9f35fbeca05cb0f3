"""Tags for content that exists in some languages and not in others."""

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language

from multilingual.text import columns, sort_key

register = template.Library()


@register.simple_tag
def lang_attr(record, field: str) -> str:
    """`lang="en"` where the translated `field` of `record` is shown in the fallback language, else nothing.

    A screen reader needs it to pronounce the text (WCAG 2.2, success criterion 3.1.2).
    """
    for column in columns(field):
        if getattr(record, column):
            shown = column.removeprefix(f"{field}_")
            return "" if shown == get_language() else format_html(' lang="{}"', shown)
    return ""


@register.filter
def alphabetical(records) -> list:
    """The `records` by their names, as people sort words."""
    return sorted(records, key=lambda record: sort_key(str(record)))
