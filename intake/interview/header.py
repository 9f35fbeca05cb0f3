"""The lines above the interview: series, title, date, and what is left for the standfirst."""

import re
from dataclasses import dataclass
from datetime import date

from intake.blocks import Paragraph
from intake.findings import Finding, Span
from intake.interview.asking import marked
from intake.interview.dates import date_line
from intake.interview.footers import opens_footer
from intake.interview.labels import LabelKind, label_of
from intake.interview.names import names_in
from intake.interview.posts import has_post
from intake.interview.series import series_at_start, series_mentioned, series_named, without_label
from intake.interview.words import common, common_set

LONGEST_TITLE = 300
LONGEST_SERIES_WORDS = 8
DEEPEST_DATE = 12
FOOT = 8


@dataclass(frozen=True)
class Header:
    """What the header says. `series_at`, `title_at`, `date_at` and `post_at` are numbers of paragraphs."""

    series: Finding | None = None
    title: Finding | None = None
    published_on: date | None = None
    published_on_span: Span | None = None
    series_at: int | None = None
    title_at: int | None = None
    date_at: int | None = None
    post_at: int | None = None

    @property
    def end(self) -> int:
        """The first paragraph after the lines that were recognised."""
        above = (self.series_at, self.title_at, self.date_at, self.post_at)
        return max((at + 1 for at in above if at is not None and at < DEEPEST_DATE), default=0)


def read_header(paragraphs: list[Paragraph], text: str, known_series: tuple[str, ...] = ()) -> Header:
    date_at, published_on, date_span = _date(paragraphs)
    lines = [index for index in range(min(6, len(paragraphs))) if index != date_at]
    series, series_at = _series(paragraphs, lines, known_series)
    above = [index for index in lines if index != series_at and not _label_only(paragraphs[index].text)]
    title_at = next((index for index in above if _titles(paragraphs, index, date_at, series_at)), None)
    if title_at is not None and any(index < title_at and len(paragraphs[index].text) > 200 for index in above):
        title_at = None
    if series is None and title_at is not None:
        series_at, moved = _unknown_series(paragraphs, title_at, date_at)
        if series_at is not None:
            series, title_at = _finding(paragraphs[series_at]), moved
    title = _finding(paragraphs[title_at]) if title_at is not None else None
    if series is None and title and (opened := series_at_start(title.value)):
        series = Finding(opened[0], title.span)
    post_at = _post_line(paragraphs, title_at, date_at)
    return Header(series, title, published_on, date_span, series_at, title_at, date_at, post_at)


def _finding(paragraph: Paragraph) -> Finding:
    return Finding(paragraph.text, paragraph.span)


def _date(paragraphs: list[Paragraph]) -> tuple[int | None, date | None, Span | None]:
    """The date line: among the first paragraphs, or with “published” before it among the last."""
    best: tuple[int, date | None, Span] | None = None
    for index, paragraph in enumerate(paragraphs[:DEEPEST_DATE]):
        found = date_line(paragraph.text)
        if not found:
            # A bare date in the middle of the interview is none of the header.
            if best is None and marked(paragraph.text) and index > 3:
                break
            continue
        made, place, labelled = found
        if labelled or best is None:
            start = paragraph.span.start
            best = index, made, Span(start + place.start, min(start + place.end, paragraph.span.end))
            if labelled:
                return best
    if best:
        return best
    for index in range(len(paragraphs) - 1, max(DEEPEST_DATE, len(paragraphs) - FOOT) - 1, -1):
        found = date_line(paragraphs[index].text)
        if found and found[0] and found[2]:
            start = paragraphs[index].span.start
            return index, found[0], Span(start + found[1].start, min(start + found[1].end, paragraphs[index].span.end))
    return None, None, None


def _series(paragraphs: list[Paragraph], lines: list[int], known: tuple[str, ...]) -> tuple[Finding | None, int | None]:
    for index in lines:
        line = paragraphs[index].text
        if name := series_named(line, known) or (without_label(line) if without_label(line) != line else ""):
            return Finding(name, paragraphs[index].span), index
    return None, None


def _label_only(text: str) -> bool:
    """“Article”, “Interview”, “News”: the kind of document in a line of its own."""
    if len(text) < 60 and opens_footer(text) and not text.lower().startswith("interview"):
        return True
    return text.casefold().strip(" |:") in common_set("document_kinds") - {"interview", "entrevista", "entretien"}


def _titles(paragraphs: list[Paragraph], index: int, date_at: int | None, series_at: int | None) -> bool:
    """Can this paragraph be the title?"""
    paragraph = paragraphs[index]
    words = paragraph.text
    if len(words) > LONGEST_TITLE or paragraph.caption or words[:1] in "•▪":
        return False
    label = label_of(words)
    if label and label.kind in (LabelKind.NUMBER, LabelKind.QUESTION) and words[:3].lower() != "q&a":
        return False
    if paragraph.heading:
        return not marked(words) or index == 0 or (date_at is not None and date_at > index)
    at_top = index - (series_at if series_at is not None else -1) == 1
    if marked(words) and at_top and index + 1 < len(paragraphs):
        following = paragraphs[index + 1].text.lower()
        if any(said in following for said in common("introducing")):
            return True
    if marked(words):
        return date_at is not None and date_at > index and at_top
    if words.endswith((".", "…", ":", ";")):
        names = next(names_in(words), None)
        comma = words.find(",")
        return bool(
            len(words) < 150
            and ". " not in words
            and names
            and names.start <= len(names.honorific) + 1
            and 0 < comma <= names.end + 1
            and has_post(words)
            and not re.search(r"\b(?:is|are|was|has|speaks|tells|es|habla|est|parle)\b", words)
        )
    if date_at is not None and index > date_at + 1 and series_at is not None and not paragraph.bold:
        return False
    return not words[:1].islower()


def _unknown_series(paragraphs: list[Paragraph], title_at: int, date_at: int | None) -> tuple[int | None, int]:
    """The line of a series that is in no list: a short line above the line of the title."""
    line = paragraphs[title_at]
    below = title_at + 1 if title_at + 1 != date_at else title_at + 2
    if below >= len(paragraphs) or len(line.text.split()) > LONGEST_SERIES_WORDS or below > title_at + 2:
        return None, title_at
    if "," in line.text or ":" in line.text or has_post(line.text) or not _titles(paragraphs, below, date_at, title_at):
        return None, title_at
    second = paragraphs[below].text
    named = next(names_in(line.text), None)
    if marked(second) or (named and named.end - named.start > len(line.text) * 0.6):
        return None, title_at
    first_name = next(names_in(second), None)
    if named and first_name and named.text in second and len(second) < len(line.text) + 10:
        return None, title_at
    says_more = len(second) > len(line.text) and (first_name is not None or len(second.split()) > 6)
    return (title_at, below) if says_more and len(second) <= LONGEST_TITLE else (None, title_at)


def _post_line(paragraphs: list[Paragraph], title_at: int | None, date_at: int | None) -> int | None:
    """A line under the title that tells the post and nothing else: “Chief of the Cooperatives Unit”."""
    if title_at is None:
        return None
    at = title_at + 1 if title_at + 1 != date_at else title_at + 2
    if at >= len(paragraphs):
        return None
    words = paragraphs[at].text
    opening = " ".join(words.split()[:4])
    named = next(names_in(words[:40]), None)
    if named and named.start <= len(named.honorific) + 1:
        return None
    if paragraphs[at].ended or len(words) > 180 or not has_post(opening):
        return None
    return at


def mentioned_series(paragraphs: list[Paragraph], text: str) -> Finding | None:
    """The series as the introduction names it: “The series COOP 100 talks to …”."""
    for paragraph in paragraphs:
        found = series_mentioned(paragraph.text)
        if found and re.search(
            r"\bs[eé]ries?\b|\binterviews?\b|\bentrevistas?\b|\bentretiens?\b", paragraph.text, re.IGNORECASE
        ):
            raw = paragraph.span.of(text)
            exact = raw.find(paragraph.text[found[1] : found[2]])
            start = paragraph.span.start + max(0, exact)
            return Finding(found[0], Span(start, start + found[2] - found[1]) if exact >= 0 else paragraph.span)
    return None
