"""What each country of an article is to its person: place of work for the ILO, of other work, of study, or mentioned.

Every mention is weighed on its own: points for what its paragraph is about, for how the country is named, and for the
cues of its sentence, which count less with each comma between. Of the roles found for a country the weightiest counts.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace

from intake.findings import Evidence, Form, Mention, MentionKind, ProposedCountry, Role, Span
from intake.proposals.clues import clues
from intake.proposals.cues import Hit, hits
from intake.proposals.passages import ILO, Reading, Sentence, Setting
from intake.proposals.weighing import CLAUSE, PER_FURTHER_CUE, Context, prior, speaks_for, weight

ROLE_CUES = ("studied", "worked", "engagement", "mentioned")
BETWEEN_MEMBERS = re.compile(
    r"[\s,;/&()']*(?:(?:and|or|y|e|o|et|ou|as well as|asi como|ainsi que|then|also|the|la|le|les|el|los|in|en|au|aux"
    r"|of|from|de|du|des|del|d|a|para|to)?"
    r"[\s,;/&()']*){0,4}"
)
LONGEST_BETWEEN = 24
# As many countries as one enumeration may hold, so that time stays linear.
LARGEST_GROUP = 40


@dataclass(frozen=True, slots=True)
class Judged:
    """A mention of a country with the role that it speaks for, how many points better it is, and the reason's key."""

    mention: Mention
    passage: int
    sentence: Sentence
    role: Role
    margin: float
    reason: str
    clues: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class Stage:
    """Where in a life a telling has come to: before the ILO, or with it."""

    before: bool


def judge(reading: Reading) -> list[Judged]:
    """Every mention of a country, judged."""
    judged: list[Judged] = []
    stage = Stage(before=False)
    exchange: int | None = -1
    is_ilo_asked = False
    for number, passage in enumerate(reading.passages):
        if passage.exchange != exchange and passage.setting is not Setting.CAPTION:
            exchange = passage.exchange
            told_in_order = passage.setting is Setting.NARRATIVE and _tells_of_joining(reading)
            stage = Stage(before=passage.setting is Setting.BACKGROUND or told_in_order)
        if passage.is_question:
            is_ilo_asked = bool(ILO.search(reading.plain, passage.span.start, passage.span.end))
        is_ilo = is_ilo_asked or passage.has_programme
        for sentence in passage.sentences:
            judged += _judge_sentence(reading, number, sentence, stage, is_ilo)
    return _with_home_of_partner(reading, _settled(judged))


def _with_home_of_partner(reading: Reading, judged: list[Judged]) -> list[Judged]:
    """With work for the ILO in a partner's own country where the text tells of a programme and names no other country.

    Its people speak of “us” and “here”; the country stands in the title or the introduction only.
    """
    presenting = (Setting.HEAD, Setting.INTRODUCTION)
    at_home = {
        each.mention.key
        for each in judged
        if reading.passages[each.passage].setting in presenting and each.mention.form is not Form.PEOPLE
    }
    if reading.is_staff or len(at_home) != 1 or not _tells_of_programme(reading):
        return judged
    return [
        replace(
            each, role=Role.ENGAGEMENT, margin=0.5, reason="with-programme", clues=each.clues | {"partner at home": 1}
        )
        if each.mention.key in at_home and reading.passages[each.passage].setting in presenting
        else each
        for each in judged
    ]


def _tells_of_programme(reading: Reading) -> bool:
    """Whether an answer tells of work with a programme in a paragraph without a country."""
    for passage in reading.passages:
        told = passage.exchange is not None or passage.setting is Setting.NARRATIVE
        if not told or passage.is_question or not passage.has_programme:
            continue
        if any(part.of_kind(MentionKind.COUNTRY) for part in passage.sentences):
            continue
        for part in passage.sentences:
            found = hits(reading.plain, reading.interview.language, ("engagement",), part.span.start, part.span.end)
            if part.of_kind(MentionKind.PROGRAMME) and any(True for _ in found):
                return True
    return False


def _tells_of_joining(reading: Reading) -> bool:
    """Whether a narrative says where the work for the ILO begins: what stands before that is earlier."""
    return any(
        hit.cue.reason == "joined"
        for span in reading.interview.narrative
        for hit in hits(reading.plain, reading.interview.language, ("turn",), span.start, span.end)
    )


def _settled(judged: list[Judged]) -> list[Judged]:
    """Without work for the ILO where no word tells of it and the country is told to be a place of other work."""
    told: dict[str, set[Role]] = defaultdict(set)
    for each in judged:
        if not each.reason.startswith("in-"):
            told[each.mention.key].add(each.role)

    def is_place_of_work(each: Judged) -> bool:
        roles = told[each.mention.key]
        return each.role is Role.ENGAGEMENT and Role.WORKED in roles and Role.ENGAGEMENT not in roles

    return [replace(each, role=Role.WORKED) if is_place_of_work(each) else each for each in judged]


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


def _judge_sentence(reading: Reading, number: int, sentence: Sentence, stage: Stage, is_ilo: bool) -> list[Judged]:
    plain, language, passage = reading.plain, reading.interview.language, reading.passages[number]
    start, end = sentence.span.start, sentence.span.end
    turns = [] if passage.is_question else list(hits(plain, language, ("turn",), start, end))
    is_before = stage.before or any(hit.cue.reason == "before" for hit in turns)
    joined = None
    if not any(hit.cue.reason == "before" for hit in turns):
        joined = next((hit.start for hit in turns if hit.cue.reason == "joined"), None)
        told = {hit.cue.reason for hit in turns}
        with_ilo = bool(told & {"now", "with"}) or bool(sentence.of_kind(MentionKind.PROGRAMME))
        if joined is None and reading.is_staff and with_ilo and not passage.is_question:
            is_before = stage.before = False
    judged: list[Judged] = []
    if countries := sentence.of_kind(MentionKind.COUNTRY):
        found = _outside_names(list(hits(plain, language, ROLE_CUES, start, end)), sentence)
        is_study = any(hit.cue.family == "studied" for hit in found)
        borders = tuple(match.start() for match in CLAUSE.finditer(plain, start, end))
        is_ilo = is_ilo or bool(ILO.search(plain, start, end))
        groups = _groups(plain, countries)
        places = tuple(group[0].span.start for group in groups)
        for group in groups:
            yet_before = is_before and (joined is None or group[-1].span.end <= joined)
            context = Context(reading, passage, sentence, yet_before, is_ilo, is_study, borders, places)
            judged += [_judge_mention(context, number, mention, group, found) for mention in group]
    if joined is not None:
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
        if groups and len(groups[-1]) < LARGEST_GROUP:
            between = plain[groups[-1][-1].span.end : mention.span.start]
            same_kind = (groups[-1][-1].form is Form.PEOPLE) == (mention.form is Form.PEOPLE)
            if same_kind and len(between) <= LONGEST_BETWEEN and BETWEEN_MEMBERS.fullmatch(between):
                groups[-1].append(mention)
                continue
        groups.append([mention])
    return groups


def _judge_mention(context: Context, number: int, mention: Mention, group: list[Mention], found: list[Hit]) -> Judged:
    whole = Span(group[0].span.start, group[-1].span.end)
    before = prior(context, mention, group)
    points = before.copy()
    reasons: dict[Role, list[tuple[float, str]]] = defaultdict(list)
    for hit in found:
        if counted := weight(context, hit, whole, mention.form):
            reasons[speaks_for(context, hit, mention.form)].append((counted, hit.cue.reason))
    for role, counted in reasons.items():
        for rank, (each, _) in enumerate(sorted(counted, reverse=True)):
            points[role] += each * PER_FURTHER_CUE**rank
    ranked = sorted(points, key=lambda role: -points[role])
    role = ranked[0]
    margin = points[role] - (points[ranked[1]] if len(ranked) > 1 else 0)
    if reasons[role]:
        reason = max(reasons[role])[1]
    elif role is Role.ENGAGEMENT and context.sentence.of_kind(MentionKind.PROGRAMME):
        reason = "with-programme"
    else:
        reason = f"in-{context.passage.setting.value}"
    found_clues = clues(context, mention, group, before, points)
    return Judged(mention, number, context.sentence, role, margin, reason, found_clues)
