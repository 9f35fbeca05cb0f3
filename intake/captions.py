"""Captions of an article whose photos are still to be added: photos are uploads, and no text has them."""

from dataclasses import dataclass

from modeltranslation.utils import get_translation_fields

from intake.models import Intake
from profiles.models import Interview
from search.analysis import runs


@dataclass(frozen=True)
class PhotoToAdd:
    """A photo that the article had: its caption, and after which question, None before the first."""

    caption: str
    after: int | None


def photos_to_add(interview: Interview) -> list[PhotoToAdd]:
    """The captions of the articles that the interview came from; those that a photo of the interview has are done."""
    captions = get_translation_fields("caption")
    done = {runs(getattr(photo, name) or "") for photo in interview.photos.all() for name in captions}
    return [
        PhotoToAdd(item["text"], _place(interview, intake, item["exchange"]))
        for intake in Intake.objects.filter(interview=interview.pk, state=Intake.State.DRAFTED).order_by("pk")
        for item in intake.review["captions"]
        if item["include"] and item["text"].strip() and runs(item["text"]) not in done
    ]


def _place(interview: Interview, intake: Intake, exchange_id: str) -> int | None:
    """The number that the question has in the interview by now; None where it is gone."""
    asked = next((runs(item["question"]) for item in intake.review["exchanges"] if item["id"] == exchange_id), None)
    for exchange in interview.exchanges.all():
        if asked in [runs(getattr(exchange, name) or "") for name in get_translation_fields("question")]:
            return exchange.order
    return None
