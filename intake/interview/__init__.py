"""Takes an article apart into header, questions and answers, captions and footer.

`take_apart` reads from top to bottom: paragraphs → language → header → questions → captions → person. Each step is a
module of its own, and its word lists are in `data/`.
"""

from dataclasses import replace
from itertools import pairwise

from intake.blocks import Paragraph, paragraphs
from intake.findings import Article, Block, BlockKind, Caption, Exchange, Interview, Known, Span
from intake.interview.captions import is_caption, is_photo_line
from intake.interview.footers import footer_start, opens_footer
from intake.interview.header import Header, mentioned_series, read_header
from intake.interview.labels import LabelKind, label_of
from intake.interview.language import language_of
from intake.interview.names import called, same_name
from intake.interview.person import Person, Places, find_person
from intake.interview.questions import Question, Questions, find_questions
from intake.interview.run_on import take_apart_run_on
from intake.interview.series import series_mentioned
from intake.interview.words import LANGUAGES, Words, common_set, words

__all__ = ["take_apart"]

# Ten times the longest interview. What lies beyond is not looked at, so that no text takes longer than a second or two.
LONGEST = 200_000
MOST_PARAGRAPHS = 3_000


def take_apart(article: Article, language: str = "", known: Known | None = None) -> Interview:
    """The interview in an article. `language` is the one that the caller knows; otherwise the words tell it."""
    text = article.text[:LONGEST]
    article = replace(article, text=text)
    language = language[:2].lower() if language[:2].lower() in LANGUAGES else language_of(text, article.language)
    return _Reading(article, language, words(language), known or Known()).interview()


class _Reading:
    """One article as it is taken apart, step after step."""

    def __init__(self, article: Article, language: str, spoken: Words, known: Known) -> None:
        self.text = article.text
        self.language = language
        self.words = spoken
        parts = list(paragraphs(article)[:MOST_PARAGRAPHS])
        self.header: Header = read_header(parts, self.text, known.series)
        header_end = (
            self.header.end
            if self.header.date_at is None or self.header.date_at < 12
            else (max((at + 1 for at in (self.header.series_at, self.header.title_at) if at is not None), default=0))
        )
        self.body_from = header_end
        # Two lines without a full stop right above a paragraph: so this article prints its captions.
        self.glued_captions = (
            sum(
                before.apart
                and not before.ended
                and len(before.text) < 120
                and not after.apart
                and len(after.text) > 200
                for before, after in pairwise(parts[header_end:])
            )
            >= 2
            and sum(part.apart for part in parts) > len(parts) / 2
        )
        self.paragraphs: list[Paragraph] = take_apart_run_on(parts, self.text, spoken, header_end)

    def interview(self) -> Interview:
        first_look = self._questions(frozenset())
        after_first = first_look.questions[-1].last + 2 if first_look.questions else self.body_from
        self.foot = footer_start(self.paragraphs, min(after_first, len(self.paragraphs)))
        person = self._person(first_look)
        names = frozenset((person.name and called(person.name.value)) or ()).union(
            *(called(o.value) for o in person.others)
        )
        asked = self._questions(names)
        kinds = self._kinds(asked, person)
        return self._made(asked, person, kinds)

    def _questions(self, names: frozenset[str]) -> Questions:
        last = getattr(self, "foot", len(self.paragraphs))
        return find_questions(self.paragraphs, self.text, self.words, names, self.body_from, last)

    def _person(self, asked: Questions) -> Person:
        kinds = self._kinds(asked, Person())
        spans = {kind: [] for kind in BlockKind}
        for index, kind in kinds.items():
            spans[kind].append(self.paragraphs[index].span)
        speakers = []
        for index in range(self.body_from, self.foot):
            label = label_of(self.paragraphs[index].span.of(self.text))
            if label and label.kind == LabelKind.SPEAKER and label.name in asked.speakers | self._single_speaker():
                start = self.paragraphs[index].span.start
                speakers.append(Span(start, start + label.length))
        post_at = self.header.post_at
        return find_person(
            self.text,
            Places(
                title=self.header.title.span if self.header.title else None,
                introduction=tuple(spans[BlockKind.STANDFIRST]),
                captions=tuple(spans[BlockKind.CAPTION]),
                body=tuple(spans[BlockKind.ANSWER]),
                speakers=tuple(speakers),
                post_line=self.paragraphs[post_at].span if post_at is not None else None,
            ),
        )

    def _single_speaker(self) -> frozenset[str]:
        return frozenset()

    def _kinds(self, asked: Questions, person: Person) -> dict[int, BlockKind]:
        """What each paragraph is."""
        header, kinds = self.header, {}
        for at, kind in (
            (header.series_at, BlockKind.SERIES),
            (header.title_at, BlockKind.TITLE),
            (header.date_at, BlockKind.DATE),
            (header.post_at, BlockKind.STANDFIRST),
        ):
            if at is not None and at < len(self.paragraphs):
                kinds[at] = kind
        for question in asked.questions:
            kinds.update(dict.fromkeys(range(question.first, question.last + 1), BlockKind.QUESTION))
        kinds.update(
            {index: BlockKind.FOOTER for index in range(self.foot, len(self.paragraphs)) if index not in kinds}
        )
        first = asked.questions[0].first if asked.questions else None
        body_from = first if first is not None else self._narrative_from(kinds)
        for index in range(len(self.paragraphs)):
            if index not in kinds:
                kinds[index] = self._kind(index, body_from, kinds, asked, person)
        return dict(sorted(kinds.items()))

    def _narrative_from(self, kinds: dict[int, BlockKind]) -> int:
        """Where the text of a profile without questions begins, after the standfirst."""
        header = self.header
        above = (
            max((at for at in (header.series_at, header.title_at, header.post_at) if at is not None), default=-1) + 1
        )
        if header.date_at is not None and above < header.date_at < 12:
            return header.date_at + 1
        start = above if header.date_at != above else above + 1
        at = start
        while at < len(self.paragraphs) - 1 and at < start + 3 and self._introduces(self.paragraphs[at]):
            at += 1
        return at

    def _introduces(self, paragraph: Paragraph) -> bool:
        lowered = paragraph.text.lower()
        return (
            paragraph.bold
            or any(
                word in lowered
                for word in (
                    "this series",
                    "the series",
                    "esta serie",
                    "la serie",
                    "cette série",
                    "la série",
                    "in this interview",
                    "en esta entrevista",
                    "dans cet entretien",
                )
            )
            or (series_mentioned(paragraph.text) is not None and len(paragraph.text) > 80)
        )

    def _kind(
        self, index: int, body_from: int, kinds: dict[int, BlockKind], asked: Questions, person: Person
    ) -> BlockKind:
        paragraph = self.paragraphs[index]
        before = self.paragraphs[index - 1] if index else None
        after = self.paragraphs[index + 1] if index + 1 < len(self.paragraphs) else None
        names = tuple(finding.value for finding in (person.name, *person.others) if finding)
        title = self.header.title.value if self.header.title else ""
        if index < body_from and opens_footer(paragraph.text) and len(paragraph.text) < 60:
            return BlockKind.FOOTER
        if self._is_caption(index, before, after, kinds, title, names, body_from):
            return BlockKind.HEADING if self._heads(index, kinds, names) else BlockKind.CAPTION
        if opens_footer(paragraph.text) and len(paragraph.text) < 60 and not paragraph.ended:
            return BlockKind.FOOTER
        if index < body_from:
            return BlockKind.STANDFIRST
        if paragraph.heading and not paragraph.ended:
            return BlockKind.HEADING
        return BlockKind.ANSWER

    def _is_caption(self, index, before, after, kinds, title, names, body_from) -> bool:
        paragraph = self.paragraphs[index]
        if not is_caption(paragraph, before, after, self.words, title=title, names=names):
            return False
        if paragraph.caption or is_photo_line(paragraph.text):
            return True
        if index < body_from:
            date_at = self.header.date_at
            return len(paragraph.text) <= 120 or (date_at is not None and index > date_at)
        last = index == len(self.paragraphs) - 1 or kinds.get(index + 1) == BlockKind.FOOTER
        alone = kinds.get(index - 1) == BlockKind.QUESTION and (last or kinds.get(index + 1) == BlockKind.QUESTION)
        if last:
            pictured = not common_set("pictured").isdisjoint(paragraph.text.lower().split())
            return len(paragraph.text) <= 100 and pictured and not any(sign in paragraph.text for sign in ",:")
        return not alone

    def _heads(self, index: int, kinds: dict[int, BlockKind], names: tuple[str, ...]) -> bool:
        """Is a short line the heading of what follows rather than a caption?

        It is if a question follows, or if the article's captions are glued to the next line and this one is not.
        """
        paragraph = self.paragraphs[index]
        words = paragraph.text.split()
        if paragraph.caption or is_photo_line(paragraph.text) or any(same_name(paragraph.text, name) for name in names):
            return False
        plain_words = len(words) <= 5 and all(word[:1].islower() or word.isupper() for word in words[1:])
        if not plain_words or index + 1 >= len(self.paragraphs):
            return False
        return kinds.get(index + 1) == BlockKind.QUESTION or (self.glued_captions and self.paragraphs[index + 1].apart)

    def _made(self, asked: Questions, person: Person, kinds: dict[int, BlockKind]) -> Interview:
        header = self.header
        exchanges: list[Exchange] = []
        captions: list[Caption] = []
        introduction: list[Span] = []
        narrative: list[Span] = []
        blocks: list[Block] = []
        by_first = {question.first: question for question in asked.questions}
        question: Question | None = None
        for index, kind in kinds.items():
            span = self.paragraphs[index].span
            if index in by_first:
                question = by_first[index]
                exchanges.append(Exchange(question.span, ()))
                blocks.append(Block(BlockKind.QUESTION, question.span))
            elif kind == BlockKind.QUESTION:
                continue
            elif kind == BlockKind.ANSWER:
                span = asked.answer_span(self.paragraphs[index], self.text)
                if span.end <= span.start:
                    continue
                blocks.append(Block(kind, span))
                if exchanges:
                    exchanges[-1] = Exchange(exchanges[-1].question, (*exchanges[-1].answer, span))
                else:
                    narrative.append(span)
            else:
                blocks.append(Block(kind, span))
                if kind == BlockKind.CAPTION:
                    captions.append(Caption(span, len(exchanges) - 1 if exchanges else None))
                elif kind == BlockKind.STANDFIRST and index != header.post_at:
                    if introduction and introduction[-1].end == span.start:
                        span = Span(introduction.pop().start, span.end)
                        blocks[-2:] = [Block(kind, span)]
                    introduction.append(span)
        above = [self.paragraphs[index] for index, kind in kinds.items() if kind == BlockKind.STANDFIRST]
        return Interview(
            language=self.language,
            blocks=tuple(blocks),
            series=header.series or mentioned_series(above, self.text),
            title=header.title,
            name=person.name,
            honorific=person.honorific,
            others=person.others,
            post_title=person.post,
            office=person.office,
            unit=person.unit,
            published_on=header.published_on,
            published_on_span=header.published_on_span,
            introduction=tuple(introduction),
            exchanges=tuple(exchanges),
            narrative=tuple(narrative),
            captions=tuple(captions),
        )
