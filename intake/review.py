"""The review: what was read out of an article as plain data that an editor corrects, and that is kept half done.

    {"profile": {"id", "include", "match", "given_name", "family_name", "post_title", "office", "office_text",
                 "summary", "evidence"},
     "interview": {"id", "include", "match", "title", "series", "series_text", "published_on", "language",
                   "source_url", "evidence"},
     "exchanges": [{"id", "include", "question", "answer", "evidence"}],
     "captions": [{"id", "include", "text", "exchange", "evidence"}],
     "education": [{"id", "include", "title", "organisation", "country", "from_year", "to_year", "evidence"}],
     "positions": [{"id", "include", "title", "organisation", "countries", "from_year", "to_year", "evidence"}],
     "organisations": [{"id", "include", "match", "name", "acronym", "kind", "country", "evidence"}],
     "programmes": [{"id", "include", "match", "slug", "name", "kind", "evidence"}],
     "engagements": [{"id", "include", "match", "country", "programme", "title", "kind", "year", "to_year",
                      "organisations", "sector", "topics", "staff_role", "summary", "confidence", "reasons",
                      "evidence"}],
     "topics": [slug, …],
     "mentions": [[kind, start, end], …]}

`match` is the number of the record that is in the portal already, or None; such a record gets what it lacks.
`evidence` are places in the article: `[[start, end], …]`. `office` and `series` are numbers of records, `office_text`
and `series_text` what the article says. A step's `organisation` and an engagement's `organisations` are names out of
the section `organisations`; `programme` is the slug of one of `programmes`; a caption's `exchange` is the `id` of one
of `exchanges`, or "" before the first. `published_on` is a day as in “2019-07-01”, or "". Years are numbers or None.
The profile may have `is_new`: the editor says that this is somebody else than the one of the same name in the portal.
`mentions` are what else the page of the review marks in the article.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from intake import sentences
from intake.findings import (
    BlockKind,
    Confidence,
    Evidence,
    Finding,
    MentionKind,
    Proposals,
    ProposedEngagement,
    ProposedStep,
    Span,
)
from intake.gazetteers.organisations import head_kind, is_own
from intake.names import split
from intake.organisation_names import OrganisationNames
from intake.prose import flowing, paragraphs, shortened
from intake.titles import engagement_title, story_title
from search.analysis import runs

Item = dict[str, Any]
Review = dict[str, Any]

LONGEST_SUMMARY = 600  # characters
SHORTEST_SUMMARY = 12  # words
NO_PROSE = frozenset(
    (BlockKind.SERIES, BlockKind.TITLE, BlockKind.DATE, BlockKind.HEADING, BlockKind.QUESTION, BlockKind.CAPTION)
)

# What an item of each section holds when an editor adds it.
BLANK: dict[str, Item] = {
    "exchanges": {"question": "", "answer": ""},
    "captions": {"text": "", "exchange": ""},
    "education": {"title": "", "organisation": "", "country": "", "from_year": None, "to_year": None},
    "positions": {"title": "", "organisation": "", "countries": [], "from_year": None, "to_year": None},
    "organisations": {"match": None, "name": "", "acronym": "", "kind": "", "country": ""},
    "programmes": {"match": None, "slug": "", "name": "", "kind": ""},
    "engagements": {
        "match": None,
        "country": "",
        "programme": "",
        "title": "",
        "kind": "",
        "year": None,
        "to_year": None,
        "organisations": [],
        "sector": "",
        "topics": [],
        "staff_role": "contributor",
        "summary": "",
        "confidence": Confidence.HIGH.value,
        "reasons": [],
    },
}


@dataclass(frozen=True)
class Matches:
    """What the portal knows of the proposed: numbers of records that are there already.

    Organisations go by name, programmes by slug, engagements by their place among the proposed. `countries` are the
    names of countries in the language of the article, by code.
    """

    profile: int | None = None
    interview: int | None = None
    office: int | None = None
    series: int | None = None
    organisations: dict[str, int] = field(default_factory=dict)
    programmes: dict[str, int] = field(default_factory=dict)
    engagements: dict[int, int] = field(default_factory=dict)
    countries: dict[str, str] = field(default_factory=dict)


NO_MATCHES = Matches()


def review_of(proposals: Proposals, matches: Matches = NO_MATCHES, source_url: str = "") -> Review:
    """The review as it is before an editor saw it: ticked is what seems sure, and what that needs."""
    names = OrganisationNames(proposals, matches.organisations, matches.office is not None)
    education = [
        _step(names, step) | {"country": step.countries[0] if step.countries else ""} for step in proposals.education
    ]
    positions = [_step(names, step) | {"countries": list(step.countries)} for step in proposals.positions]
    engagements = [
        _engagement(proposals, number, engagement, matches, names)
        for number, engagement in enumerate(proposals.engagements)
    ]
    topics = (mention.key for mention in proposals.mentions if mention.kind == MentionKind.TOPIC)
    review = {
        "profile": _profile(proposals, matches),
        "interview": _interview(proposals, matches, source_url),
        "exchanges": _exchanges(proposals),
        "captions": _captions(proposals),
        "education": education,
        "positions": positions,
        "organisations": _organisations(names, education, positions, engagements),
        "programmes": _programmes(proposals, matches, engagements),
        "engagements": engagements,
        "topics": list(dict.fromkeys(topics)),
        "mentions": [[each.kind.value, each.span.start, each.span.end] for each in proposals.mentions],
    }
    for section in BLANK:
        review[section] = [{"id": f"{section}-{number}", **item} for number, item in enumerate(review[section], 1)]
    return review


def new_item(review: Review, section: str) -> Item:
    """A new, empty item at the end of the section, which the answer is."""
    taken = {item["id"] for item in review[section]}
    number = next(number for number in range(1, len(taken) + 2) if f"{section}-{number}" not in taken)
    item = {"id": f"{section}-{number}", "include": True, **deepcopy(BLANK[section]), "evidence": []}
    review[section].append(item)
    return item


def items(review: Review) -> Iterator[Item]:
    """All that the review proposes: the profile and the interview first, then section by section."""
    yield review["profile"]
    yield review["interview"]
    for section in BLANK:
        yield from review[section]


def _profile(proposals: Proposals, matches: Matches) -> Item:
    interview = proposals.interview
    given_name, family_name = split(interview.name.value if interview.name else "", interview.language)
    return {
        "id": "profile",
        "include": True,
        "match": matches.profile,
        "given_name": given_name,
        "family_name": family_name,
        "post_title": _value(interview.post_title),
        "office": matches.office,
        "office_text": ", ".join(dict.fromkeys(filter(None, (_value(interview.unit), _value(interview.office))))),
        "summary": _about_the_person(proposals, family_name),
        "evidence": _places(interview.name, interview.post_title, interview.unit, interview.office),
    }


def _about_the_person(proposals: Proposals, family_name: str) -> str:
    """What a standfirst or the introduction says from the sentence on that names the person, or ""."""
    text, wanted = proposals.article.text, runs(family_name)
    standfirsts = [block.span for block in proposals.interview.blocks if block.kind == BlockKind.STANDFIRST]
    for span in (*standfirsts, *proposals.interview.introduction):
        # Series introduce themselves first, and the person then.
        told = [flowing(sentence.of(text)) for sentence in sentences.split(text, span)]
        first = next((number for number, words in enumerate(told) if _names(words, wanted)), None)
        about = " ".join(told[first:]) if first is not None else ""
        # The line with name and post is no sentence about the person.
        if len(about.split()) > SHORTEST_SUMMARY:
            return shortened(about, LONGEST_SUMMARY)
    return ""


def _names(words: str, wanted: tuple[str, ...]) -> bool:
    return bool(wanted) and f" {' '.join(wanted)} " in f" {' '.join(runs(words))} "


def _interview(proposals: Proposals, matches: Matches, source_url: str) -> Item:
    interview = proposals.interview
    return {
        "id": "interview",
        "include": True,
        "match": matches.interview,
        "title": _value(interview.title) or _value(interview.name),
        "series": matches.series,
        "series_text": _value(interview.series),
        "published_on": interview.published_on.isoformat() if interview.published_on else "",
        "language": interview.language,
        "source_url": source_url,
        "evidence": _places(interview.series, interview.title, interview.published_on_span),
    }


def _exchanges(proposals: Proposals) -> list[Item]:
    text = proposals.article.text
    found = [
        {
            "include": True,
            "question": flowing(exchange.question.of(text)),
            "answer": paragraphs(text, exchange.answer),
            "evidence": _places(exchange.question, *exchange.answer),
        }
        for exchange in proposals.interview.exchanges
    ]
    # A profile told without questions is one long answer.
    if not found and (narrative := proposals.interview.narrative):
        question = story_title(_value(proposals.interview.name), proposals.interview.language)
        answer = paragraphs(text, narrative)
        found = [{"include": True, "question": question, "answer": answer, "evidence": _places(*narrative)}]
    return found


def _captions(proposals: Proposals) -> list[Item]:
    return [
        {
            "include": True,
            "text": flowing(caption.span.of(proposals.article.text)),
            "exchange": f"exchanges-{caption.exchange + 1}" if caption.exchange is not None else "",
            "evidence": _places(caption.span),
        }
        for caption in proposals.interview.captions
    ]


def _step(names: OrganisationNames, step: ProposedStep) -> Item:
    return {
        "include": True,
        "title": step.title,
        "organisation": names.name(step.organisation),
        "from_year": step.from_year,
        "to_year": step.to_year,
        "evidence": _sentences(step.evidence),
    }


def _engagement(
    proposals: Proposals, number: int, engagement: ProposedEngagement, matches: Matches, names: OrganisationNames
) -> Item:
    programmes = {programme.slug: programme.name for programme in proposals.programmes}
    said = {evidence.sentence for evidence in engagement.evidence if _tells(proposals, evidence.sentence)}
    told = " ".join(flowing(sentence.of(proposals.article.text)) for sentence in sorted(said))
    return {
        "include": engagement.confidence != Confidence.LOW or number in matches.engagements,
        "match": matches.engagements.get(number),
        "country": engagement.country,
        "programme": engagement.programme,
        "title": engagement_title(
            engagement.kind,
            programmes.get(engagement.programme, engagement.programme),
            matches.countries.get(engagement.country, engagement.country),
            engagement.country,
            proposals.interview.language,
        ),
        "kind": engagement.kind,
        "year": engagement.year,
        "to_year": engagement.to_year if engagement.to_year != engagement.year else None,
        "organisations": list(dict.fromkeys(filter(None, map(names.name, engagement.organisations)))),
        "sector": engagement.sector,
        "topics": list(engagement.topics),
        "staff_role": engagement.staff_role,
        "summary": shortened(told, LONGEST_SUMMARY),
        "confidence": engagement.confidence.value,
        "reasons": list(engagement.reasons),
        "evidence": _sentences(engagement.evidence),
    }


def _tells(proposals: Proposals, sentence: Span) -> bool:
    """Whether the words stand in prose: titles and captions are no sentences that a summary can be made of."""
    return not any(block.kind in NO_PROSE and block.span.holds(sentence) for block in proposals.interview.blocks)


def _organisations(
    names: OrganisationNames, education: list[Item], positions: list[Item], engagements: list[Item]
) -> list[Item]:
    """The proposed organisations and those that steps and engagements name; ticked are those that are needed."""
    naming = [(step["organisation"], step, "university") for step in education]
    naming += [(step["organisation"], step, "") for step in positions]
    naming += [(name, engagement, "") for engagement in engagements for name in engagement["organisations"]]
    needed, countries = set(), defaultdict(set)
    for name, item, kind in naming:
        if not name:
            continue
        organisation = names.found[name]
        organisation["kind"] = organisation["kind"] or kind or _kind_by_name(name)
        if not organisation["evidence"]:
            names.add_evidence(name, item["evidence"])
        if item["include"]:
            needed.add(name)
        if "programme" in item:
            countries[name].add(item["country"])
    for name, organisation in names.found.items():
        # A ministry is of the country in which it is worked with.
        if organisation["kind"] == "government" and not organisation["country"] and len(countries[name]) == 1:
            organisation["country"] = next(iter(countries[name]))
    return [{"include": name in needed, **item} for name, item in names.found.items()]


def _kind_by_name(name: str) -> str:
    """The kind that the name of an organisation tells; the unit's own organisation is an agency of the UN."""
    return "un-agency" if is_own(name) else head_kind(name)


def _programmes(proposals: Proposals, matches: Matches, engagements: list[Item]) -> list[Item]:
    needed = {engagement["programme"] for engagement in engagements if engagement["include"]}
    return [
        {
            "include": programme.slug in needed,
            "match": matches.programmes.get(programme.slug),
            "slug": programme.slug,
            "name": programme.name,
            "kind": "",
            "evidence": _sentences(programme.evidence),
        }
        for programme in proposals.programmes
    ]


def _value(finding: Finding | None) -> str:
    return " ".join(finding.value.split()) if finding else ""


def _places(*found: Finding | Span | None) -> list[list[int]]:
    """Where these stand, each place once."""
    spans = (each.span if isinstance(each, Finding) else each for each in found if each)
    return [[span.start, span.end] for span in dict.fromkeys(spans) if span.end > span.start]


def _sentences(evidence: Iterable[Evidence]) -> list[list[int]]:
    return _places(*(each.sentence for each in evidence))
