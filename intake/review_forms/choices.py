"""What the fields of a review are filled from: code lists and the names of records, asked for once a page."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.db import models

from codelists.models import Country, Sector, Topic
from engagements.models import Engagement
from intake.review import Item, Review
from multilingual.text import in_language
from organisations.models import Office, Organisation
from profiles.models import Interview, Profile, Series
from programmes.models import Programme

# What the records of a section are in the portal.
MATCHED: dict[str, type[models.Model]] = {
    "profile": Profile,
    "interview": Interview,
    "organisations": Organisation,
    "programmes": Programme,
    "engagements": Engagement,
}


@dataclass(frozen=True)
class Named:
    """Records by their key, under the name shown, and the keys under every name that somebody may type."""

    names: dict[str, str]
    keys: dict[str, str] = field(default_factory=dict)

    def key_of(self, typed: str) -> str | None:
        """The key of what was typed: a name in any language, or the key itself."""
        return self.keys.get(folded(typed))


def folded(text: str) -> str:
    """`text` as it is compared: without capitals and blanks around it or doubled."""
    return " ".join(text.split()).casefold()


def _named(records, key: str) -> Named:
    names, keys = {}, {}
    for record in records:
        names[getattr(record, key)] = record.name
        for language in settings.MODELTRANSLATION_LANGUAGES:
            if name := getattr(record, f"name_{language}"):
                keys.setdefault(folded(name), getattr(record, key))
    keys |= {folded(code): code for code in names}
    return Named(names, keys)


@dataclass(frozen=True)
class Choices:
    """All that the fields of one page offer."""

    countries: Named
    programmes: Named
    sectors: list[tuple[str, str]]
    topics: list[tuple[str, str]]
    series: list[tuple[str, str]]
    offices: list[tuple[int, str]]
    profiles: list[tuple[int, str]]
    exchanges: list[tuple[str, str]] = field(default_factory=list)
    organisations: list[tuple[str, str]] = field(default_factory=list)
    records: dict[str, dict[int, models.Model]] = field(default_factory=dict)
    text: str = ""

    @classmethod
    def load(cls, review: Review, text: str) -> "Choices":
        """What the portal has, of its records those that the review says are there already, and the article's text."""
        people = Profile._base_manager.order_by("family_name", "given_name", "pk")
        people = people.values_list("pk", "family_name", "given_name")
        return cls(
            text=text,
            records={section: _records(model, review[section]) for section, model in MATCHED.items()},
            countries=_named(Country.objects.order_by(in_language("name")), "code"),
            programmes=_named(Programme.objects.order_by(in_language("name")), "slug"),
            sectors=_pairs(Sector.objects.order_by("code"), "code"),
            topics=_pairs(Topic.objects.order_by(in_language("name")), "slug"),
            series=_pairs(Series.objects.order_by(in_language("name")), "pk"),
            profiles=[(pk, f"{family}, {given}") for pk, family, given in people],
            offices=[(office.pk, office.name) for office in Office.objects.order_by(in_language("name"))],
        )

    def found(self, section: str, key: int | None) -> models.Model | None:
        """The record of the portal that is proposed once more."""
        return self.records.get(section, {}).get(key)

    def with_programmes(self, proposed: Iterable[tuple[str, str]]) -> "Choices":
        """Also the programmes that a review would make, each its slug and its name."""
        names, keys = dict(self.programmes.names), dict(self.programmes.keys)
        for slug, name in proposed:
            names.setdefault(slug, name)
            keys.setdefault(folded(slug), slug)
            keys.setdefault(folded(name), slug)
        return replace(self, programmes=Named(names, keys))


def _records(model: type[models.Model], items: Item | list[Item]) -> dict[int, models.Model]:
    items = [items] if isinstance(items, dict) else items
    keys = {item.get(name) for item in items for name in ("match", "found")} - {None}
    return model._base_manager.in_bulk(keys) if keys else {}


def _pairs(records, key: str) -> list[tuple]:
    return [(getattr(record, key), record.name) for record in records]
