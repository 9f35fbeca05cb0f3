"""Work in a country, proposed from what stands together: in a sentence, else in a paragraph, else in an exchange."""

from collections import defaultdict
from dataclasses import dataclass, field

from intake.findings import Confidence, Evidence, Mention, MentionKind, ProposedEngagement, Role, Span
from intake.proposals.clauses import together
from intake.proposals.cues import hits
from intake.proposals.passages import Passage, Reading, Sentence, Setting
from intake.proposals.roles import Judged

# Which kind of engagement a cue speaks for, the most telling first.
KINDS = {
    "training-of-trainers": "training-of-trainers",
    "pilot": "pilot",
    "adaptation": "adaptation",
    "policy-advice": "policy-advice",
    "research": "research",
    "training": "workshop",
    "project": "project",
}
# Cues that make a piece of work of a sentence in which no programme is named.
TELLING = frozenset({"training-of-trainers", "pilot", "adaptation", "policy-advice", "research", "training", "project"})
STAFF_ROLES = ("lead", "coordinator", "trainer", "adviser", "researcher")
SURE_MARGIN = 1.5


@dataclass(slots=True)
class Draft:
    """What was gathered for a country and a programme."""

    kinds: list[str] = field(default_factory=list)
    years: list[tuple[int | None, int | None]] = field(default_factory=list)
    organisations: dict[str, None] = field(default_factory=dict)
    sectors: list[str] = field(default_factory=list)
    topics: dict[str, None] = field(default_factory=dict)
    staff_roles: list[str] = field(default_factory=list)
    reasons: dict[str, None] = field(default_factory=dict)
    evidence: dict[Evidence, None] = field(default_factory=dict)
    margin: float = 0.0


Drafts = dict[tuple[str, str], Draft]


@dataclass(slots=True)
class Carried:
    """What the sentences before in the same paragraph have named."""

    countries: list[Judged] = field(default_factory=list)
    programmes: list[Mention] = field(default_factory=list)
    years: tuple[int | None, int | None] = (None, None)
    programme_waits: bool = False


def propose_engagements(reading: Reading, judged: list[Judged]) -> tuple[ProposedEngagement, ...]:
    """One engagement for each country and programme that stand together, and one for each further country of work."""
    drafts: Drafts = {}
    by_sentence: dict[Span, list[Judged]] = defaultdict(list)
    for each in judged:
        by_sentence[each.sentence.span].append(each)
    worked_in = {each.mention.key for each in judged if each.role is Role.ENGAGEMENT}
    duty = _duty_countries(reading, judged)
    question: list[Judged] = []
    for passage in reading.passages:
        if passage.setting is Setting.INTRODUCTION:
            continue
        if passage.is_question:
            question = [each for part in passage.sentences for each in _engaged(by_sentence[part.span], worked_in)]
        if passage.exchange is None:
            question = []
        _read_passage(reading, passage, by_sentence, worked_in, question, duty, drafts)
    _add_countries_without(reading, judged, drafts)
    return tuple(_proposed(country, programme, draft) for (country, programme), draft in drafts.items())


def _engaged(found: list[Judged], worked_in: set[str]) -> list[Judged]:
    """The countries of a sentence in which it may tell of work; not those it only compares with or studied in."""
    return [
        each
        for each in found
        if each.role is Role.ENGAGEMENT
        or (each.role is Role.MENTIONED and each.mention.key in worked_in and each.margin < SURE_MARGIN)
    ]


def _duty_countries(reading: Reading, judged: list[Judged]) -> list[Judged]:
    """The country of the person's office, where the office is that of one country."""
    in_head = [
        each
        for each in judged
        if each.role is Role.ENGAGEMENT and reading.passages[each.passage].setting is Setting.HEAD
    ]
    return in_head if len({each.mention.key for each in in_head}) == 1 else []


def _read_passage(
    reading: Reading,
    passage: Passage,
    by_sentence: dict[Span, list[Judged]],
    worked_in: set[str],
    question: list[Judged],
    duty: list[Judged],
    drafts: Drafts,
) -> None:
    carried = Carried()
    for sentence in passage.sentences:
        all_here = by_sentence[sentence.span]
        here = _engaged(all_here, worked_in)
        programmes = sentence.of_kind(MentionKind.PROGRAMME)
        cues = list(
            hits(reading.plain, reading.interview.language, ("engagement",), sentence.span.start, sentence.span.end)
        )
        years = _years(sentence)
        takes_up = any(
            hit.cue.reason == "programme"
            for hit in hits(
                reading.plain, reading.interview.language, ("reference",), sentence.span.start, sentence.span.end
            )
        )
        if here and programmes:
            for country, programme in together(reading.plain, sentence.span, here, programmes):
                reasons = ["caption"] if passage.setting is Setting.CAPTION else ["same-sentence"]
                _gather(reading, drafts, country, programme.key, sentence, cues, years, reasons, programme.span)
        elif here and carried.programmes and (takes_up or carried.programme_waits) and not passage.is_question:
            for country in here:
                for programme in carried.programmes:
                    _gather(
                        reading,
                        drafts,
                        country,
                        programme.key,
                        sentence,
                        cues,
                        years,
                        ["same-paragraph"],
                        programme.span,
                    )
        elif programmes and not all_here and cues and carried.countries:
            for country in carried.countries:
                for programme in programmes:
                    _gather(
                        reading,
                        drafts,
                        country,
                        programme.key,
                        sentence,
                        cues,
                        years or [carried.years],
                        ["same-paragraph"],
                        programme.span,
                    )
        elif (
            programmes
            and not all_here
            and cues
            and not passage.is_question
            and passage.setting is not Setting.BACKGROUND
        ):
            for country in question or duty:
                reason = "in-question" if question else "duty-station"
                for programme in programmes:
                    _gather(reading, drafts, country, programme.key, sentence, cues, years, [reason], programme.span)
        elif here and not passage.of_kind(MentionKind.PROGRAMME) and not passage.is_question:
            telling = [hit for hit in cues if hit.cue.reason in TELLING]
            if telling and passage.setting is not Setting.HEAD:
                for country in here:
                    if country.role is Role.ENGAGEMENT and country.margin >= 1:
                        _gather(reading, drafts, country, "", sentence, cues, years, ["no-programme"], None)
        if here:
            carried.countries, carried.years = here, years[0] if len(years) == 1 else (None, None)
        elif all_here:
            carried.countries = []
        if programmes:
            carried.programmes = programmes
            carried.programme_waits = not all_here
        elif here:
            carried.programme_waits = False


def _years(sentence: Sentence) -> list[tuple[int | None, int | None]]:
    return [time.years for time in sentence.of_kind(MentionKind.TIME) if time.years != (None, None)]


def _gather(
    reading: Reading,
    drafts: Drafts,
    country: Judged,
    programme: str,
    sentence: Sentence,
    cues: list,
    years: list[tuple[int | None, int | None]],
    reasons: list[str],
    place: Span | None,
) -> None:
    draft = drafts.setdefault((country.mention.key, programme), Draft())
    draft.kinds += [KINDS[hit.cue.reason] for hit in cues if hit.cue.reason in KINDS]
    if len(set(years)) == 1:
        draft.years.append(years[0])
    draft.organisations.update(dict.fromkeys(each.key for each in sentence.of_kind(MentionKind.ORGANISATION)))
    draft.sectors += [each.key for each in sentence.of_kind(MentionKind.SECTOR)]
    draft.topics.update(dict.fromkeys(each.key for each in sentence.of_kind(MentionKind.TOPIC)))
    start, end = sentence.span.start, sentence.span.end
    draft.staff_roles += [
        hit.cue.reason for hit in hits(reading.plain, reading.interview.language, ("staff-role",), start, end)
    ]
    draft.reasons.update(dict.fromkeys([*reasons, country.reason]))
    draft.margin = max(draft.margin, country.margin)
    draft.evidence[Evidence(country.mention.span, country.sentence.span)] = None
    if place:
        draft.evidence[Evidence(place, sentence.span)] = None


def _add_countries_without(reading: Reading, judged: list[Judged], drafts: Drafts) -> None:
    """A country of work for which nothing stood together has an engagement without a programme."""
    done = {country for country, _ in drafts}
    language = reading.interview.language
    for each in judged:
        if each.role is Role.ENGAGEMENT and each.mention.key not in done:
            start, end = each.sentence.span.start, each.sentence.span.end
            cues = list(hits(reading.plain, language, ("engagement",), start, end))
            _gather(reading, drafts, each, "", each.sentence, cues, _years(each.sentence), ["no-programme"], None)


def _proposed(country: str, programme: str, draft: Draft) -> ProposedEngagement:
    year, to_year = _spanned(draft.years)
    reasons = list(draft.reasons)
    reasons.append("year-in-sentence" if year or to_year else "no-year")
    if len({evidence.sentence for evidence in draft.evidence}) > 2:
        reasons.append("told-several-times")
    return ProposedEngagement(
        country=country,
        programme=programme,
        year=year,
        to_year=to_year,
        organisations=tuple(draft.organisations),
        kind=next((kind for kind in KINDS.values() if kind in draft.kinds), "project"),
        sector=max(draft.sectors, key=draft.sectors.count) if draft.sectors else "",
        topics=tuple(draft.topics),
        staff_role=next((role for role in STAFF_ROLES if role in draft.staff_roles), "contributor"),
        confidence=_confidence(draft),
        reasons=tuple(reasons),
        evidence=tuple(draft.evidence),
    )


def _spanned(years: list[tuple[int | None, int | None]]) -> tuple[int | None, int | None]:
    """From the first to the last year said; the same year twice is one year."""
    firsts = [first for first, _ in years if first is not None]
    lasts = [last for _, last in years if last is not None]
    first, last = min(firsts, default=None), max(lasts, default=None)
    return first, last


def _confidence(draft: Draft) -> Confidence:
    together_ = {"same-sentence", "caption"} & set(draft.reasons)
    if together_ and draft.margin >= SURE_MARGIN:
        return Confidence.HIGH
    if (
        together_
        or ("same-paragraph" in draft.reasons or "in-question" in draft.reasons)
        or draft.margin >= SURE_MARGIN
    ):
        return Confidence.MEDIUM
    return Confidence.LOW
