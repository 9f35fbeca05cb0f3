"""Which records use which links.

Nothing is remembered of that: it is read where the links stand, so that a link that an editor has put right is no
longer counted. They stand in the `URLField`s of records and of their parts, and in texts as `<a href="…">`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, Value
from django.db.models.functions import Concat, Replace
from modeltranslation.fields import TranslationField

from desk.models import LONGEST_ADDRESS, CheckedLink
from engagements.models import Engagement
from organisations.models import Office, Organisation
from profiles.models import Interview, Profile
from programmes.models import Programme
from publishing.models import Publishable

LINKING: list[type[models.Model]] = [Profile, Interview, Programme, Organisation, Office, Engagement]

_HREF = re.compile(r'href="(https?://[^"]+)"', re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """A column in which links stand, in the record itself or in the parts to which `relation` leads."""

    model: type[models.Model]
    column: str
    is_text: bool
    owner: str  # the column that says which record it is

    def rows(self) -> models.QuerySet:
        """The rows that have a link there."""
        wanted = {f"{self.column}__contains": 'href="http'} if self.is_text else {f"{self.column}__startswith": "http"}
        return self.model._base_manager.filter(**wanted)

    def broken(self) -> models.QuerySet:
        """The keys of the records that have a broken link there."""
        links = CheckedLink.objects.filter(status=CheckedLink.Status.BROKEN)
        if self.is_text:
            links = links.filter(in_text=True)
            # As it stands in the text: with its quotation marks, so that no longer address is taken for it.
            written = Concat(Value('href="'), Replace("url", Value("&"), Value("&amp;")), Value('"'))
            text = ExpressionWrapper(OuterRef(self.column), output_field=models.TextField())
            within = links.annotate(text=text, written=written).filter(text__contains=F("written"))
            return self.rows().filter(Exists(within)).values(self.owner)
        return self.rows().filter(**{f"{self.column}__in": links.values("url")}).values(self.owner)


def places(model: type[models.Model]) -> list[Place]:
    """Where records of `model` have links: every such column of it and of its parts, found in the models."""
    found = list(_columns(model, "pk"))
    for relation in model._meta.related_objects:
        is_part = relation.one_to_many and relation.on_delete is models.CASCADE
        if is_part and not issubclass(relation.related_model, Publishable):
            found += _columns(relation.related_model, relation.field.attname)
    return found


def _columns(model: type[models.Model], owner: str) -> Iterator[Place]:
    fields = model._meta.concrete_fields
    # Of a translated field the columns for the languages are read, not the original.
    originals = {field.translated_field.name for field in fields if isinstance(field, TranslationField)}
    for field in fields:
        if field.name not in originals and isinstance(field, models.URLField | models.TextField):
            yield Place(model, field.name, isinstance(field, models.TextField), owner)


def with_broken_link(model: type[models.Model]) -> Q:
    """Condition "one of the record's links is broken"."""
    # Texts are long: they are not read where none of them has a broken link.
    in_texts = CheckedLink.objects.filter(status=CheckedLink.Status.BROKEN, in_text=True).exists()
    condition = Q()
    for place in places(model):
        if in_texts or not place.is_text:
            condition |= Q(pk__in=place.broken())
    return condition


def links_of(record: models.Model) -> set[str]:
    """The addresses that `record` and its parts link to."""
    return {
        link
        for place in places(type(record))
        for text in place.rows().filter(**{place.owner: record.pk}).values_list(place.column, flat=True)
        for link in _links_in(text, place)
    }


def broken_links_of(record: models.Model) -> list[CheckedLink]:
    """Those of its links that were broken when last asked."""
    return list(CheckedLink.objects.filter(status=CheckedLink.Status.BROKEN, url__in=links_of(record)))


def all_links() -> dict[str, bool]:
    """Every address that any record links to, and whether it stands in a text."""
    found: dict[str, bool] = {}
    for place in (place for model in LINKING for place in places(model)):
        for text in place.rows().values_list(place.column, flat=True).distinct().iterator():
            for link in _links_in(text, place):
                found[link] = found.get(link, False) or place.is_text
    return found


def _links_in(text: str, place: Place) -> Iterator[str]:
    found = map(unescape, _HREF.findall(text)) if place.is_text else [text]
    return (link for link in found if len(link) <= LONGEST_ADDRESS)
