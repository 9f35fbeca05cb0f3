"""What each country of an article is to its person: place of work for the ILO, of other work, of study, or mentioned.

Every mention is weighed on its own: points for what its paragraph is about, for how the country is named, and for the
cues of its sentence, which count less with each comma between. Of the roles found for a country the weightiest counts.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass

from intake.findings import Evidence, Form, Mention, MentionKind, ProposedCountry, Role, Span
from intake.gazetteers.organisations import head_kind
from intake.proposals.cues import Hit, folded, hits
from intake.proposals.passages import ILO, Passage, Reading, Sentence, Setting

ROLE_CUES = ("studied", "worked", "engagement", "mentioned")
# Points before any cue is looked at, by what the paragraph is about.
PRIORS: dict[Setting, dict[Role, float]] = {
    Setting.HEAD: {Role.MENTIONED: 1.0},
    Setting.INTRODUCTION: {Role.MENTIONED: 1.0, Role.ENGAGEMENT: 0.2},
    Setting.BACKGROUND: {Role.MENTIONED: 1.2, Role.WORKED: 0.8},
    Setting.WORK: {Role.MENTIONED: 1.0, Role.ENGAGEMENT: 1.3},
    Setting.GENERAL: {Role.MENTIONED: 1.8, Role.ENGAGEMENT: 0.2},
    Setting.UNKNOWN: {Role.MENTIONED: 1.4, Role.ENGAGEMENT: 0.6},
    Setting.NARRATIVE: {Role.MENTIONED: 1.2, Role.ENGAGEMENT: 0.7},
    Setting.CAPTION: {Role.MENTIONED: 1.2, Role.ENGAGEMENT: 0.6},
}
# Points for a country that is named in another way than by its name.
FORMS: dict[Form, dict[Role, float]] = {
    Form.NAME: {},
    Form.CITY: {Role.ENGAGEMENT: -1.6},
    Form.PEOPLE: {Role.MENTIONED: 1.6},
    Form.IN_NAME: {Role.ENGAGEMENT: -1.2, Role.MENTIONED: 0.2},
}
# Points for “worked” in a telling of one's life where a person speaks of herself, and where she says how long.
IN_FIRST_PERSON = 0.5
WITH_DURATION = 1.0
# Points for “studied” where the country stands in the name of a university.
IN_UNIVERSITY = 1.8
FIRST_PERSON = re.compile(
    r"(?<!\w)(?:I|[Mm]y|[Mm]e|[Ww]e|[Oo]ur|[Jj]e|[Nn]ous|[Mm]on|[Mm]a|[Mm]es|[Yy]o|[Mm]i|[Mm]is|[Nn]os)(?!\w)|(?<!\w)[Jj][’']|\w(?:[éí]|mos)(?!\w)"
)
# What is left of a cue's weight for each comma, dash, bracket or joining word between it and the country.
PER_CLAUSE = 0.6
# What counts of the second, third … cue for the same role, so that long sentences do not win by length.
PER_FURTHER_CUE = 0.4
IN_POST = 2.5
CLAUSE = re.compile(
    r"[,;:()–—]|(?<!\w)(?:and then|where|while|whereas|before|after|but|which|donde|mientras|antes|despues|pero|luego"
    r"|que|ou|puis|ensuite|avant|apres|mais|tandis)(?!\w)"
)
BETWEEN_MEMBERS = re.compile(
    r"[\s,;/&()]*(?:(?:and|or|y|e|o|et|ou|as well as|asi como|ainsi que|then|also|the|la|le|les|l'|el|los|in|en|au|aux|in the)?[\s,;/&()']*){0,4}"
)
LONGEST_BETWEEN = 24
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Judged:
    """A mention of a country with the role that it speaks for, how many points better it is, and the reason's key."""

    mention: Mention
    passage: int
    sentence: Sentence
    role: Role
    margin: float
    reason: str


@dataclass(slots=True)
class Stage:
    """Where in a life a telling has come to: before the ILO, or with it."""

    before: bool


def judge(reading: Reading) -> list[Judged]:
    """Every mention of a country, judged."""
    judged: list[Judged] = []
    stage = Stage(before=False)
    exchange: int | None = -1
    for number, passage in enumerate(reading.passages):
        if passage.exchange != exchange and passage.setting is not Setting.CAPTION:
            exchange = passage.exchange
            stage = Stage(before=passage.setting is Setting.BACKGROUND)
        for sentence in passage.sentences:
            judged += _judge_sentence(reading, number, passage, sentence, stage)
    return judged


def propose_countries(judged: list[Judged]) -> tuple[ProposedCountry, ...]:
    """Each country once, with its weightiest role and the mentions that speak for it, the surest first."""
    by_code: dict[str, list[Judged]] = defaultdict(list)
    for each in judged:
        by_code[each.mention.key].append(each)
    order = list(Role)
    proposed = []
    for code, mentions in by_code.items():
        role = min((each.role for each in mentions), key=order.index)
        shown = sorted((each for each in mentions if each.role is role), key=lambda each: -each.margin)
        evidence = tuple(Evidence(each.mention.span, each.sentence.span) for each in shown)
        proposed.append(ProposedCountry(code, role, evidence, shown[0].reason))
    return tuple(proposed)


def _judge_sentence(reading: Reading, number: int, passage: Passage, sentence: Sentence, stage: Stage) -> list[Judged]:
    plain, language = reading.plain, reading.interview.language
    start, end = sentence.span.start, sentence.span.end
    turns = [] if passage.is_question else list(hits(plain, language, ("turn",), start, end))
    joined = next((hit.start for hit in turns if hit.cue.reason == "joined"), None)
    countries = sentence.of_kind(MentionKind.COUNTRY)
    before_here = stage.before
    if any(hit.cue.reason == "before" for hit in turns):
        before_here = True
    elif joined is None and any(hit.cue.reason == "now" for hit in turns) and reading.is_staff:
        before_here = stage.before = False
    judged = []
    if countries:
        found = _outside_names(list(hits(plain, language, ROLE_CUES, start, end)), sentence)
        borders = [match.start() for match in CLAUSE.finditer(plain, start, end)]
        has_ilo = bool(ILO.search(plain, start, end))
        for group in _groups(plain, countries):
            is_before = before_here or (joined is not None and stage.before and group[-1].span.end <= joined)
            if joined is not None and not before_here:
                is_before = False
            whole = Span(group[0].span.start, group[-1].span.end)
            for mention in group:
                points = _points(reading, passage, sentence, group, mention, is_before, has_ilo)
                reasons: dict[Role, list[tuple[float, str]]] = defaultdict(list)
                for hit in found:
                    if weight := _weight(hit, whole, borders, plain):
                        role = _speaks_for(hit, is_before, passage, reading, has_ilo)
                        reasons[role].append((weight, hit.cue.reason))
                judged.append(_decide(mention, number, sentence, points, reasons, passage))
    if joined is not None and not any(hit.cue.reason == "before" for hit in turns):
        stage.before = False
    return judged


def _outside_names(found: list[Hit], sentence: Sentence) -> list[Hit]:
    """The cues that are no part of an organisation's name: “Volunteer Service” does not tell of a volunteer."""
    names = [each.span for each in sentence.of_kind(MentionKind.ORGANISATION)]
    return [
        hit
        for hit in found
        if hit.cue.family == "mentioned" or not any(name.start <= hit.start and hit.end <= name.end for name in names)
    ]


def _groups(plain: str, countries: list[Mention]) -> list[list[Mention]]:
    """Countries in an enumeration belong together: what is said of one is said of all."""
    groups: list[list[Mention]] = []
    for mention in countries:
        if groups:
            between = plain[groups[-1][-1].span.end : mention.span.start]
            if len(between) <= LONGEST_BETWEEN and BETWEEN_MEMBERS.fullmatch(between):
                groups[-1].append(mention)
                continue
        groups.append([mention])
    return groups


def _points(
    reading: Reading,
    passage: Passage,
    sentence: Sentence,
    group: list[Mention],
    mention: Mention,
    is_before: bool,
    has_ilo: bool,
) -> dict[Role, float]:
    """The points that a mention has before the cues."""
    points: dict[Role, float] = defaultdict(float, PRIORS[passage.setting])
    named = any(other.form is Form.NAME and other.key == mention.key for other in group)
    if not named:
        for role, more in FORMS[mention.form].items():
            points[role] += more
    if passage.setting in (Setting.BACKGROUND, Setting.NARRATIVE):
        _add_for_life(reading, passage, sentence, mention, points)
    if passage.setting is Setting.BACKGROUND and not is_before and reading.is_staff:
        points[Role.ENGAGEMENT] += 0.4
    if not reading.is_staff and not has_ilo:
        points[Role.ENGAGEMENT] -= 0.6
    if passage.setting is Setting.HEAD or (
        passage.setting is Setting.CAPTION and reading.is_staff and presents(reading, passage.span)
    ):
        points[_role_in_post(reading, mention, group)] += IN_POST
    return points


def _add_for_life(
    reading: Reading, passage: Passage, sentence: Sentence, mention: Mention, points: dict[Role, float]
) -> None:
    """The points that a mention has in a telling of the person's life."""
    for each in sentence.of_kind(MentionKind.ORGANISATION):
        if each.span.start <= mention.span.start < each.span.end + 4 and head_kind(each.key) == "university":
            points[Role.STUDIED] += IN_UNIVERSITY
    if mention.form is Form.PEOPLE:
        return
    if passage.setting is Setting.BACKGROUND and FIRST_PERSON.search(
        reading.article.text, sentence.span.start, sentence.span.end
    ):
        points[Role.WORKED] += IN_FIRST_PERSON
    if any(time.years == (None, None) for time in sentence.of_kind(MentionKind.TIME)):
        points[Role.WORKED] += WITH_DURATION


def presents(reading: Reading, place: Span) -> bool:
    """Whether a title or caption says who the person is and where: it has the name, the post or the office in it."""
    interview = reading.interview
    for finding in (interview.post_title, interview.office, interview.unit):
        if finding and place.holds(finding.span):
            return True
    name = folded(interview.name.value) if interview.name else ""
    return bool(name) and name in reading.plain[place.start : place.end]


def _role_in_post(reading: Reading, mention: Mention, group: list[Mention]) -> Role:
    """What the country in a person's post or office is: one that an office serves is one where the ILO works."""
    if not reading.is_staff:
        return Role.WORKED
    if mention.form in (Form.CITY, Form.PEOPLE):
        return Role.WORKED
    return Role.ENGAGEMENT if len({each.key for each in group}) == 1 else Role.MENTIONED


def _weight(hit: Hit, whole: Span, borders: list[int], plain: str) -> float:
    """What a cue counts for a group of countries: nothing on the wrong side or too far off, less with each clause."""
    cue = hit.cue
    if hit.start < whole.end and whole.start < hit.end:
        return 0
    follows = whole.start >= hit.end
    if (cue.side == "after" and not follows) or (cue.side == "before" and follows):
        return 0
    gap = (hit.end, whole.start) if follows else (whole.end, hit.start)
    if cue.near:
        # An adjective that stands for the whole enumeration (“Kenyan and Ugandan refugees”) or for itself.
        words = sum(1 for _ in WORD.finditer(plain, gap[0], min(gap[1], gap[0] + 200)))
        if gap[1] - gap[0] > 200 or words >= cue.near:
            return 0
        return cue.weight
    between = bisect_left(borders, gap[1]) - bisect_left(borders, gap[0])
    return cue.weight * PER_CLAUSE**between


def _speaks_for(hit: Hit, is_before: bool, passage: Passage, reading: Reading, has_ilo: bool) -> Role:
    """The role for which a cue speaks where it stands: training farmers is no work for the ILO before one joined it."""
    family = hit.cue.family
    if family == "engagement":
        if is_before or not (reading.is_staff or has_ilo or passage.setting is Setting.WORK):
            return Role.WORKED
        return Role.ENGAGEMENT
    if family == "worked" and hit.cue.reason == "worked" and not is_before:
        at_work = passage.setting in (Setting.WORK, Setting.GENERAL, Setting.UNKNOWN, Setting.NARRATIVE)
        if at_work and reading.is_staff:
            return Role.ENGAGEMENT
    return {"studied": Role.STUDIED, "worked": Role.WORKED, "mentioned": Role.MENTIONED}[family]


def _decide(
    mention: Mention,
    number: int,
    sentence: Sentence,
    points: dict[Role, float],
    reasons: dict[Role, list[tuple[float, str]]],
    passage: Passage,
) -> Judged:
    for role, found in reasons.items():
        for rank, (weight, _) in enumerate(sorted(found, reverse=True)):
            points[role] += weight * PER_FURTHER_CUE**rank
    ranked = sorted(points, key=lambda role: -points[role])
    role = ranked[0]
    margin = points[role] - (points[ranked[1]] if len(ranked) > 1 else 0)
    reason = max(reasons[role])[1] if reasons[role] else f"in-{passage.setting.value}"
    return Judged(mention, number, sentence, role, margin, reason)
