"""Texts as IATI has them: one `narrative` for each language in which there is a text."""

from functools import cache

from django.utils.translation import gettext, override
from lxml.etree import SubElement, _Element
from modeltranslation.settings import AVAILABLE_LANGUAGES

from opendata.characters import without_controls

# The language of narratives that name none: what `xml:lang` of an activity says.
DEFAULT_LANGUAGE = "en"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# A text in each language that has it.
Texts = tuple[tuple[str, str], ...]


def translations(record, field: str, made_by=without_controls) -> Texts:
    """The translated `field` of `record` in the languages that have a text; nothing is filled in from another one.

    `made_by` makes plain text of what is in the column.
    """
    texts = ((code, made_by(getattr(record, f"{field}_{code}")).strip()) for code in AVAILABLE_LANGUAGES)
    return tuple((code, text) for code, text in texts if text)


def in_every_language(write) -> Texts:
    """What `write()` answers in each language of the content."""
    texts = []
    for code in AVAILABLE_LANGUAGES:
        with override(code):
            texts.append((code, without_controls(str(write()))))
    return tuple(texts)


@cache
def interface_text(message: str) -> Texts:
    """A text of the interface, marked by `gettext_noop` where it stands."""
    return in_every_language(lambda: gettext(message))


def narrate(parent: _Element, texts: Texts) -> None:
    """Give `parent` a narrative for each of the `texts`."""
    for code, text in texts:
        narrative = SubElement(parent, "narrative")
        narrative.text = text
        if code != DEFAULT_LANGUAGE:
            narrative.set(LANG, code)
