"""Tags for content that exists in some languages and not in others."""

from contextvars import ContextVar

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import get_language_bidi, get_language_info

from multilingual.dates import written_day
from multilingual.text import alphabetically, language_shown

register = template.Library()

# The fallback languages marked so far within the {% with_fallback_note %} that is being rendered, if any is. A variable
# of its own and not one of the template's context, which {% include … only %} hides.
_marked: ContextVar[set[str] | None] = ContextVar("languages_marked", default=None)


@register.simple_tag
def lang_attr(record, field: str) -> str:
    """`lang="en"` where the translated `field` of `record` is shown in the fallback language, else nothing.

    A screen reader needs it to pronounce the text (WCAG 2.2, success criterion 3.1.2). Fields that the record's model
    lists as `proper_names` need no note: a union that has an English name alone is nothing left to translate.
    """
    return lang(language_shown(record, field), noted=field not in getattr(record, "proper_names", ()))


@register.simple_tag
def lang(language: str, noted: bool = True) -> str:
    """`lang="en"` for the `language` "en" of a text that is not in the page's own, nothing for "".

    On a page that runs from right to left with `dir="ltr"`, which keeps a full stop at the end of its sentence. Not
    `noted`, it brings no note above the page, as for a name or a choice that a filter offers.
    """
    if not language:
        return ""
    if noted and (marked := _marked.get()) is not None:
        marked.add(language)
    is_right_to_left = get_language_info(language)["bidi"]
    if is_right_to_left == get_language_bidi():
        return format_html(' lang="{}"', language)
    return format_html(' lang="{}" dir="{}"', language, "rtl" if is_right_to_left else "ltr")


class FallbackNoteNode(template.Node):
    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        marked: set[str] = set()
        token = _marked.set(marked)
        try:
            content = self.nodelist.render(context)
        finally:
            _marked.reset(token)
        return (render_to_string("multilingual/_fallback_note.html") if marked else "") + content


@register.tag
def with_fallback_note(parser, token) -> FallbackNoteNode:
    """`{% with_fallback_note %}…{% endwith_fallback_note %}`: what stands between, under a note where it needs one.

    The note says that parts of it are shown in English; it needs one when `lang_attr` or `lang` marked a text.
    """
    nodelist = parser.parse(("endwith_fallback_note",))
    parser.delete_first_token()
    return FallbackNoteNode(nodelist)


@register.filter
def alphabetical(records) -> list:
    """The `records` by their names, as people sort words."""
    return alphabetically(records)


@register.filter
def day(date) -> str:
    """A date to the day, as one writes it in the language of the moment."""
    return written_day(date) if date else ""
