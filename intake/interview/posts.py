"""Reads “Housing Officer at ILO Office for the Isles, Savings Unit” as a post, an office and a unit."""

import re
from dataclasses import dataclass
from functools import cache

from babel import Locale

from intake.blocks import trimmed
from intake.findings import Span
from intake.interview.words import LANGUAGES, common, common_set

WORD = re.compile(r"[^\W_]+(?:[-&][^\W_]+)*")
PARENTHESIS = re.compile(r"\([^()]{0,200}\)")
LONGEST = 300
LONG_ENOUGH = 40
LINKING = frozenset(("of", "the", "and", "for", "in", "de", "la", "y", "et", "des", "du"))
OF_SOMETHING = frozenset(("of the", "del", "de la", "de l'", "de l’", "du"))
FOR_SOMETHING = frozenset(("for", "for the", "para la", "para el", "pour le", "pour la", "pour l'", "pour l’"))
PROJECT = re.compile(r"\b(?:Project|Programme|Program|Proyecto|Programa|Projet)\b")
IN_THE = re.compile(r"\s(?:in|en|dans)\s(?:the|el|la|le|l['’]\s?)\s?(?=[a-zà-ÿ])")
OF = re.compile("|".join(map(re.escape, sorted(common("of"), key=len, reverse=True))))
ILO = (
    r"(?:ILO|OIT|BIT|International Labour Organi[sz]ation|Organización Internacional del Trabajo"
    r"|Organisation internationale du [Tt]ravail)\b"
)
OF_ILO = re.compile(rf"\s+(?:of|at|in|de|du|en|à)\s+(?:the\s+|la\s+|l['’]\s?)?{ILO}(?:\s\((?:ILO|OIT|BIT)\))?\Z")


@dataclass(frozen=True, slots=True)
class Post:
    """The places of a post, of the office or organisation, and of the unit within it."""

    post: Span | None = None
    office: Span | None = None
    unit: Span | None = None


def words_of(text: str) -> list[str]:
    return WORD.findall(text.lower())


def has_post(text: str) -> bool:
    return not common_set("posts").isdisjoint(words_of(text)) or "focal point" in text.lower()


def _names_ilo(text: str) -> bool:
    found = set(words_of(text))
    lowered = text.lower()
    return any(word in found or ((" " in word or "-" in word) and word in lowered) for word in common("ilo"))


def _names_office(text: str) -> bool:
    found = set(words_of(text))
    lowered = text.lower()
    return any(word in found or (" " in word and word in lowered) for word in common("offices"))


def _names_unit(text: str) -> bool:
    return any(word[0].isupper() and word.lower() in common_set("units") for word in WORD.findall(text))


def _names_organisation(text: str) -> bool:
    """An organisation is named by a word such as “Ministry”, or is an acronym."""
    proper = [word for word in WORD.findall(text) if word[0].isupper()]
    if proper and proper[-1].lower() in ("cooperative", "co-operative") and len(proper) > 1:
        return True
    return any(word.lower() in common_set("organisations") for word in proper) or any(
        len(word) >= 3 and word.isupper() for word in proper
    )


def read_post(text: str, start: int, end: int) -> Post:
    """The post, office and unit in a place of the text that tells nothing else, perhaps with fillers (“the new …”)."""
    span = _bare(text, start, min(end, start + LONGEST))
    segments = _segments(text, span)
    kinds = [_kind(segment.of(text)) for segment in segments]
    if "post" not in kinds:
        # Only where the person works: “ILO Country Office for the Isles in Torshavn”.
        named = [segment for segment, kind in zip(segments, kinds, strict=True) if kind in ("office", "organisation")]
        return Post(office=Span(named[0].start, span.end)) if named and named[0] == segments[0] else Post()
    head = kinds.index("post")
    last, office, unit = head, None, None
    for index in range(head + 1, len(segments)):
        kind = kinds[index]
        if kind in ("office", "organisation"):
            office = Span(segments[index].start, span.end if "post" not in kinds[index:] else segments[index].end)
            break
        if kind == "unit":
            unit = unit or segments[index]
        elif unit is None and not (index == len(segments) - 1 and _is_place(segments[index].of(text))):
            last = index
    post = Span(segments[head].start, segments[last].end)
    if head and kinds[0] in ("office", "organisation"):
        office = segments[0]
    several = sum(kind == "post" for kind in kinds) > 1
    if not several:
        post = _first_of_two(text, post)
    return _refined(text, post, office, unit, several)


def _bare(text: str, start: int, end: int) -> Span:
    """Without punctuation and fillers around."""
    span = trimmed(text, start, end)
    start, end = span.start, span.end
    while start < end and text[start] in " ,–—:-|(\n\t\xa0":
        start += 1
    while end > start and (
        text[end - 1] in " .,;:–—|\n\t\xa0" or (text[end - 1] == ")" and "(" not in text[start:end])
    ):
        end -= 1
    while (
        word := re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*['’]?\s*").match(text, start, end)
    ) and word.group().strip().lower() in (common_set("post_fillers")):
        start = word.end()
    return Span(start, end)


def _segments(text: str, span: Span) -> list[Span]:
    """What stands between commas outside brackets, and before “ – ILO …”."""
    masked = PARENTHESIS.sub(lambda found: "x" * len(found.group()), span.of(text))
    found, at = [], 0
    for comma in re.finditer(r",\s|\s\|\s|\s[–—-]\s(?=(?:ILO|OIT|BIT)\b)", masked):
        found.append(trimmed(text, span.start + at, span.start + comma.start()))
        at = comma.end()
    found.append(trimmed(text, span.start + at, span.end))
    return [part for part in found if part.end > part.start] or [span]


@cache
def _territories() -> frozenset[str]:
    """Names of countries by CLDR."""
    return frozenset(name.casefold() for locale in LANGUAGES for name in Locale.parse(locale).territories.values())


def _is_place(segment: str) -> bool:
    """A country, or a single name such as that of a city."""
    single = segment.isalpha() and segment.istitle() and segment.lower() not in common_set("not_names")
    return single or segment.casefold() in _territories()


def _kind(segment: str) -> str:
    if has_post(segment):
        return "post"
    if _names_ilo(segment) or _names_office(segment):
        return "office"
    if _names_unit(segment):
        return "unit"
    return "organisation" if _names_organisation(segment) else "other"


def _refined(text: str, post: Span, office: Span | None, unit: Span | None, several: bool) -> Post:
    """Takes the office and the unit out of the post itself."""
    if not several and (cut := _cut(text, post, office is not None)):
        place = _bare(text, cut[1], post.end)
        post = trimmed(text, post.start, cut[0])
        if _names_unit(place.of(text)) and not _names_office(place.of(text)):
            within = re.compile(rf"\s+(?:of|de|du)\s+(?:the\s+|la\s+|l['’])?(?={ILO})").search(
                text, place.start, place.end
            )
            unit = unit or Span(place.start, within.start() if within else place.end)
            office = office or (Span(within.end(), place.end) if within else None)
        else:
            office = office or place
    if not several and (split := _organisation_first(text, post)):
        office, post = office or split[0], split[1]
    first = _segments(text, post)[0]
    if of := _after_of(text, first if several else post):
        before, place = of
        if _names_ilo(place.of(text)) or _names_office(place.of(text)) or _names_unit(place.of(text)):
            if unit is None and _names_unit(place.of(text)):
                unit = place
            office = (
                office
                if office and not several
                else (place if _names_office(place.of(text)) else _ilo_in(text, place)) or office
            )
            post, unit = _without_ilo(text, post), unit and _without_ilo(text, unit)
        elif _names_organisation(place.of(text)):
            office = place if several else office or place
            if not several:
                post = before
    if office and (turn := IN_THE.search(text, office.start, office.end)):
        office = Span(office.start, turn.start())
    return Post(post, office, unit)


def _cut(text: str, post: Span, elsewhere: bool) -> tuple[int, int] | None:
    """Where “ at the ” or the like leads from the post to where it is held: its start and its end."""
    lowered = text[post.start : post.end].lower()
    prepositions = re.compile("|".join(map(re.escape, sorted(common("at"), key=len, reverse=True))))
    found = list(prepositions.finditer(lowered))
    for number, match in enumerate(found):
        start, end = post.start + match.start(), post.start + match.end()
        until = post.start + found[number + 1].start() if number + 1 < len(found) else post.end
        place, before = text[end:until], text[post.start : start]
        if not has_post(before):
            continue
        if match.group() in (" at ", " at the ", " with the "):
            if place[:1].isupper():
                return start, end
        elif match.group().strip() in OF_SOMETHING:
            further = elsewhere or any(other.group().startswith(" at ") for other in found[number + 1 :])
            if further and PROJECT.search(place) and place[:1].isupper():
                return start, end
            opening = " ".join(place.split()[:3])
            if (
                _names_office(opening) or (_names_unit(opening) and "trabajo decente" in place.lower())
            ) and not _is_bare(before):
                return start, end
        elif match.group().strip() in FOR_SOMETHING:
            if place[:1].isupper() and (_names_ilo(place) or _names_unit(place)):
                return start, end
        elif place[:1].isupper() and (
            _names_ilo(place)
            or _names_office(place)
            or _names_unit(place)
            or (_names_organisation(place) and match.group() not in (" en ", " in "))
        ):
            return start, end
    return None


def _is_bare(post: str) -> bool:
    """A post of nothing but its noun and words such as “regional”."""
    return all(word in common_set("posts") or word in common_set("post_modifiers") for word in words_of(post))


def _organisation_first(text: str, post: Span) -> tuple[Span, Span] | None:
    """“ILO Senior Officer”, “International Alliance Africa Regional Director”: the organisation and the post."""
    found = list(WORD.finditer(text, post.start, post.end))
    if not found:
        return None
    first = found[0].group()
    if first in ("ILO", "OIT", "BIT") and len(found) > 1:
        return Span(found[0].start(), found[0].end()), trimmed(text, found[0].end(), post.end)
    if found[-1].group().lower() not in common_set("posts") or any(
        word.group().islower() and word.group() not in LINKING for word in found
    ):
        return None
    at = len(found) - 1
    while at and found[at - 1].group().lower() in common_set("post_modifiers") | common_set("posts") - {"member"}:
        at -= 1
    if not any(word.group() in LINKING for word in found[:at]):
        # The name of an organisation ends with its kind: “Cooperative Education” is a subject, and its officer has it.
        while at and not _names_organisation(found[at - 1].group()):
            at -= 1
    organisation = trimmed(text, post.start, found[at].start())
    if (
        at
        and _names_organisation(organisation.of(text))
        and (len(organisation.of(text).split()) > 1 or organisation.of(text).isupper())
    ):
        return organisation, Span(found[at].start(), post.end)
    return None


def _after_of(text: str, post: Span) -> tuple[Span, Span] | None:
    """The post before an “of” and what it is of: after a bare post noun, or before an organisation."""
    lowered = text[post.start : post.end].lower()
    for match in OF.finditer(lowered):
        before = trimmed(text, post.start, post.start + match.start())
        place = trimmed(text, post.start + match.end(), post.end)
        if not place.of(text)[:1].isupper():
            continue
        if _is_bare(before.of(text)):
            return before, place
        opening = " ".join(place.of(text).split()[:2])
        if has_post(before.of(text)) and (_names_organisation(opening) or _names_ilo(opening)):
            return before, place
    return None


def _without_ilo(text: str, span: Span) -> Span:
    """Without “of the ILO” at the end."""
    found = OF_ILO.search(text, span.start, span.end)
    return Span(span.start, found.start()) if found and _names_unit(text[span.start : found.start()]) else span


def _first_of_two(text: str, post: Span) -> Span:
    """The first of two posts that an “and” joins, where the first is long enough to be a whole."""
    for found in re.compile(r"\s(?:and|y|et|e)\s(?=([^\W\d_]+))").finditer(text, post.start, post.end):
        if found[1].lower() in common_set("posts") and found.start() - post.start >= LONG_ENOUGH:
            return Span(post.start, found.start())
    return post


def _ilo_in(text: str, place: Span) -> Span | None:
    found = re.compile(rf"\b{ILO}(?:\s(?:in|en|à|au|for|para|pour)\s[^,()]{{1,80}})?").search(
        text, place.start, place.end
    )
    return Span(found.start(), found.end()) if found else None
