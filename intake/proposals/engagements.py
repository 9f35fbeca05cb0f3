"""Work in a country, proposed from what stands together: in a sentence, else in a paragraph, else in an answer."""

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace

from intake.findings import Evidence, Form, Mention, MentionKind, ProposedEngagement, Role, Span
from intake.proposals.clauses import together
from intake.proposals.cues import Hit, hits
from intake.proposals.drafts import SURE_MARGIN, Draft, Years, proposed
from intake.proposals.passages import Passage, Reading, Sentence, Setting
from intake.proposals.roles import Judged

# Cues that make a piece of work of a sentence in a paragraph in which no programme is named.
TELLING = frozenset({"training-of-trainers", "pilot", "adaptation", "policy-advice", "research", "training", "project"})
# What was not done, or not yet: no work to propose where the country is not even named.
NOT_DONE = re.compile(
    r"(?<!\w)(?:would|should|could|hope|wish|waiting for|not yet|not used|never used|were to|gustaria|deberia|podria"
    r"|ojala|esper\w+|todavia no|aun no|no encontro|voudrais|aimerai\w*|devrait|devions|pourrait|souhait\w+"
    r"|pas encore)(?!\w)"
)


# Kinds of work that go beside a programme.
OF_THEIR_OWN = frozenset({"policy-advice", "research"})
# More programmes than an answer names one by one, so that time stays linear.
MOST_CARRIED = 8


# Reasons for which a country is only mentioned that make it no place: what is told goes on where it was.
ASIDE = frozenset(
    {"donor", "donor-near", "donor-after", "donor-adjective", "embassy", "people", "origin", "origin-after", "family"}
)
# The year of these is not that of the work that a sentence tells of.
FOUNDING = re.compile(
    r"(?<!\w)(?:its beginning|founded|was established|was opened|opened its|was born|inception|fundad[oa]"
    r"|fue cread[oa]|creada en|naci[oa]|fondee?|a ete cree|creee en|its creation|sa creation|su creacion)(?!\w)"
)
FOUNDING_REACH = 50


# The programmes that have staff and countries of their own, by the gazetteer's slugs. The others are training tools,
# which are not used wherever the same answer leads.
PROJECTS = frozenset(
    {"acopam", "coopafrica", "coopnet", "coopreform", "csp", "eglr", "empower", "foproder", "forteress", "jeuness"}
    | {"leed", "matcom", "proagro", "promefi", "promess", "promopeche", "prospects", "savabe", "syndicoop"}
)
PRESENTING = (Setting.HEAD, Setting.INTRODUCTION)


@dataclass(slots=True)
class Carried:
    """What the sentences before have named: countries and years in the paragraph, programmes in the answer."""

    countries: list[Judged] = field(default_factory=list)
    years: tuple[Years, ...] = ()
    programmes: list[Mention] = field(default_factory=list)
    programme_waits: bool = False
    was_paired: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with what all engagements in it have in common."""

    sentence: Sentence
    cues: tuple[str, ...]
    staff_roles: tuple[str, ...]
    years: tuple[Years, ...]
    has_time: bool
    programmes: tuple[Mention, ...]


@dataclass(slots=True)
class Telling:
    """What is gathered on the way through the article."""

    reading: Reading
    by_sentence: dict[Span, list[Judged]]
    worked_in: set[str]
    home: list[Judged]
    of_post: list[Mention]
    drafts: dict[tuple[str, str], Draft] = field(default_factory=dict)
    paired: set[str] = field(default_factory=set)
    asked_of: list[Judged] = field(default_factory=list)
    answered_of: dict[str, Judged] = field(default_factory=dict)
    carried: Carried = field(default_factory=Carried)
    spoken_of: list[Mention] = field(default_factory=list)
    spoken_of_at: dict[Span, list[Mention]] = field(default_factory=dict)


def propose_engagements(reading: Reading, judged: list[Judged]) -> tuple[ProposedEngagement, ...]:
    """One engagement for each country and programme that stand together, and one for each further country of work."""
    by_sentence: dict[Span, list[Judged]] = defaultdict(list)
    for each in judged:
        by_sentence[each.sentence.span].append(each)
    worked_in = {each.mention.key for each in judged if each.role is Role.ENGAGEMENT}
    telling = Telling(reading, by_sentence, worked_in, _home(reading, judged, worked_in), _programmes_of_post(reading))
    for passage in reading.passages:
        if passage.is_question:
            _begin_exchange(telling, passage)
        if passage.setting is not Setting.INTRODUCTION:
            _read_passage(telling, passage)
    _add_countries_without(telling, judged)
    found = [proposed(country, programme, draft) for (country, programme), draft in telling.drafts.items()]
    with_programme = {each.country for each in found if each.programme}
    # What else is told of a country is the same work in other words, but for a study or advice on policy.
    return tuple(
        each for each in found if each.programme or each.country not in with_programme or each.kind in OF_THEIR_OWN
    )


def _begin_exchange(telling: Telling, passage: Passage) -> None:
    """Forget what was named before, but for programmes that the question takes up: “What was done with that tool?”"""
    before = telling.carried.programmes
    telling.asked_of, telling.answered_of, telling.carried, telling.spoken_of = [], {}, Carried(), []
    taken_up = any(
        hit.cue.reason == "question"
        for sentence in passage.sentences
        for hit in _cues(telling.reading, sentence, "reference")
    )
    if taken_up and not passage.has_programme:
        telling.carried.programmes, telling.carried.programme_waits = before, True


def _home(reading: Reading, judged: list[Judged], worked_in: set[str]) -> list[Judged]:
    """The country of the person's office or post, if the ILO's work there is told and it is the only one."""
    in_head = {
        each.mention.key: each
        for each in judged
        if reading.passages[each.passage].setting in PRESENTING and each.mention.key in worked_in
    }
    return list(in_head.values()) if len(in_head) == 1 else []


def _programmes_of_post(reading: Reading) -> list[Mention]:
    """The programme in a person's title, if it is one."""
    named = {
        mention.key: mention
        for passage in reading.passages
        if passage.setting is Setting.HEAD
        for sentence in passage.sentences
        for mention in sentence.of_kind(MentionKind.PROGRAMME)
    }
    return list(named.values()) if len(named) == 1 else []


def _engaged(telling: Telling, sentence: Sentence) -> list[Judged]:
    """The countries of a sentence in which it may tell of work; not those it only compares with or studied in."""
    return [
        each
        for each in telling.by_sentence.get(sentence.span, ())
        if each.role is Role.ENGAGEMENT
        or (each.role is Role.MENTIONED and each.mention.key in telling.worked_in and each.margin < SURE_MARGIN)
    ]


def _scene(reading: Reading, sentence: Sentence) -> Scene:
    return Scene(
        sentence,
        tuple(hit.cue.reason for hit in _cues(reading, sentence, "engagement")),
        tuple(hit.cue.reason for hit in _cues(reading, sentence, "staff-role")),
        tuple(
            time.years
            for time in sentence.of_kind(MentionKind.TIME)
            if time.years != (None, None) and time.form is not Form.IN_NAME and not _is_of_founding(reading, time)
        ),
        bool(sentence.of_kind(MentionKind.TIME)),
        tuple(sentence.of_kind(MentionKind.PROGRAMME)),
    )


def _is_of_founding(reading: Reading, time: Mention) -> bool:
    """Whether a year is that in which something began to exist: “the office, opened in 1996, has supported …”."""
    return bool(FOUNDING.search(reading.plain, max(0, time.span.start - FOUNDING_REACH), time.span.start))


def _read_passage(telling: Telling, passage: Passage) -> None:
    """Go through a paragraph. A caption stands for itself: nothing is carried into it or out of it."""
    before = telling.carried
    is_caption = passage.setting is Setting.CAPTION
    carried = telling.carried = Carried() if is_caption else before
    carried.countries, carried.years = [], ()
    for sentence in passage.sentences:
        scene = _scene(telling.reading, sentence)
        telling.spoken_of_at[sentence.span] = telling.spoken_of
        named = [each for each in telling.by_sentence.get(sentence.span, []) if each.reason not in ASIDE]
        here = _engaged(telling, sentence)
        paired = _read_sentence(telling, passage, scene, here, bool(named))
        if here:
            carried.countries, carried.years = here[:MOST_CARRIED], scene.years
            telling.answered_of.update((each.mention.key, each) for each in here)
        elif named:
            carried.countries, carried.years = [], ()
        if scene.programmes and passage.exchange is not None and not is_caption:
            telling.spoken_of = [each for each in scene.programmes if each.key in PROJECTS][-1:]
        if scene.programmes:
            # Those named one by one go together, until a country is named with them.
            waiting = carried.programmes if carried.programme_waits else []
            carried.programmes, carried.programme_waits = [*waiting, *scene.programmes][-MOST_CARRIED:], not paired
        elif here:
            carried.programme_waits = False
    if passage.is_question:
        telling.asked_of = [each for sentence in passage.sentences for each in _engaged(telling, sentence)]
        telling.asked_of = telling.asked_of[:MOST_CARRIED]
    elif is_caption:
        telling.carried = before
    else:
        # Into the next paragraph only those are carried with which this one has named no country.
        carried.programmes = [each for each in carried.programmes if passage.span.holds(each.span)]
        carried.programme_waits, carried.was_paired = False, bool(carried.countries)


def _read_sentence(telling: Telling, passage: Passage, scene: Scene, here: list[Judged], names_any: bool) -> bool:
    """Pair the countries and programmes of a sentence with each other, or with what was named before.

    Says whether its programmes have been paired.
    """
    carried = telling.carried
    is_done = not NOT_DONE.search(telling.reading.plain, scene.sentence.span.start, scene.sentence.span.end)
    if here and scene.programmes:
        reason = "caption" if passage.setting is Setting.CAPTION else "same-sentence"
        for country, programme in together(telling.reading.plain, scene.sentence.span, here, scene.programmes):
            _gather(telling, country, programme, scene, reason)
        return True
    if (
        here
        and is_done
        and carried.programmes
        and not passage.is_question
        and _takes_up(telling, passage, scene.sentence)
    ):
        for country in here:
            for programme in carried.programmes:
                _gather(telling, country, programme, scene, "same-paragraph")
    elif scene.programmes and is_done and not names_any and carried.countries:
        dated = scene if scene.has_time else replace(scene, years=carried.years)
        for country in carried.countries:
            for programme in scene.programmes:
                _gather(telling, country, programme, dated, "same-paragraph")
        return True
    elif scene.programmes and not names_any and scene.cues and not passage.is_question:
        for country, reason in _from_afar(telling, passage, scene):
            for programme in scene.programmes:
                _gather(telling, country, programme, scene, reason)
    elif here and not passage.has_programme and not passage.is_question and passage.setting is not Setting.HEAD:
        for country in here:
            if TELLING & set(scene.cues) and _is_told(country):
                _gather_without(telling, country, scene)
    return False


def _is_told(country: Judged) -> bool:
    """Whether it is sure enough that a sentence tells of work in a country to make a piece of work of it alone."""
    return country.role is Role.ENGAGEMENT and country.margin >= 1 and country.mention.form is not Form.IN_NAME


def _takes_up(telling: Telling, passage: Passage, sentence: Sentence) -> bool:
    """Whether a sentence goes on speaking of the programmes named before, in this paragraph or the one before it.

    Those of the paragraph before that have had their country must be taken up expressly: “these tools”, “the same”.
    """
    carried = telling.carried
    if carried.programme_waits:
        return True
    is_new = not passage.span.holds(carried.programmes[-1].span)
    if is_new and passage.has_programme:
        return False
    taking = {"question", "again"} if is_new and carried.was_paired else {"programme", "question", "again"}
    return any(hit.cue.reason in taking for hit in _cues(telling.reading, sentence, "reference"))


def _from_afar(telling: Telling, passage: Passage, scene: Scene) -> list[tuple[Judged, str]]:
    """The country of a programme in a paragraph that names none: that of the question, the answer or the office."""
    is_dated_example = passage.setting is Setting.GENERAL and scene.years
    if passage.setting in (Setting.BACKGROUND, Setting.GENERAL, Setting.HEAD) and not is_dated_example:
        return []
    span = scene.sentence.span
    if NOT_DONE.search(telling.reading.plain, span.start, span.end):
        return []
    if any(each.key in telling.paired for each in scene.programmes):
        return []
    if telling.asked_of:
        return [(country, "in-question") for country in telling.asked_of]
    if len(telling.answered_of) == 1:
        return [(country, "in-answer") for country in telling.answered_of.values()]
    return [(country, "duty-station") for country in telling.home]


def _cues(reading: Reading, sentence: Sentence, family: str) -> list[Hit]:
    span = sentence.span
    return list(hits(reading.plain, reading.interview.language, (family,), span.start, span.end))


def _gather(telling: Telling, country: Judged, programme: Mention | None, scene: Scene, reason: str) -> None:
    key = programme.key if programme else ""
    telling.paired.add(key)
    draft = telling.drafts.setdefault((country.mention.key, key), Draft())
    if draft.sentence != scene.sentence.span:
        draft.add(scene.sentence, scene.cues, scene.staff_roles, scene.years)
    draft.reasons.update(dict.fromkeys([reason, country.reason]))
    draft.margin = max(draft.margin, country.margin)
    draft.evidence[Evidence(country.mention.span, country.sentence.span)] = None
    if programme:
        draft.evidence[Evidence(programme.span, programme.sentence)] = None


def _gather_without(telling: Telling, country: Judged, scene: Scene) -> None:
    """Work for which no programme is named is that of the programme of the answer, else of the person's post."""
    if spoken_of := telling.spoken_of_at.get(scene.sentence.span):
        _gather(telling, country, spoken_of[0], scene, "same-answer")
    elif telling.of_post:
        _gather(telling, country, telling.of_post[0], scene, "programme-of-post")
    else:
        _gather(telling, country, None, scene, "no-programme")


def _add_countries_without(telling: Telling, judged: list[Judged]) -> None:
    """A country of work for which nothing stood together has an engagement, too."""
    done = {country for country, _ in telling.drafts}
    for each in judged:
        if each.role is Role.ENGAGEMENT and each.mention.key not in done:
            _gather_without(telling, each, _scene(telling.reading, each.sentence))
