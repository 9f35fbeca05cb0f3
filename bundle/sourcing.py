"""The tables of sources: which interview says what a record says, and in which words, as pages show it."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models

from bundle.declaring import NAMES
from bundle.tables import Column, Extent, ModelTable, Reference, Row, Table
from intake.findings import Article, Proposals
from intake.findings import Interview as ReadInterview
from intake.models import Intake, Source
from intake.review import review_of
from intake.sourcing import PublicSource, sources_of
from profiles.models import Interview

Values = dict[str, Any]

RECORDS_AT_ONCE = 200


@dataclass(frozen=True, kw_only=True)
class SourceTable(Table):
    """The sources of the records of another table, `facts`."""

    facts: ModelTable

    @classmethod
    def of(cls, facts: ModelTable, name: str, title: str) -> Self:
        record = NAMES[facts.model]
        return cls(
            facts=facts,
            name=name,
            title=title,
            description="Interviews that say what a record says, with the sentences in which they do.",
            key=("record", "source_number", "quote_number"),
            columns=(
                Column("record", models.PositiveBigIntegerField("record"), reference=record),
                Column("source_number", models.PositiveSmallIntegerField("number of the source"), "From 1."),
                Column(
                    "quote_number",
                    models.PositiveIntegerField("number of the sentence"),
                    "From 1; 0 where no sentence is quoted.",
                ),
                Column(
                    "interview", models.PositiveBigIntegerField("interview"), reference=Reference("interviews", "id")
                ),
                Column(
                    "language",
                    models.CharField("language", max_length=3, blank=True),
                    "The language of the sentence, by ISO 639.",
                ),
                Column("quote", models.TextField("sentence", null=True, blank=True)),
            ),
        )

    def rows(self, extent: Extent) -> Iterator[Row]:
        model = self.facts.model
        sourced = Source.objects.filter(content_type=ContentType.objects.get_for_model(model)).values("object_id")
        records = self.facts.public(extent).filter(pk__in=sourced).order_by("pk")
        pks = records.values_list("pk", flat=True).iterator(chunk_size=RECORDS_AT_ONCE)
        while some := list(islice(pks, RECORDS_AT_ONCE)):
            found = sources_of(model(pk=pk) for pk in some)
            for pk in some:
                shown = [source for source in found.get((model, pk), []) if _was_public(source, extent)]
                for number, source in enumerate(shown, 1):
                    for quote_number, quote in enumerate(source.quotes, 1) if source.quotes else [(0, None)]:
                        yield pk, number, quote_number, source.interview.pk, source.language, quote


def _was_public(source: PublicSource, extent: Extent) -> bool:
    """Whether it was so at the moment of the package, and not only when it was asked for."""
    return max(source.interview.publish_at, source.interview.profile.publish_at) <= extent.at


def restore(found: Iterable[tuple[SourceTable, Values]]) -> None:
    """Make articles that say on pages what these rows say; interviews and records are there already.

    The pages show the sources of a record in the order of the articles. So an article has the sentences of all records
    of which it is the first source, or the second, and those that are first come before those that are second.
    """
    articles: dict[tuple[int, int, str], list[tuple[SourceTable, Values]]] = defaultdict(list)
    for table, values in found:
        articles[values["source_number"], values["interview"], values["language"]].append((table, values))
    interviews = Interview._base_manager.in_bulk({pk for _number, pk, _language in articles})
    for (_number, pk, language), quoted in sorted(articles.items(), key=itemgetter(0)):
        interview = interviews[pk]
        words = [_words(values) for _table, values in quoted]
        text = "\n".join(words)
        nothing_proposed = Proposals(Article(text, language=language), ReadInterview(language, ()))
        intake = Intake.objects.create(
            title=str(interview)[: Intake._meta.get_field("title").max_length],
            text=text,
            source_url=interview.source_url,
            language=language,
            review=review_of(nothing_proposed, source_url=interview.source_url),
            state=Intake.State.DRAFTED,
            finished_at=interview.publish_at,
            interview=interview,
            profile_id=interview.profile_id,
        )
        sources, start = [], 0
        for (table, values), said in zip(quoted, words, strict=True):
            kind = ContentType.objects.get_for_model(table.facts.model)
            sources.append(
                Source(intake=intake, content_type=kind, object_id=values["record"], start=start, end=start + len(said))
            )
            start += len(said) + 1
        Source.objects.bulk_create(sources, batch_size=RECORDS_AT_ONCE)


def _words(values: Values) -> str:
    """What the article says there; where pages quote nothing, a word that is in no interview and so is not quoted."""
    if values["quote"] is None:
        return hashlib.sha256(f"{values['record']} {values['interview']}".encode()).hexdigest()[:20]
    return values["quote"] or " "
