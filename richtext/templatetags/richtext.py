"""How pages show rich texts."""

import re

from django import template
from django.utils.safestring import SafeString, mark_safe

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
