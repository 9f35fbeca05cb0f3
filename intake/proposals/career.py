"""Courses of study and posts held, from the answer on the background or from a narrative."""

import re
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

from intake.findings import Evidence, Form, MentionKind, ProposedStep, Role, Span
from intake.gazetteers.organisations import head_kind
from intake.proposals.cues import folded
from intake.proposals.passages import ILO, Reading, Sentence, Setting
from intake.proposals.roles import Judged

FILE = Path(__file__).with_suffix(".toml")
TOLD_IN = (Setting.BACKGROUND, Setting.NARRATIVE, Setting.UNKNOWN)
# Where the title of a post or degree ends.
TITLE_ENDS = re.compile(
    r"""[,.;:()\n—–]
      | \s(?i:from|at|with|where|when|who|which|after|before|until|while|since|between|because
        |and\ (?:then|an?|my|i|the|later|worked|was|am)
        |en\ (?:la|el|los|las)|del|de\ la\ universidad|donde|cuando|hasta|desde|entre|con|por\ la
        |y\ (?:luego|una?|despues|trabaje)
        |de\ l'(?:universite|ecole|institut)|a\ l'|au|aux|chez|du|ou|quand|depuis|avec|et\ (?:une?|j'ai|puis))(?!\w)
      | \s(?:in|en|a|at|to)\ (?:the\ )?(?=\d{4})""",
    re.VERBOSE,
)
TRAILING = re.compile(
    r"[\s\W]*(?:\s(?:and|y|e|et|of|de|del|du|des|the|la|el|in|en|a|au|aux|for|at|to|with|l|d)'?)*\s*$"
)
LEFT_WORD = re.compile(r"([\w'’&/-]+)\s$")
STOP_LEFT = frozenset(
    re.findall(
        r"\S+",
        """a an the as my his her their i was am is were became been have had completed did got holds held
        obtained received
        earned hold has with and or of in to finished doing two both
        un una el la mi su soy fui era como tengo obtuve hice tiene con y o de en otra
        une le les l mon ma sa son comme j'ai obtenu fait ai suis ete et ou d un d'un d'une titulaire j'etais
        etais""",
    )
)
LONGEST_TITLE = 110


def propose_career(reading: Reading, judged: list[Judged]) -> tuple[tuple[ProposedStep, ...], tuple[ProposedStep, ...]]:
    """Education and positions, in the order of the text, the present post last."""
    education, positions = [], []
    by_sentence: dict[Span, list[Judged]] = {}
    for each in judged:
        by_sentence.setdefault(each.sentence.span, []).append(each)
    for passage in reading.passages:
        if passage.setting not in TOLD_IN or passage.is_question:
            continue
        for sentence in passage.sentences:
            here = by_sentence.get(sentence.span, [])
            education += _steps(reading, sentence, here, "degrees")
            positions += _steps(reading, sentence, here, "posts")
    present = _present(reading, judged)
    if present:
        told = [step for step in positions if _is_same_post(step, present)]
        before = _once([step for step in positions if step not in told])
        return _once(education), (*before, _completed(present, told))
    return _once(education), _once(positions)


def _steps(reading: Reading, sentence: Sentence, here: list[Judged], what: str) -> list[ProposedStep]:
    """The degrees or posts of a sentence; what follows each up to the next belongs to it."""
    start, end = sentence.span.start, sentence.span.end
    heads = list(_pattern(what).finditer(reading.plain, start, end))
    places: list[Span] = []
    named = (MentionKind.COUNTRY, MentionKind.ORGANISATION, MentionKind.REGION)
    names = [each.span.start for each in sentence.mentions if each.kind in named]
    for match in heads:
        if places and match.start() < places[-1].end:
            continue
        places.append(_title(reading, names, match.start("head"), match.end("head"), start, end))
    steps = []
    for number, place in enumerate(places):
        following = places[number + 1].start if number + 1 < len(places) else end
        own = Span(start if number == 0 else place.start, following)
        organisation = _organisation(reading, sentence, place, own, what)
        years = _years(sentence, own, number == len(places) - 1)
        roles = {Role.STUDIED} if what == "degrees" else {Role.WORKED, Role.ENGAGEMENT}
        within = [each.mention for each in here if each.role in roles and own.holds(each.mention.span)]
        after = [each for each in within if each.span.start >= place.start]
        countries = tuple(dict.fromkeys(each.key for each in after or within))
        title = place.of(reading.article.text)
        evidence = (Evidence(place, sentence.span),)
        steps.append(ProposedStep(_written(title), organisation, countries, *years, evidence))
    return steps


def _written(title: str) -> str:
    title = " ".join(title.split())
    return title[:1].upper() + title[1:]


def _title(reading: Reading, names: list[int], start: int, end: int, first: int, last: int) -> Span:
    """The title around its head word: adjectives before it, what it is in after it."""
    plain = reading.plain
    for _ in range(4):
        word = LEFT_WORD.search(plain, max(first, start - 40), start)
        if not word or word.group(1) in STOP_LEFT or word.start(1) < first:
            break
        start = word.start(1)
    stop = TITLE_ENDS.search(_with_capitals(reading, end, min(last, end + LONGEST_TITLE)))
    length = stop.start() if stop else min(last, end + LONGEST_TITLE) - end
    length = min([length, *(place - end for place in names if place >= end)])
    title = TRAILING.sub("", plain[start : end + length])
    return Span(start, start + len(title))


def _with_capitals(reading: Reading, start: int, end: int) -> str:
    """The text without accents, but with its capitals, which tell names."""
    text, plain = reading.article.text[start:end], reading.plain[start:end]
    return "".join(letter.upper() if own.isupper() else letter for own, letter in zip(text, plain, strict=True))


def _organisation(reading: Reading, sentence: Sentence, place: Span, own: Span, what: str) -> str:
    organisations = [each for each in sentence.of_kind(MentionKind.ORGANISATION) if own.holds(each.span)]
    if what == "degrees":
        organisations = [each for each in organisations if head_kind(each.key) == "university"]
        return organisations[0].key if organisations else ""
    after = next((each for each in organisations if each.span.start >= place.start), None)
    chosen = after or (organisations[-1] if organisations else None)
    if chosen:
        return chosen.key
    return "ILO" if ILO.search(reading.plain, place.end, own.end) else ""


def _years(sentence: Sentence, own: Span, is_last: bool) -> tuple[int | None, int | None]:
    times = [
        each.years
        for each in sentence.of_kind(MentionKind.TIME)
        if own.holds(each.span) and each.years != (None, None) and each.form is not Form.IN_NAME
    ]
    return times[0] if times else (None, None)


def _present(reading: Reading, judged: list[Judged]) -> ProposedStep | None:
    """The post that the title names."""
    post = reading.interview.post_title
    if not post:
        return None
    office = reading.interview.office
    in_head = [
        each.mention.key
        for each in judged
        if reading.passages[each.passage].setting is Setting.HEAD and each.role in (Role.ENGAGEMENT, Role.WORKED)
    ]
    evidence = (Evidence(post.span, post.span),)
    return ProposedStep(post.value, office.value if office else "", tuple(dict.fromkeys(in_head)), None, None, evidence)


def _is_same_post(told: ProposedStep, present: ProposedStep) -> bool:
    """Whether an answer tells of the present post, perhaps with where it is held: “Savings Officer in the ILO”."""
    has_ended = told.to_year is not None and told.to_year != told.from_year
    title = re.escape(folded(present.title))
    return not has_ended and bool(re.fullmatch(rf"{title}(?: (?:in|at|with|en|de|del|au|a) .*)?", folded(told.title)))


def _completed(present: ProposedStep, told: list[ProposedStep]) -> ProposedStep:
    """The present post with the years, the country and the sentences of the answers that tell of it."""
    dated = next((step for step in told if step.from_year), present)
    return replace(
        present,
        countries=present.countries or next((step.countries for step in told if step.countries), ()),
        from_year=dated.from_year,
        to_year=None,
        evidence=(*present.evidence, *(each for step in told for each in step.evidence)),
    )


def _once(steps: list[ProposedStep]) -> tuple[ProposedStep, ...]:
    seen: dict[tuple[str, str], ProposedStep] = {}
    for step in steps:
        seen.setdefault((folded(step.title), step.organisation), step)
    return tuple(seen.values())


@cache
def _pattern(what: str) -> re.Pattern[str]:
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    heads = _either(data[what])
    if what == "degrees":
        return re.compile(rf"(?<!\w)(?P<head>{heads})(?!\w)")
    return re.compile(
        rf"(?<!\w)(?:{_either(data['holding'])})\s(?:(?!as\s)[\w'&/-]{{1,30}}\s){{0,4}}?(?P<head>{heads})(?!\w)"
    )


def _either(words: list[str]) -> str:
    ordered = sorted((folded(word) for word in words), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s").replace(r"\*", r"[\w']*") for word in ordered)
