"""The points that speak for a role of a country where it is named, as tables and the rules to read them."""

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass

from intake.findings import Form, Mention, MentionKind, Role, Span
from intake.gazetteers.organisations import head_kind
from intake.proposals.cues import Hit, folded
from intake.proposals.passages import Passage, Reading, Sentence, Setting

# Points before any cue is looked at, by what the paragraph is about.
PRIORS: dict[Setting, dict[Role, float]] = {
    Setting.HEAD: {Role.MENTIONED: 1.0},
    Setting.INTRODUCTION: {Role.MENTIONED: 1.0, Role.ENGAGEMENT: 0.2},
    Setting.BACKGROUND: {Role.MENTIONED: 1.2, Role.WORKED: 0.8},
    Setting.WORK: {Role.MENTIONED: 1.0, Role.ENGAGEMENT: 1.3},
    Setting.GENERAL: {Role.MENTIONED: 1.8, Role.ENGAGEMENT: 0.2},
    Setting.UNKNOWN: {Role.MENTIONED: 1.2, Role.ENGAGEMENT: 0.95, Role.WORKED: 0.4},
    Setting.NARRATIVE: {Role.MENTIONED: 1.2, Role.ENGAGEMENT: 0.9},
    Setting.CAPTION: {Role.MENTIONED: 1.2, Role.ENGAGEMENT: 0.6},
}
# Points for a country that is named in another way than by its name.
FORMS: dict[Form, dict[Role, float]] = {
    Form.NAME: {},
    Form.CITY: {Role.ENGAGEMENT: -1.3},
    Form.PEOPLE: {Role.MENTIONED: 1.6},
    Form.IN_NAME: {Role.ENGAGEMENT: -1.2, Role.MENTIONED: 0.2},
}
# What is left of a cue's weight for each comma, dash, bracket or joining word between it and the country.
PER_CLAUSE = {"studied": 0.85, "worked": 0.7, "engagement": 0.65, "mentioned": 0.65}
# What counts of the second, third … cue for the same role, so that long sentences do not win by length.
PER_FURTHER_CUE = 0.4
# What counts of a cue of work where only people or things of a country are named, but for work for the ILO told next to
# the name.
FOR_PEOPLE = 0.4
NEXT_TO = 25
# What counts of a cue of work with the ILO where a partner speaks of something else.
FOR_PARTNER = 0.6
# Points for “worked” in a telling of one's life where a person speaks of herself, and where she says how long.
IN_FIRST_PERSON = 0.5
WITH_DURATION = 0.6
# Points for “studied” where the country stands in the name of a university.
IN_UNIVERSITY = 1.8
# Points for the country of the post in a title, or in a caption that says who someone is.
IN_POST = 2.5
# Points for “mentioned” where a country is named in an organisation's name by its adjective (“Swedish … Centre”), or
# in that of a donor.
IN_ORGANISATION = 2.5
AID = re.compile(
    r"(?<!\w)(?:(?:development|cooperation) agency|agency for (?:international|development)|agencia \w+ de cooperacion"
    r"|cooperacion internacional|agence \w+ de (?:developpement|cooperation)|embassy|embajada|ambassade)(?!\w)"
)
# Points for “engagement” where a sentence begins with the country (“In Guyana, we …”), tells what “we” do, or names a
# programme, or where the paragraph does.
IN_FRONT = 0.5
IN_PLURAL = 0.4
WITH_PROGRAMME = 0.7
NEAR_PROGRAMME = 0.3
FRONT = 12

CLAUSE = re.compile(
    r"[,;:()–—]|(?<!\w)(?:and then|where|while|whereas|before|after|but|which|donde|mientras|antes|despues|pero|luego"
    r"|que|ou|puis|ensuite|avant|apres|mais|tandis)(?!\w)"
)
WORD = re.compile(r"\w+")
FIRST_PERSON = re.compile(
    r"(?<!\w)(?:I|[Mm]y|[Mm]e|[Ww]e|[Oo]ur|[Jj]e|[Nn]ous|[Mm]on|[Mm]a|[Mm]es|[Yy]o|[Mm]i|[Mm]is|[Nn]os)(?!\w)"
    r"|(?<!\w)[Jj][’']|\w(?:[éí]|mos)(?!\w)"
)
PLURAL = re.compile(r"(?<!\w)(?:we|our|us|nous|notre|nos|nuestro|nuestra|nosotros)(?!\w)|\w(?:mos)(?!\w)")
# An office, post or team that serves several countries from where it is.
SEVERAL_COUNTRIES = re.compile(
    r"(?<!\w)(?:regional|subregional|sub-regional|dwt|decent work|trabajo decente|travail decent|headquarters"
    r"|sede|siege|international training|asia|africa|afrique|america|amerique|caribbean|caribe|caraibes|andean"
    r"|andinos|andins|pacific|arab|arabes|europe|europa|region)(?!\w)"
)
# The seats of the ILO's offices and teams for several countries: https://www.ilo.org, lists of its regional offices.
SHARED_SEATS = re.compile(
    r"(?<!\w)(?:geneva|ginebra|geneve|turin|bangkok|lima|moscow|moscu|moscou|budapest|pretoria|dakar|cairo|el cairo"
    r"|le caire|beirut|beyrouth|new delhi|nueva delhi|port of spain|puerto espana|san jose|santiago|yaounde|suva"
    r"|abidjan|abiyan|addis ababa|addis abeba|dar es salaam|harare|brussels|bruselas|bruxelles)(?!\w)"
)
# A post whose holder works for a project or a country, wherever the office is.
FOR_ONE_COUNTRY = re.compile(r"(?<!\w)(?:project|national|proyecto|projet|nacional|nationale?)(?!\w)")


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a sentence: whether it is before the ILO, and whether the talk is of the ILO or of study.

    `borders` are where its parts end, `places` where its countries or enumerations of countries begin.
    """

    reading: Reading
    passage: Passage
    sentence: Sentence
    is_before: bool
    is_ilo: bool
    is_study: bool
    borders: tuple[int, ...]
    places: tuple[int, ...]


def prior(context: Context, mention: Mention, group: list[Mention]) -> dict[Role, float]:
    """The points that a mention has before the cues."""
    passage = context.passage
    points: dict[Role, float] = defaultdict(float, PRIORS[passage.setting])
    if not any(other.form is Form.NAME and other.key == mention.key for other in group):
        for role, more in FORMS[mention.form].items():
            points[role] += more
    for each in context.sentence.of_kind(MentionKind.ORGANISATION):
        if each.span.holds(mention.span) and (mention.form is Form.PEOPLE or AID.search(folded(each.key))):
            points[Role.MENTIONED] += IN_ORGANISATION
    if passage.setting in (Setting.BACKGROUND, Setting.NARRATIVE):
        _add_for_life(context, mention, points)
    if not context.is_before and passage.setting is not Setting.HEAD:
        points[Role.ENGAGEMENT] += _of_work(context, mention, group)
    if role := role_in_post(context, mention, group):
        points[role] += IN_POST
    return points


def _of_work(context: Context, mention: Mention, group: list[Mention]) -> float:
    """The points for work with the ILO that lie in how the sentence is built."""
    reading, passage, sentence = context.reading, context.passage, context.sentence
    points = 0.0
    if passage.setting is Setting.BACKGROUND:
        return 0.4 if reading.is_staff else 0.0
    if sentence.of_kind(MentionKind.PROGRAMME):
        points += WITH_PROGRAMME
    elif passage.has_programme:
        points += NEAR_PROGRAMME
    if not (reading.is_staff or context.is_ilo):
        return points - 1.0
    if mention.form is Form.PEOPLE or passage.setting is Setting.INTRODUCTION:
        return points
    if group[0].span.start - sentence.span.start <= FRONT and passage.setting is not Setting.CAPTION:
        points += IN_FRONT
    if PLURAL.search(reading.plain, sentence.span.start, sentence.span.end):
        points += IN_PLURAL
    return points


def _add_for_life(context: Context, mention: Mention, points: dict[Role, float]) -> None:
    """The points that a mention has in a telling of the person's life."""
    sentence = context.sentence
    for each in sentence.of_kind(MentionKind.ORGANISATION):
        near = each.span.start <= mention.span.start < each.span.end + 4
        if near and head_kind(each.key) == "university":
            points[Role.STUDIED] += IN_UNIVERSITY
    if mention.form is Form.PEOPLE or context.is_study:
        return
    text = context.reading.article.text
    if (
        context.passage.setting is Setting.BACKGROUND
        and mention.form is not Form.CITY
        and FIRST_PERSON.search(text, sentence.span.start, sentence.span.end)
    ):
        points[Role.WORKED] += IN_FIRST_PERSON
    if any(time.years == (None, None) for time in sentence.of_kind(MentionKind.TIME)):
        is_work = context.passage.setting is Setting.NARRATIVE and context.reading.is_staff and not context.is_before
        points[Role.ENGAGEMENT if is_work else Role.WORKED] += WITH_DURATION


def presents(reading: Reading, place: Span) -> bool:
    """Whether a title or caption says who the person is and where: it has the name, the post or the office in it."""
    interview = reading.interview
    for finding in (interview.post_title, interview.office, interview.unit):
        if finding and place.holds(finding.span):
            return True
    name = folded(interview.name.value) if interview.name else ""
    return bool(name) and name in reading.plain[place.start : place.end]


def role_in_post(context: Context, mention: Mention, group: list[Mention]) -> Role | None:
    """What the country in a person's post or office is: one that an office serves is one where the ILO works.

    An office that serves several countries is only a place of work in the one where it is. None for a mention in
    another place than a title, a caption or a sentence of the introduction that says who the person is.
    """
    reading, passage, place = context.reading, context.passage, context.sentence.span
    in_caption = passage.setting is Setting.CAPTION and reading.is_staff and presents(reading, passage.span)
    introduced = passage.setting is Setting.INTRODUCTION and presents(reading, place)
    if not (passage.setting is Setting.HEAD or in_caption or introduced):
        return None
    if not reading.is_staff:
        return Role.WORKED
    if mention.form is Form.PEOPLE:
        return Role.WORKED
    if mention.form is Form.CITY:
        title = reading.plain[place.start : place.end]
        if FOR_ONE_COUNTRY.search(title):
            return Role.ENGAGEMENT
        shared = SEVERAL_COUNTRIES.search(title) or SHARED_SEATS.search(title)
        return Role.WORKED if shared else Role.ENGAGEMENT
    return Role.ENGAGEMENT if len({each.key for each in group}) == 1 else Role.MENTIONED


def weight(context: Context, hit: Hit, whole: Span, form: Form) -> float:
    """What a cue counts for a group of countries: nothing on the wrong side or too far off, less with each clause."""
    cue = hit.cue
    if hit.start < whole.end and whole.start < hit.end:
        return 0
    follows = whole.start >= hit.end
    if (cue.side == "after" and not follows) or (cue.side == "before" and follows):
        return 0
    if cue.reason == "people" and not cue.side and form in (Form.NAME, Form.CITY):
        # In Spanish and French the noun stands before the adjective, but before a name it says who is there.
        return 0
    if cue.reason == "from" and context.is_study:
        return 0
    start, end = (hit.end, whole.start) if follows else (whole.end, hit.start)
    if cue.near:
        # It is said of the country next to it: “funded by Norway in Nepal”.
        if bisect_left(context.places, end) > bisect_left(context.places, start):
            return 0
        words = sum(1 for _ in WORD.finditer(context.reading.plain, start, min(end, start + 200)))
        return 0 if end - start > 200 or words >= cue.near else cue.weight
    between = bisect_left(context.borders, end) - bisect_left(context.borders, start)
    points = cue.weight * PER_CLAUSE[cue.family] ** between
    is_far = cue.family == "worked" or (cue.family == "engagement" and end - start > NEXT_TO)
    if form is Form.PEOPLE and is_far:
        points *= FOR_PEOPLE
    if cue.family == "engagement" and not (context.reading.is_staff or context.is_ilo):
        points *= FOR_PARTNER
    return points


def speaks_for(context: Context, hit: Hit, form: Form) -> Role:
    """The role for which a cue speaks where it stands: training farmers is no work for the ILO before one joined it."""
    family, setting = hit.cue.family, context.passage.setting
    if family == "engagement":
        if context.is_before or not (context.reading.is_staff or context.is_ilo):
            return Role.WORKED
        return Role.ENGAGEMENT
    if family == "worked" and hit.cue.reason == "worked" and not context.is_before:
        at_work = setting in (Setting.WORK, Setting.GENERAL, Setting.UNKNOWN, Setting.NARRATIVE)
        if at_work and context.reading.is_staff and form is Form.NAME:
            return Role.ENGAGEMENT
    return {"studied": Role.STUDIED, "worked": Role.WORKED, "mentioned": Role.MENTIONED}[family]
