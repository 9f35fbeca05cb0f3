"""What is gathered for an engagement, sentence by sentence, and what it comes to."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from intake.findings import Confidence, Evidence, MentionKind, ProposedEngagement, Span
from intake.proposals.passages import Sentence

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
STAFF_ROLES = ("lead", "coordinator", "trainer", "adviser", "researcher")
# From so many points on, the role of a country is sure.
SURE_MARGIN = 1.5

Years = tuple[int | None, int | None]


@dataclass(slots=True)
class Draft:
    """What was gathered for a country and a programme. The dictionaries are sets that keep their order.

    `sentence` is the one that was added last.
    """

    kinds: set[str] = field(default_factory=set)
    years: set[Years] = field(default_factory=set)
    organisations: dict[str, None] = field(default_factory=dict)
    sectors: list[str] = field(default_factory=list)
    topics: dict[str, None] = field(default_factory=dict)
    staff_roles: set[str] = field(default_factory=set)
    reasons: dict[str, None] = field(default_factory=dict)
    evidence: dict[Evidence, None] = field(default_factory=dict)
    margin: float = 0.0
    sentence: Span | None = None

    def add(self, sentence: Sentence, cues: Iterable[str], staff_roles: Iterable[str], years: Iterable[Years]) -> None:
        """Gather from a sentence. Of several different years it is not known which is meant, so none is taken."""
        self.sentence = sentence.span
        years = set(years)
        self.kinds.update(KINDS[cue] for cue in cues if cue in KINDS)
        if len(years) == 1:
            self.years |= years
        self.organisations.update(dict.fromkeys(each.key for each in sentence.of_kind(MentionKind.ORGANISATION)))
        self.sectors += [each.key for each in sentence.of_kind(MentionKind.SECTOR)]
        self.topics.update(dict.fromkeys(each.key for each in sentence.of_kind(MentionKind.TOPIC)))
        self.staff_roles.update(staff_roles)


def proposed(country: str, programme: str, draft: Draft) -> ProposedEngagement:
    """The engagement that a draft comes to."""
    year, to_year = _spanned(draft.years)
    reasons = [*draft.reasons, "year-in-text" if year or to_year else "no-year"]
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


def _spanned(years: set[Years]) -> Years:
    """From the first to the last year said."""
    firsts = [first for first, _ in years if first is not None]
    lasts = [last for _, last in years if last is not None]
    return min(firsts, default=None), max(lasts, default=None)


def _confidence(draft: Draft) -> Confidence:
    stand_together = bool({"same-sentence", "caption"} & draft.reasons.keys())
    if stand_together and draft.margin >= SURE_MARGIN:
        return Confidence.HIGH
    near = bool({"same-paragraph", "in-question"} & draft.reasons.keys())
    if stand_together or near or draft.margin >= SURE_MARGIN:
        return Confidence.MEDIUM
    return Confidence.LOW
