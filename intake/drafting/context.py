"""What all who draft need: the review, the language of its texts, and how texts and addresses are written."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext
from modeltranslation.settings import AVAILABLE_LANGUAGES
from modeltranslation.utils import get_translation_fields

from intake.drafting.writing import Writer
from intake.models import Intake
from intake.review import Item
from multilingual.text import sort_key


class Context:
    """An intake at work."""

    def __init__(self, intake: Intake, by):
        self.intake, self.by = intake, by
        self.review = intake.review
        self.writer = Writer(intake, by)
        language = self.review["interview"]["language"]
        self.language = language if language in AVAILABLE_LANGUAGES else AVAILABLE_LANGUAGES[0]

    def set_text(self, record: models.Model, field: str, text: str) -> None:
        """Write a translated text in the language of the article."""
        setattr(record, f"{field}_{self.language}", text)

    def fill_text(self, record: models.Model, field: str, text: str) -> bool:
        """The same where no language has such a text yet; whether it was written."""
        if not text or any(getattr(record, name) for name in get_translation_fields(field)):
            return False
        self.set_text(record, field, text)
        return True


def matched(model: type[models.Model], item: Item, field: str = "match") -> models.Model:
    """The record whose number stands in the `field` of the item. Raises ValidationError where it exists no more."""
    record = model._base_manager.filter(pk=item[field]).first()
    if record is None:
        raise ValidationError({f"{item['id']}.{field}": gettext("It exists no more. Choose another one, or none.")})
    return record


def fill(record: models.Model, **values) -> bool:
    """Set those of these fields that are empty; whether any was."""
    lacking = {name: value for name, value in values.items() if value and not getattr(record, name)}
    for name, value in lacking.items():
        setattr(record, name, value)
    return bool(lacking)


def free_slug(model: type[models.Model], name: str) -> str:
    """An address of `name` that no record of `model` has."""
    longest = model._meta.get_field("slug").max_length
    slug = slugify(sort_key(name))[:longest].strip("-") or model._meta.model_name
    taken = set(model._base_manager.filter(slug__startswith=slug[: longest - 5]).values_list("slug", flat=True))
    number, free = 1, slug
    while free in taken:
        number += 1
        free = f"{slug[: longest - 5]}-{number}"
    return free
