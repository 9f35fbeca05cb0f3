"""Where the name of a person still stands in texts of other records, which only people can rewrite."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Model, Q, TextField
from django.urls import reverse
from modeltranslation.fields import TranslationField
from modeltranslation.translator import translator

from privacy.belongings import models_outliving, outliving, whole
from profiles.models import Profile
from search.relations import PARTS

AROUND = 60  # characters shown before and after the name


@dataclass(frozen=True)
class Mention:
    """A text with the name: the `record` to edit, the label of its `field`, and the words `around` the name."""

    record: Model
    field: str
    around: str

    @property
    def kind(self) -> str:
        return self.record._meta.verbose_name

    @property
    def edit_url(self) -> str:
        meta = self.record._meta
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[self.record.pk])


def mentions_of(profile: Profile) -> list[Mention]:
    """The texts of other records, in every language and public or not, in which the family name stands as a word."""
    spellings = _spellings(profile.family_name)
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, spellings))})(?!\w)")
    records = list(whole(profile))
    own = {(type(record), record.pk) for record in records}
    own |= {(rows.model, pk) for rows in outliving(records) for pk in rows.values_list("pk", flat=True)}
    translated = [
        model for model in translator.get_registered_models(abstract=False) if model._meta.app_label != "codelists"
    ]
    found = []
    for model in (*translated, *models_outliving(Profile)):
        for row in _candidates(model, spellings):
            if (model, row.pk) not in own:
                found += _mentions_in(row, pattern)
    return sorted(found, key=lambda mention: (mention.kind, str(mention.record)))


def _candidates(model: type[Model], spellings: Iterable[str]) -> Iterator[Model]:
    condition = Q()
    for field in _texts(model):
        for spelling in spellings:
            condition |= Q(**{f"{field.name}__icontains": spelling})
    rows = model._base_manager.filter(condition)
    return rows.select_related(PARTS[model][1]).iterator() if model in PARTS else rows.iterator()


def _texts(model: type[Model]) -> list:
    """The columns of the model's translated texts, and those that say who made a picture; of articles their text."""
    fields = model._meta.concrete_fields
    if model in models_outliving(Profile):
        return [field for field in fields if isinstance(field, TextField)]
    return [field for field in fields if isinstance(field, TranslationField) or field.name.endswith("credit")]


def _mentions_in(row: Model, pattern: re.Pattern) -> Iterator[Mention]:
    record = getattr(row, PARTS[type(row)][1]) if type(row) in PARTS else row
    for field in _texts(type(row)):
        text = getattr(row, field.name) or ""
        if found := pattern.search(text):
            start, end = max(0, found.start() - AROUND), found.end() + AROUND
            around = f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
            yield Mention(record, str(field.verbose_name), around)


def _spellings(name: str) -> list[str]:
    """The name as it is written, without accents, and in capitals."""
    letters = unicodedata.normalize("NFD", name)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return list(dict.fromkeys([name, bare, name.upper(), bare.upper()]))
