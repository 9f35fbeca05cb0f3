"""Where the facts of public pages come from: places in articles whose interviews are public."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from modeltranslation.utils import get_translation_fields

from intake.models import Intake, Source
from profiles.models import Interview
from richtext.plain import plain_text
from search.analysis import runs

Key = tuple[type[models.Model], int]


@dataclass
class PublicSource:
    """An interview that says something, and the sentences in which it does, which are in `language`."""

    interview: Interview
    language: str
    quotes: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where the interview was first printed, or else where it stands in the portal."""
        return self.interview.source_url or self.interview.get_absolute_url()


def sources_of(records: Iterable[models.Model]) -> dict[Key, list[PublicSource]]:
    """The public sources of these records; in a fixed number of queries, and in none where there are no records."""
    by_kind: dict[ContentType, list[int]] = defaultdict(list)
    for record in records:
        by_kind[ContentType.objects.get_for_model(record)].append(record.pk)
    if not by_kind:
        return {}
    about = Q()
    for kind, pks in by_kind.items():
        about |= Q(content_type=kind, object_id__in=pks)
    public = Interview.objects.published()
    places = list(
        Source.objects.filter(about, intake__interview__in=public).values_list(
            "content_type", "object_id", "intake", "start", "end"
        )
    )
    intakes = (
        Intake.objects.filter(interview__in=public)
        .select_related("interview__profile")
        .prefetch_related("interview__exchanges")
        .defer("review", "hints")
        .in_bulk({place[2] for place in places})
    )
    said = {intake.interview_id: _words_of(intake.interview) for intake in intakes.values()}
    models_by_number = {kind.pk: kind.model_class() for kind in by_kind}
    found: dict[Key, dict[int, PublicSource]] = defaultdict(dict)
    for kind, pk, number, start, end in places:
        if (intake := intakes.get(number)) is None:  # hidden between the two questions
            continue
        interview = intake.interview
        of_record = found[models_by_number[kind], pk]
        source = of_record.setdefault(interview.pk, PublicSource(interview, intake.language))
        quote = " ".join(intake.text[start:end].split())
        if quote not in source.quotes and _may_be_quoted(quote, interview, said[interview.pk]):
            source.quotes.append(quote)
    return {key: list(sources.values()) for key, sources in found.items()}


def _words_of(interview: Interview) -> str:
    """All that the interview says, in every language, folded."""
    texts = [
        text
        for exchange in interview.exchanges.all()
        for text in (
            *(getattr(exchange, column) or "" for column in get_translation_fields("question")),
            *(plain_text(getattr(exchange, column)) for column in get_translation_fields("answer")),
        )
    ]
    return " ".join(" ".join(runs(text)) for text in texts)


def _may_be_quoted(quote: str, interview: Interview, said: str) -> bool:
    """Whether the public can read these words anyway: in print, or in the interview as editors published it."""
    return bool(interview.source_url) or " ".join(runs(quote)) in said
