"""Who is interviewed, and in which post: from the title, the introduction, the captions and the first words."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from intake.findings import Finding, Span
from intake.interview.names import Name, names_in, same_name
from intake.interview.posts import Post, has_post, read_post
from intake.interview.words import common, common_set

WORD = re.compile(r"[^\W\d_]+")
VOCABULARY_OF = 60_000
BODY_READ = 2500
FEWEST_POINTS = 3.0
WITH = re.compile(
    r"(?:\b(?:with|con|avec|to|interview(?:s|ed)|meets?|features|presents|introduces|welcomes?|joined by|says|by"
    r"|habla|conversa|entrevista a|entrevistamos a|dice|por|preguntas (?:a|para)"
    r"|entretien de|interview de|rencontre|questions à|questions? (?:for|to))|[:—–-])\s+\Z",
    re.IGNORECASE,
)
SPEAKS = re.compile(
    r",?\s++(?:speaks|talks|tells|shares|reflects|discusses|explains|describes|looks|answers|has|is|was|habla|cuenta|comparte|explica|nos|es|ha"
    r"|parle|raconte|partage|explique|revient|répond|est|était|sobre|on|about|sur|joined|works|who|que|quien|qui)\b",
    re.IGNORECASE,
)
AFTER = re.compile(r"\s*(?:[,(:–—|]|\s-\s)\s*")
I_AM = re.compile(
    r"\b(?:I\s+(?:am|have\s+been|work\s+as|currently\s+(?:work\s+as|serve\s+as)|serve\s+as|am\s+currently)|I['’]m|I\s+am\s+now|[Ss]oy|[Tt]rabajo\s+como|[Mm]e\s+desempeño\s+como|[Jj]e\s+suis|[Jj]e\s+travaille\s+comme"
    r"|(?:She|He|Ella|Él|Elle|Il)\s+(?:is|works\s+as|es|trabaja\s+como|est))\s+"
)


# “… joined the ILO office in Suva as a national officer”.
JOINED_AS = re.compile(
    r"\b(?:ILO|OIT|BIT)\b[^.;!?]{0,120}?\s(?:as|como|comme|en tant que)\s+(?:an?\s+|the\s+|una?\s+|une?\s+)?"
)


@dataclass
class Candidate:
    """A name and what speaks for it. `posts` are what the article says after the name, the best place first."""

    name: Name
    points: float = 0
    honorific: str = ""
    posts: list[tuple[float, Post]] = field(default_factory=list)
    alone: bool = False


@dataclass(frozen=True)
class Person:
    name: Finding | None = None
    honorific: str = ""
    others: tuple[Finding, ...] = ()
    post: Finding | None = None
    office: Finding | None = None
    unit: Finding | None = None

    @property
    def all(self) -> tuple[Finding, ...]:
        """The names of the person and of the others."""
        return (self.name, *self.others) if self.name else ()


@dataclass(frozen=True)
class Places:
    """Where the article may name the person."""

    title: Span | None
    introduction: tuple[Span, ...]
    captions: tuple[Span, ...]
    body: tuple[Span, ...]
    speakers: tuple[Span, ...] = ()
    post_line: Span | None = None


def find_person(text: str, places: Places) -> Person:
    candidates = _candidates(text, places)
    ranked = sorted(candidates, key=lambda one: (-one.points, one.name.start))
    if not ranked or ranked[0].points < FEWEST_POINTS:
        return Person()
    chosen = ranked[0]
    for one in ranked[1:]:
        if (
            places.title
            and one.name.start < chosen.name.start
            and places.title.holds(Span(one.name.start, chosen.name.end))
            and _joins(text, one.name, chosen.name)
        ):
            one.posts.extend(chosen.posts)
            chosen = one
    post = _post(text, places, chosen)
    return Person(
        name=Finding(chosen.name.text, Span(chosen.name.start, chosen.name.end)),
        honorific=chosen.honorific,
        others=tuple(
            Finding(one.name.text, Span(one.name.start, one.name.end)) for one in _others(text, places, ranked, chosen)
        ),
        post=_finding(text, post.post),
        office=_finding(text, post.office),
        unit=_finding(text, post.unit),
    )


def _finding(text: str, span: Span | None) -> Finding | None:
    return Finding(" ".join(span.of(text).split()), span) if span and span.end > span.start else None


def _candidates(text: str, places: Places) -> list[Candidate]:
    """Every name in the places that may name the person, with points added up over all its forms."""
    vocabulary = {word for word in WORD.findall(text[:VOCABULARY_OF]) if word.islower()}
    found: list[Candidate] = []
    if places.title:
        _collect(text, places.title, found, _title_points)
    for span in places.introduction:
        _collect(text, span, found, _introduction_points)
    for span in places.captions:
        _collect(text, span, found, _caption_points)
    for span in places.speakers:
        _collect(text, span, found, lambda *_: 5.0)
    read = 0
    for span in places.body:
        if read < BODY_READ:
            _collect(text, Span(span.start, min(span.end, span.start + BODY_READ)), found, _body_points)
        read += span.end - span.start
    for candidate in found:
        parts = [part.strip(".").lower() for part in candidate.name.text.replace("-", " ").split()]
        candidate.points -= 1.5 * sum(part in vocabulary and part not in common_set("particles") for part in parts)
    return found


Points = Callable[[str, Name, Span, Post], float]


def _collect(text: str, span: Span, found: list[Candidate], points: Points) -> None:
    """Adds the names in a place, each with the points that it has there, to those found before."""
    for inner in names_in(span.of(text)):
        name = Name(inner.text, span.start + inner.start, span.start + inner.end, inner.honorific)
        post = _post_after(text, name, span)
        if points is _title_points and not post.post and has_post(text[span.start : name.start]):
            post = _post_before(text, name, span) or post
        score = points(text, name, span, post)
        candidate = next((known for known in found if _same(known.name.text, name.text)), None)
        if candidate is None:
            candidate = Candidate(name)
            found.append(candidate)
        elif len(name.text.split()) > len(candidate.name.text.split()) and not candidate.alone:
            candidate.name = name
        candidate.points += score
        candidate.honorific = candidate.honorific or name.honorific
        candidate.alone = candidate.alone or score >= 4
        if post.post or post.office:
            candidate.posts.append((score, post))


def _same(one: str, other: str) -> bool:
    """Do two names name the same person? One may lack a part of the other."""
    first, second = one.casefold().split(), other.casefold().split()
    shorter, longer = sorted((first, second), key=len)
    return set(shorter) <= set(longer) and (len(shorter) > 1 or shorter[0] in (longer[0], longer[-1]))


def _post_after(text: str, name: Name, span: Span) -> Post:
    """The post that follows a name after a comma, a dash or a bracket."""
    after = AFTER.match(text, name.end, span.end)
    if not after:
        return Post()
    opening = after.group().strip()
    rest = text[after.end() : span.end]
    if opening.startswith("(") and ")" in rest:
        end = rest.index(")")
    elif opening[:1] in "—–" and (closing := re.search(r"\s?[—–]", rest)):
        end = closing.start()
    else:
        end = _clause(rest, prose=text[span.start : span.end].rstrip().endswith("."))
    if not (has_post(rest[:end]) or rest[:1].isupper()):
        return Post()
    return read_post(text, after.end(), after.end() + end)


def _post_before(text: str, name: Name, span: Span) -> Post | None:
    """“Regional Specialist Ana Ruiz”: the post that stands before a name."""
    before = text[span.start : name.start]
    if any(word in before.lower() for word in common("interview")) or any(sign in before for sign in ',:”»"'):
        return None
    return read_post(text, span.start, name.start - (len(name.honorific) + 1 if name.honorific else 0))


VERB = re.compile(
    r",?\s++(?:speaks?|talks?|tells?|shares?|reflects?|discusses|explains?|describes?|looks?|answers?|says?|joins?"
    r"|was|is|has|who|whom|to (?:talk|speak|discuss|learn|hear)|about (?:his|her|their|the)"
    r"|habla|nos|cuenta|comparte|conversa|habla|dialoga|explica|quien|que|para (?:hablar|conversar)|era|es|ha|sobre"
    r"|parle|raconte|partage|explique|revient|répond|qui|était|est|a|pour (?:parler|évoquer))\b"
)


def _clause(rest: str, prose: bool = True) -> int:
    """Where the words about a person end and the sentence goes on with a verb."""
    stop = re.search(r"[.;!?](?:\s|\Z)|:\s|\s[—–]", rest)
    end = stop.start() if stop else len(rest)
    if verb := VERB.search(rest, 0, end):
        end = verb.start()
    for comma in re.finditer(r",\s+([^\W\d_]+)", rest[:end]) if prose else ():
        if comma[1].islower() and not has_post(rest[comma.end(1) - len(comma[1]) : end][:60]):
            return comma.start()
    return end


def _title_points(text: str, name: Name, span: Span, post: Post) -> float:
    before, after = text[span.start : name.start].strip(), text[name.end : span.end].strip()
    bare = " ".join(word for word in before.split() if word.lower() not in common_set("honorifics"))
    score = 2.0
    if not bare:
        score += 2
    if not bare and not after:
        score += 3
    if any(word in bare.lower() for word in common("interview")) and WITH.search(bare + " "):
        score += 4
    elif WITH.search(bare + " "):
        score += 1
    if name.honorific:
        score += 2
    if post.post or post.office:
        score += 4
    elif re.match(r":|on\b|sobre\b|sur\b|\(", after):
        score += 1
    return score


def _introduction_points(text: str, name: Name, span: Span, post: Post) -> float:
    before = text[max(span.start, name.start - 30) : name.start]
    for honorific in name.honorific.split():
        before = before.replace(honorific, "")
    score = 1.0 + (2 if name.honorific else 0)
    score += 3 if post.post else 0
    score += 2 if WITH.search(before.rstrip() + " ") else 0
    score += 1 if SPEAKS.match(text, name.end, span.end) else 0
    return score


def _caption_points(text: str, name: Name, span: Span, post: Post) -> float:
    if same_name(span.of(text), name.text):
        return 4.0
    if text[span.start : name.start].strip() and not name.honorific:
        return 0.2
    return 4.0 if post.post or post.office else 2.0


def _body_points(text: str, name: Name, span: Span, _: Post) -> float:
    starts = not text[span.start : name.start].replace(name.honorific, "").strip()
    return 0.1 + (2.0 if starts else 0) + (1.5 if starts and name.honorific else 0)


def _others(text: str, places: Places, ranked: list[Candidate], chosen: Candidate) -> list[Candidate]:
    """Further persons: named beside the first in the title, or each under a photo with an honorific."""
    found = []
    for one in ranked:
        if one is chosen:
            continue
        titled = places.title is not None and places.title.holds(Span(one.name.start, one.name.end))
        joined = titled and one.points >= 2 and _joins(text, chosen.name, one.name)
        pictured = one.honorific and any(same_name(span.of(text), one.name.text) for span in places.captions)
        if joined or pictured:
            found.append(one)
    return sorted(found, key=lambda one: one.name.start)


def _joins(text: str, one: Name, other: Name) -> bool:
    """“Ana Ruiz and Tom Lee”: does nothing but an “and” stand between two names?"""
    first, second = sorted((one, other), key=lambda name: name.start)
    between = text[first.end : second.start].lower().replace(",", " ").split()
    return between in ([], ["and"], ["y"], ["e"], ["et"], ["&"]) or (
        len(between) > 1 and between[0] in ("and", "y", "e", "et", "&") and set(between[1:]) <= common_set("honorifics")
    )


def _post(text: str, places: Places, chosen: Candidate) -> Post:
    """The post from the best place that tells one, with the office from wherever it is told."""
    told = [post for _, post in chosen.posts]
    if places.post_line:
        told.insert(0, read_post(text, places.post_line.start, places.post_line.end))
    with_post = next((post for post in told if post.post), None)
    if with_post is None:
        with_post = _opening_post(text, places) or _in_body(text, places, chosen)
    first_office = next((post.office for post in told if post.office), None)
    if with_post is None:
        return Post(office=first_office)
    return Post(with_post.post, with_post.office or first_office, with_post.unit)


def _opening_post(text: str, places: Places) -> Post | None:
    """“The director of the School of Boats talks about …”: a post with which the introduction opens."""
    for span in places.introduction:
        found = re.compile(r"(?:The|La|El|Le|L['’])\s?").match(text, span.start, span.end)
        if not found or not has_post(" ".join(text[found.end() : span.end].split()[:2])):
            continue
        rest = text[found.end() : span.end]
        end = _clause(rest)
        comma = re.search(r",\s", rest[:end])
        post = read_post(text, found.end(), found.end() + (comma.start() if comma else end))
        if post.post:
            return post
    return None


def _in_body(text: str, places: Places, chosen: Candidate) -> Post | None:
    """“I am a project coordinator in …”, “Ms Ruiz is programme manager at …” in the first paragraphs."""
    read = 0
    for span in (*places.introduction, *places.body):
        if read > BODY_READ * 2:
            break
        read += span.end - span.start
        family = re.escape(chosen.name.text.split()[-1])
        named = re.compile(rf"\b{family}\s+(?:is|has been|works as|es|trabaja como|est)\s+")
        for pattern in (I_AM, named, JOINED_AS):
            for found in pattern.finditer(text, span.start, span.end):
                end = found.end() + _clause(text[found.end() : min(span.end, found.end() + 250)])
                first = re.search(r"[,;:]", text[found.end() : end])
                end = found.end() + first.start() if first else end
                if has_post(" ".join(text[found.end() : end].split()[:6])):
                    post = read_post(text, found.end(), end)
                    if post.post:
                        return post
    return None
