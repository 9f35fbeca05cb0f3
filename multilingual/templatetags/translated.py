"""Tags for content that exists in some languages and not in others."""

from django import template
from django.utils.html import format_html

from multilingual.text import language_shown, sort_key

register = template.Library()


@register.simple_tag
def lang_attr(record, field: str) -> str:
    """`lang="en"` where the translated `field` of `record` is shown in the fallback language, else nothing.

    A screen reader needs it to pronounce the text (WCAG 2.2, success criterion 3.1.2).
    """
    language = language_shown(record, field)
    return format_html(' lang="{}"', language) if language else ""


@register.filter
def alphabetical(records) -> list:
    """The `records` by their names, as people sort words."""
    return sorted(records, key=lambda record: sort_key(str(record)))
