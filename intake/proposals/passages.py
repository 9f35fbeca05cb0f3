"""An article's paragraphs as the proposals see them: what each is about, its sentences, and what stands in them."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from intake import sentences
from intake.findings import Article, BlockKind, Interview, Known, Mention, MentionKind, Span
from intake.proposals.cues import folded, hits

ILO = re.compile(
    r"(?<!\w)(?:ilo|oit|bit|international labour (?:organi[sz]ation|office)|organizacion internacional del trabajo"
    r"|organisation internationale du travail|bureau international du travail|oficina internacional del trabajo)(?!\w)"
)
LONGEST_SENTENCE = 1500
# Interviews ask after the person's way to the ILO first; a later “how did it begin” asks after something else.
LAST_ON_BACKGROUND = 2
TOLD = (BlockKind.ANSWER, BlockKind.QUESTION, BlockKind.CAPTION)
STAFF_SERIES = re.compile(r"champion|campeon")


class Setting(StrEnum):
    """What a paragraph is about."""

    HEAD = "head"
    INTRODUCTION = "introduction"
    BACKGROUND = "background"
    WORK = "work"
    GENERAL = "general"
    UNKNOWN = "unknown"
    NARRATIVE = "narrative"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the mentions in it, in order."""

    span: Span
    mentions: tuple[Mention, ...]

    def of_kind(self, kind: MentionKind) -> list[Mention]:
        return [mention for mention in self.mentions if mention.kind is kind]


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph. `exchange` is the number of the exchange it belongs to, from 0; a question is a passage, too."""

    span: Span
    setting: Setting
    exchange: int | None
    sentences: tuple[Sentence, ...]
    is_question: bool = False
    has_programme: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the rules look at. `plain` is the text in lower case without accents, every character in its place."""

    article: Article
    interview: Interview
    plain: str
    passages: tuple[Passage, ...]
    is_staff: bool


def passages_of(article: Article, interview: Interview, mentions: Iterable[Mention], known: Known) -> Reading:
    """Look at an article with what was found in it."""
    plain = folded(article.text)
    ordered = sorted(mentions, key=lambda mention: (mention.span.start, mention.span.end))
    starts = [mention.span.start for mention in ordered]
    found = []
    for span, setting, exchange, is_question in _places(interview, plain):
        parts = []
        for place in _short(sentences.split(article.text, span)):
            first, last = bisect_right(starts, place.start - 1), bisect_right(starts, place.end - 1)
            parts.append(Sentence(place, tuple(ordered[first:last])))
        has_programme = any(each.kind is MentionKind.PROGRAMME for part in parts for each in part.mentions)
        found.append(Passage(span, setting, exchange, tuple(parts), is_question, has_programme))
    post = interview.post_title
    in_programme = bool(post) and any(
        each.kind is MentionKind.PROGRAMME and post.span.holds(each.span) for each in ordered
    )
    is_staff = in_programme or _is_staff(interview, plain)
    return Reading(article, interview, plain, tuple(found), is_staff)


def _short(parts: Iterable[Span]) -> Iterator[Span]:
    """Sentences cut where they are longer than any that a person writes, so that time stays linear."""
    for part in parts:
        for start in range(part.start, part.end, LONGEST_SENTENCE):
            yield Span(start, min(start + LONGEST_SENTENCE, part.end))


def _places(interview: Interview, plain: str) -> list[tuple[Span, Setting, int | None, bool]]:
    """The paragraphs in the order of the text, each once, with what it is about."""
    places: dict[Span, tuple[Setting, int | None, bool]] = {}
    posts = [finding for finding in (interview.post_title, interview.office) if finding]
    for block in interview.blocks:
        if block.kind in (BlockKind.TITLE, BlockKind.SERIES) or (
            block.kind not in TOLD and any(block.span.holds(finding.span) for finding in posts)
        ):
            places[block.span] = (Setting.HEAD, None, False)
    for span in interview.introduction:
        places[span] = (Setting.INTRODUCTION, None, False)
    for span in interview.narrative:
        places[span] = (Setting.NARRATIVE, None, False)
    asked: list[tuple[int, Setting, int]] = []
    for number, exchange in enumerate(interview.exchanges):
        setting = _about(plain, exchange.question, interview.language)
        if setting is Setting.BACKGROUND and number > LAST_ON_BACKGROUND:
            setting = Setting.UNKNOWN
        places[exchange.question] = (setting, number, True)
        for span in exchange.answer:
            places[span] = (setting, number, False)
        asked.append((exchange.question.start, setting, number))
    for block in interview.blocks:
        if block.kind is BlockKind.HEADING and block.span not in places:
            last = bisect_right(asked, block.span.start, key=lambda each: each[0]) - 1
            places[block.span] = (*asked[last][1:], False) if last >= 0 else (Setting.NARRATIVE, None, False)
    for caption in interview.captions:
        places[caption.span] = (Setting.CAPTION, caption.exchange, False)
    return [(span, *about) for span, about in sorted(places.items())]


def _about(plain: str, question: Span, language: str) -> Setting:
    """What a question asks about: the person's way to the ILO, the work there, or cooperatives in general."""
    asked: dict[str, int] = defaultdict(int)
    for hit in hits(plain, language, ("question",), question.start, question.end):
        asked[hit.cue.reason] += 1
    if asked["background"] or (asked["background-perhaps"] and not asked["work"]):
        return Setting.BACKGROUND
    if asked["work"] and asked["work"] >= asked["general"]:
        return Setting.WORK
    if asked["general"]:
        return Setting.GENERAL
    return Setting.UNKNOWN


def _is_staff(interview: Interview, plain: str) -> bool:
    """Whether the person is or was with the ILO."""
    if interview.series and STAFF_SERIES.search(folded(interview.series.value)):
        return True
    said = (interview.post_title, interview.office, interview.unit)
    if any(finding and ILO.search(folded(finding.value)) for finding in said):
        return True
    titles = (block.span for block in interview.blocks if block.kind is BlockKind.TITLE)
    if any(ILO.search(_without_series(plain[span.start : span.end])) for span in titles):
        return True
    own = (block.span for block in interview.blocks if block.kind is BlockKind.ANSWER)
    return any(
        True
        for span in own
        for _ in hits(plain, interview.language, ("turn",), span.start, span.end)
        if _.cue.reason == "joined"
    )


def _without_series(title: str) -> str:
    """A title without the name of the series in it, which has the ILO's name in it whoever speaks."""
    return re.sub(r"(?:ilo|oit|bit)[ /]coop\w*(?:/\w+)?(?: 100)?", "", title)
