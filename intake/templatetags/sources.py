"""Tags that say where a fact comes from."""

from collections.abc import Iterable

from django import template
from django.db import models
from modeltranslation.settings import AVAILABLE_LANGUAGES

from intake.sourcing import Key, PublicSource, sources_of
from multilingual.text import language_of_interface

register = template.Library()


@register.simple_tag(name="sources_of")
def sources_of_all(*records: models.Model | Iterable[models.Model]) -> dict[Key, list[PublicSource]]:
    """The public sources of these records and lists of records, for `{% source %}`: asked for once a page."""
    return sources_of(record for each in records for record in ([each] if isinstance(each, models.Model) else each))


@register.inclusion_tag("intake/_source.html")
def source(sources: dict[Key, list[PublicSource]] | str, record: models.Model) -> dict:
    """Where what the `record` says comes from, or nothing; `sources` are those of the page, "" where it has none."""
    found = sources.get((type(record), record.pk), []) if sources else []
    return {"record": record, "sources": [(each, _marked(each.language)) for each in found]}


def _marked(language: str) -> str:
    """The language to mark a text with; "" for that of the page, and for one that nobody said."""
    return language if language in AVAILABLE_LANGUAGES and language != language_of_interface() else ""
