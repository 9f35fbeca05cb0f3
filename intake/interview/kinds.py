"""What each paragraph of an article is, once its header, questions and footer are found."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from intake.blocks import Paragraph
from intake.findings import BlockKind
from intake.interview.captions import is_caption, is_photo_line, names_person
from intake.interview.footers import opens_footer
from intake.interview.header import DEEPEST_DATE, Header
from intake.interview.names import same_name
from intake.interview.person import Person
from intake.interview.questions import Questions
from intake.interview.series import series_mentioned
from intake.interview.words import Words, common, common_set

MOST_INTRODUCTIONS = 3
LONGEST_LAST_CAPTION = 100
LONGEST_EARLY_CAPTION = 120
MOST_WORDS_OF_HEADING = 5
SHORT_FOOTER = 60


@dataclass(frozen=True)
class Layout:
    """An article's paragraphs with what is known of them; `foot` is the first paragraph of the footer."""

    paragraphs: tuple[Paragraph, ...]
    text: str
    words: Words
    header: Header
    foot: int

    @cached_property
    def glues_captions(self) -> bool:
        """Does the article print captions right above a paragraph, and empty lines between all else?"""
        glued = sum(
            before.apart and not before.ended and len(before.text) < 120 and not after.apart and len(after.text) > 200
            for before, after in pairwise(self.paragraphs[self.header.end :])
        )
        return glued >= 2 and sum(part.apart for part in self.paragraphs) > len(self.paragraphs) / 2


def kinds_of(layout: Layout, asked: Questions, person: Person) -> dict[int, BlockKind]:
    """The kind of each paragraph by its number, in order."""
    kinds = dict(_known(layout, asked))
    first = asked.questions[0].first if asked.questions else _narrative_from(layout)
    for index in range(len(layout.paragraphs)):
        if index not in kinds:
            kinds[index] = _Place(layout, index, first, kinds, person, bool(asked.questions)).kind()
    return dict(sorted(kinds.items()))


def _known(layout: Layout, asked: Questions) -> Iterator[tuple[int, BlockKind]]:
    """What the header, the questions and the footer say."""
    header = layout.header
    for index in range(layout.foot, len(layout.paragraphs)):
        yield index, BlockKind.FOOTER
    for question in asked.questions:
        for index in range(question.first, question.last + 1):
            yield index, BlockKind.QUESTION
    for index, kind in (
        (header.series_at, BlockKind.SERIES),
        (header.title_at, BlockKind.TITLE),
        (header.date_at, BlockKind.DATE),
        (header.post_at, BlockKind.STANDFIRST),
    ):
        if index is not None and index < len(layout.paragraphs):
            yield index, kind


def _narrative_from(layout: Layout) -> int:
    """Where the text of a profile without questions begins, after the standfirst."""
    header = layout.header
    above = max((at + 1 for at in (header.series_at, header.title_at, header.post_at) if at is not None), default=0)
    if header.date_at is not None and above < header.date_at < DEEPEST_DATE:
        return header.date_at + 1
    start = above + 1 if header.date_at == above else above
    at = start
    while at < min(len(layout.paragraphs) - 1, start + MOST_INTRODUCTIONS) and _introduces(layout.paragraphs[at]):
        at += 1
    return at


def _introduces(paragraph: Paragraph) -> bool:
    """Does a paragraph speak of the series or of the interview?"""
    lowered = paragraph.text.lower()
    speaks = any(words in lowered for words in common("introducing"))
    return paragraph.bold or speaks or (paragraph.ended and series_mentioned(paragraph.text) is not None)


@dataclass(frozen=True)
class _Place:
    """A paragraph of which neither header nor questions nor footer tell the kind.

    `first` is where the text after the introduction begins; `kinds` is what is known so far.
    """

    layout: Layout
    index: int
    first: int
    kinds: dict[int, BlockKind]
    person: Person
    dialogue: bool

    @property
    def paragraph(self) -> Paragraph:
        return self.layout.paragraphs[self.index]

    def kind(self) -> BlockKind:
        paragraph = self.paragraph
        short_footer = opens_footer(paragraph.text) and len(paragraph.text) < SHORT_FOOTER
        early = self.index < self.first
        if early and short_footer:
            return BlockKind.FOOTER
        if self._is_caption():
            return BlockKind.HEADING if self._heads() else BlockKind.CAPTION
        if short_footer and not paragraph.ended:
            return BlockKind.FOOTER
        if early:
            return BlockKind.STANDFIRST
        if paragraph.heading and not paragraph.ended:
            return BlockKind.HEADING
        return BlockKind.ANSWER

    def _is_caption(self) -> bool:
        paragraph, index = self.paragraph, self.index
        if paragraph.caption or is_photo_line(paragraph.text):
            return True
        if self.dialogue and any(names_person(paragraph.text, name.value) for name in self.person.all):
            return True
        before = self.layout.paragraphs[index - 1] if index else None
        title = self.layout.header.title
        names = tuple(name.value for name in self.person.all)
        if not is_caption(paragraph, before, self.layout.words, title=title.value if title else "", names=names):
            return False
        if index < self.first:
            date_at = self.layout.header.date_at
            return len(paragraph.text) <= LONGEST_EARLY_CAPTION or (date_at is not None and index > date_at)
        if index == len(self.layout.paragraphs) - 1 or self.kinds.get(index + 1) == BlockKind.FOOTER:
            return self._ends_as_caption()
        # A question has an answer, however short.
        return not (self.kinds.get(index - 1) == BlockKind.QUESTION and self.kinds.get(index + 1) == BlockKind.QUESTION)

    def _ends_as_caption(self) -> bool:
        """Is the last line of an article a caption, or the beginning of a sentence that was cut off?"""
        words = self.paragraph.text
        if self.kinds.get(self.index - 1) == BlockKind.QUESTION or len(words) > LONGEST_LAST_CAPTION:
            return False
        pictured = not common_set("pictured").isdisjoint(words.lower().split())
        return pictured and not any(sign in words for sign in ",:")

    def _heads(self) -> bool:
        """Is a short line the heading of what follows rather than a caption?

        It is if a question follows, or if the article's captions are glued to the next line and this one is not.
        """
        paragraph = self.paragraph
        words = paragraph.text.split()
        if paragraph.caption or is_photo_line(paragraph.text):
            return False
        if any(same_name(paragraph.text, name.value) for name in self.person.all):
            return False
        plain = len(words) <= MOST_WORDS_OF_HEADING and all(word[:1].islower() or word.isupper() for word in words[1:])
        if not plain or self.index + 1 >= len(self.layout.paragraphs):
            return False
        follows = self.layout.paragraphs[self.index + 1]
        return self.kinds.get(self.index + 1) == BlockKind.QUESTION or (self.layout.glues_captions and follows.apart)
