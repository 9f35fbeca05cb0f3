"""Organisations in a text: those it defines by an acronym, ministries and others by their head word, and known ones.

A name is the run of words with capitals around a head word (“Confederation”, “Ministerio”), with the small words in it.
In French and Spanish only the first word may have one (“Alliance coopérative internationale (ACI)”): there, the letters
of the acronym say how far back the name reaches.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from intake import sentences
from intake.findings import Article, Interview, Known, Mention, MentionKind, Span
from intake.gazetteers.organisations import gazetteer, head_kind, is_never, is_own
from intake.interview.words import common_set

UPPER = "A-ZÀ-ÖØ-ÞŠŽ"
ACRONYM = re.compile(rf"\(\s?([{UPPER}][\w&/.’'+-]{{1,19}}(?: [{UPPER}][\w&/-]{{1,12}})?)\s?\)")
WORD = re.compile(r"[\w&][\w’'&./-]*")
# The words that may stand in a name without a capital.
SMALL = frozenset(
    re.findall(
        r"\S+",
        """of the for and in on to de del la las los el y e en para por du des le les et aux au à d l & von für
        di do da dos
        das with a""",
    )
)
# Of these, the ones that rather join a name to what is said of it.
PLACING = frozenset(["in", "on", "to", "en", "por", "au", "aux", "a", "with", "for", "para", "pour"])
AND = frozenset(["and", "y", "e", "et", "&"])
# What may have a capital before a name because a sentence begins with it.
BEGINNINGS = frozenset(
    re.findall(
        r"\S+",
        """at our my this that with from by under since when after before both through as nuestra con desde
        tras según notre
        avec dans chez depuis selon""",
    )
)
# A name does not end with one of these, nor begin with one.
LONGEST_NAME = 16
LONGEST_LOOK = 180
SENTENCE = 8  # words, of which captions and lines of a list mostly have fewer
LETTERS = re.compile(r"[^\W\d_]+")
ELISION = re.compile(r"^[ldLD][’']")
NO_ORGANISATIONS = frozenset(["West Bank and Gaza", "West Bank", "Gaza and the West Bank", "Green Bank"])
MINISTRY = re.compile(
    rf"""(?<!\w)(?:
        (?:Ministry|Ministries|Department|Directorate|Secretariat)\ (?:of|for)\ (?:the\ )?
      | (?:Ministerio|Viceministerio|Secretaría|Subsecretaría)\ (?:Nacional\ )?
        (?:de\ la|de\ los|de\ las|del|de)\ (?=[{UPPER}])
      | [Mm]inist[èe]re\ (?:de\ la\ |de\ l[’']|des\ |du\ |de\ |chargé\ des\ |chargé\ de\ l[’'])
      | (?:Government|Kingdom)\ of\ (?:the\ )?(?=[{UPPER}])
      | Gobierno\ (?:de\ la\ |del\ |de\ )(?=[{UPPER}])
      | [Gg]ouvernement\ (?:de\ la\ |de\ l[’']|des\ |du\ |de\ )(?=[{UPPER}])
    )""",
    re.VERBOSE,
)
AGAIN = re.compile(
    r"(?<!\w)(?:[Tt]he\ Ministry|(?:[Ee]l|[Dd]el|[Aa]l)\ Ministerio|(?:[Ll]e|[Dd]u|[Aa]u)\ [Mm]inistère)"
    r"(?!\ (?:of|for|de|du|des|chargé)(?!\w))(?!\w)"
)
HEADS = re.compile(
    r"""(?<!\w)(?:University|Universit[yé]|Universidad|Université|College|Institute|Institut|Instituto|School|Escuela
    |École|Federation|Federación|Fédération|Confederation|Confederación|Confédération|Alliance|Alianza|Union|Unión
    |Unions|Association|Asociación|League|Liga|Ligue|Foundation|Fundación|Fondation|Council|Consejo|Conseil|Chamber
    |Cámara|Chambre|Congress|Corporation|Corporación|Agency|Agencia|Agence|Bank|Banco|Banque|Authority|Autoridad
    |Autorité|Commission|Comisión|Society|Sociedad|Société|Cooperative|Co-operative|Cooperativa|Coopérative|Network
    |Red|Réseau|Centre|Center|Centro|Trust|Volunteer\ Service|Unidad\ Administrativa|Superintendencia|Organization
    |Organisation|Organización|Fund|Fondo|Fonds|Central(?=\ de\ )|Secretariat)(?!\w)""",
    re.VERBOSE,
)
TITLES = frozenset(
    re.findall(
        r"\S+",
        """director president presidente presidenta directora président directrice chief head manager coordinator
        officer specialist secretary mr ms mrs dr prof""",
    )
)


# How sure the rules are, the surest highest.
ACRONYM_ONLY, BY_HEAD, MINISTRY_NAME, DEFINED, KNOWN_NAME = range(1, 6)


@dataclass(frozen=True, slots=True)
class Found:
    """A name in the text. `weight` is that of the rule that found it."""

    span: Span
    name: str
    acronym: str
    weight: int


def find_organisations(
    article: Article, interview: Interview, known: Known, parts: tuple[Span, ...] = ()
) -> tuple[Mention, ...]:
    """The organisations named, without the ILO's own units. `parts` are the sentences, if the caller has them."""
    text = article.text
    parts = (
        parts
        or tuple(part for block in interview.blocks for part in sentences.split(text, block.span))
        or sentences.split(text)
    )
    defined: dict[str, str] = {}
    found: list[Found] = []
    for part in parts:
        for each in [*_defined(text, part), *_ministries(text, part), *_by_head(text, part)]:
            found.append(each)
            if each.acronym:
                defined.setdefault(each.acronym, each.name)
    names = {**gazetteer().acronyms, **{acronym: name for name, acronym in known.organisations.items() if acronym}}
    names |= {acronym: name for acronym, name in defined.items() if acronym not in gazetteer().acronyms}
    found += _known_names(text, parts, known)
    found += _known_acronyms(text, parts, names)
    found = _without_overlaps(found)
    found = _without_broken_off(text, parts[-1] if parts else Span(0, 0), found)
    found = _with_ministries_again(text, parts, found)
    starts = [part.start for part in parts]
    mentions = []
    for each in found:
        name, acronym = _written(each, names)
        if name in NO_ORGANISATIONS or is_own(name, acronym):
            continue
        place = bisect_right(starts, each.span.start) - 1
        sentence = parts[place] if place >= 0 else each.span
        mentions.append(Mention(MentionKind.ORGANISATION, name, each.span, sentence, acronym=acronym))
    return tuple(mentions)


def _written(found: Found, names: dict[str, str]) -> tuple[str, str]:
    """The name and acronym under which an organisation goes, whatever the text calls it here."""
    entry = gazetteer().by_name.get(_plain(found.name)) or gazetteer().by_acronym.get(found.acronym)
    if entry:
        return entry.name, entry.acronym
    return names.get(found.acronym, found.name), found.acronym


def _plain(name: str) -> str:
    return " ".join(name.replace("’", "'").lower().split())


def _words_before(text: str, part: Span, end: int) -> list[re.Match[str]]:
    begin = max(part.start, end - LONGEST_LOOK)
    begin = max(begin, text.rfind(")", begin, end) + 1, text.rfind("(", begin, end) + 1)
    return list(WORD.finditer(text, begin, end))[-LONGEST_NAME:]


def _defined(text: str, part: Span) -> Iterator[Found]:
    """Names with their acronym in brackets: “Viet Nam Cooperative Alliance (VCA)”."""
    for match in ACRONYM.finditer(text, part.start, part.end):
        acronym = match.group(1).strip(".")
        if sum(letter.isupper() for letter in acronym) < 2 or is_never(acronym):
            continue
        words = _words_before(text, part, match.start())
        if not words or text[words[-1].end() : match.start()].strip(' \u00a0,”"»'):
            continue
        start = _by_initials(text, words, acronym)
        if start is None:
            start = _by_capitals(text, words)
        if start is None:
            continue
        name = " ".join(text[start : words[-1].end()].split())
        says_enough = name.isupper() or " " in name or head_kind(name)
        if says_enough and not _is_never_head(name) and len(name) > len(acronym):
            yield Found(Span(start, match.end()), name, acronym, DEFINED)


def _by_initials(text: str, words: list[re.Match[str]], acronym: str) -> int | None:
    """Where the name begins whose words have the acronym's letters, in order, as their first."""
    letters = [_base(letter) for letter in acronym if letter.isalpha() and letter.isupper()]
    initials: list[str] = []
    for word in reversed(words):
        token = ELISION.sub("", word.group())
        initials = [_base(part[0]) for part in LETTERS.findall(token)] + initials
        if token[:1].isupper() and _base(token[0]) == letters[0] and _are_in(letters, initials):
            return word.end() - len(token)
    return None


def _are_in(letters: list[str], initials: list[str]) -> bool:
    rest = iter(initials)
    return all(any(letter == initial for initial in rest) for letter in letters)


def _base(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0].lower()


def _by_capitals(text: str, words: list[re.Match[str]]) -> int | None:
    """Where the run of words with capitals begins that ends here."""
    start = None
    for number in range(len(words) - 1, -1, -1):
        word = words[number]
        token = ELISION.sub("", word.group())
        if number + 1 < len(words) and text[word.end() : words[number + 1].start()].strip(" \u00a0\n-"):
            break
        if token[:1].isupper() and token.lower() not in TITLES:
            if token.lower() in SMALL or token.lower() in BEGINNINGS:
                break
            start = word.end() - len(token)
        elif token.lower() not in SMALL - PLACING:
            break
    return start


def _ministries(text: str, part: Span) -> Iterator[Found]:
    """“Ministry of Agriculture, Forestry and Fisheries”, “Ministerio de Trabajo y Promoción del Empleo”."""
    for match in MINISTRY.finditer(text, part.start, part.end):
        # In French the field need not have a capital: “le ministère de l'agriculture”.
        is_french = "inist" in match.group() and match.group()[1:].startswith(("inistè", "inistere"))
        end = _end_of_field(text, match.end(), part.end, is_french)
        if end is not None:
            name = " ".join(text[match.start() : end].split())
            yield Found(Span(match.start(), end), name[0].upper() + name[1:], "", MINISTRY_NAME)


def _end_of_field(text: str, start: int, stop: int, lower_allowed: bool) -> int | None:
    """Where the list of a ministry's fields ends: words with capitals, joined by commas and small words."""
    end = None
    position = start
    limit = min(stop, start + LONGEST_LOOK)
    for count, word in enumerate(WORD.finditer(text, start, limit)):
        if word.end() == limit < stop:
            break  # it may go on
        gap = text[position : word.start()]
        if count and gap not in (" ", ", ", "\u00a0", "\n"):
            break
        token = word.group().rstrip(".’'")
        core = ELISION.sub("", token)
        if core.lower().startswith("minist"):
            break
        if core[:1].isupper():
            if gap == ", " and not re.match(
                r"(?:, [\w’']+){0,5},? (?:and|y|e|et) [\w’' ]", text[position : position + 140]
            ):
                break
            end = word.start() + len(token)
        elif lower_allowed and count == 0:
            end = word.start() + len(token)
        elif core.lower() not in SMALL or core.lower() in {"in", "on", "to", "a", "en", "with", "por"}:
            break
        position = word.end()
    return end


def _by_head(text: str, part: Span) -> Iterator[Found]:
    """Names with a head word that have at least another word with a capital: “Cooperative University of Kenya”."""
    last = part.start
    for match in HEADS.finditer(text, part.start, part.end):
        if match.start() < last:
            continue
        words = _words_before(text, part, match.end())
        start = _by_capitals(text, words)
        if start is None:
            start = match.start()
        last = end = _end_after(text, match.end(), part.end)
        end = _end_before_post(text, start, end)
        name = " ".join(text[start:end].split()).strip("’'")
        if name.endswith(("’s", "'s")):
            end, name = end - 2, name[:-2]
        capitals = sum(word[:1].isupper() for word in name.split())
        if capitals >= 2 and not _is_never_head(name):
            yield Found(Span(start, end), name, "", BY_HEAD)


def _end_before_post(text: str, start: int, end: int) -> int:
    """Where the name ends if a post follows it, “Uganda Cooperative Alliance Director”; `start` where it names none.

    “Cooperative Education Officer” is a post and no organisation.
    """
    words = list(WORD.finditer(text, start, end))
    if words[-1].group().lower() not in common_set("posts") or not all(word.group()[0].isupper() for word in words):
        return end  # with small words: “Federation of Cooperative Education Officers”
    at = len(words) - 1
    while at and not HEADS.fullmatch(words[at].group()):
        at -= 1
    says_nothing = common_set("posts") | common_set("post_modifiers")
    named = (word.group() for word in words[:at])
    is_name = any(not HEADS.fullmatch(word) and word.lower() not in says_nothing for word in named)
    return words[at].end() if is_name else start


def _end_after(text: str, start: int, stop: int) -> int:
    """Where a name ends that goes on after its head word: “of Kenya”, “Nacional de Colombia”."""
    end = position = start
    small: list[str] = []
    limit = min(stop, start + LONGEST_LOOK)
    for word in WORD.finditer(text, start, limit):
        if word.end() == limit < stop:
            break  # it may go on
        if text[position : word.start()] not in (" ", "\u00a0", "\n"):
            break
        token = word.group().rstrip(".’'")
        core = ELISION.sub("", token)
        if core[:1].isupper():
            if small[:1] and small[0] in AND and (HEADS.match(core) or MINISTRY.match(text, word.start())):
                break
            end, small = word.start() + len(token), []
        elif core.lower() in SMALL - PLACING and len(small) < 2 and not (small and small[0] in AND):
            small.append(core.lower())
        else:
            break
        if word.group().endswith("."):
            break
        position = word.end()
    return end


def _is_never_head(name: str) -> bool:
    words = name.lower().split()
    return bool(words) and (words[0] in gazetteer().never_heads or words[-1] in gazetteer().never_heads)


def _known_names(text: str, parts: Iterable[Span], known: Known) -> Iterator[Found]:
    for match in gazetteer().names_pattern(tuple(known.organisations)).finditer(text):
        if match.group().islower():
            continue  # “fair trade” is not the organisation of that name
        name = gazetteer().names.get(_plain(match.group()), " ".join(match.group().split()))
        yield Found(Span(match.start(), match.end()), name, "", KNOWN_NAME)


def _known_acronyms(text: str, parts: Iterable[Span], names: dict[str, str]) -> Iterator[Found]:
    if not names:
        return
    for match in re.finditer(rf"(?<![\w-])[{UPPER}][\w/-]*[\w](?: (?:ILO|WOMEN|Women))?(?![\w])", text):
        acronym = match.group()
        end = match.end()
        if acronym not in names and " " in acronym:
            acronym, end = acronym.split(" ")[0], match.start() + acronym.index(" ")
        if acronym in names:
            yield Found(Span(match.start(), end), names[acronym], acronym, ACRONYM_ONLY)


def _without_overlaps(found: list[Found]) -> list[Found]:
    """Of names that overlap, the one found by the better rule, then the longer; a name takes over an acronym in it."""
    kept: list[Found] = []
    for each in sorted(found, key=lambda each: (each.span.start, -each.weight, -each.span.end)):
        if not kept or each.span.start >= kept[-1].span.end:
            kept.append(each)
            continue
        last = kept[-1]
        defines = last.weight < DEFINED <= each.weight and each.span.end >= last.span.end
        if defines:
            kept[-1] = each
        elif each.weight == ACRONYM_ONLY and each.span.end >= last.span.end and not last.acronym:
            kept[-1] = Found(last.span, last.name, each.acronym, last.weight)
    return kept


def _without_broken_off(text: str, last: Span, found: list[Found]) -> list[Found]:
    """Without a name in the middle of which the text breaks off: “… with the Ministry of Agric”.

    So it is where the last sentence has no end, and the word in which it ends stands nowhere else.
    """
    end = len(text.rstrip())
    if not found or found[-1].span.end != end or found[-1].weight not in (BY_HEAD, MINISTRY_NAME):
        return found
    before, word = text[: last.start].lower(), found[-1].name.rsplit(None, 1)[-1].lower()
    is_prose = len(last.of(text).split()) >= SENTENCE
    is_word = bool(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", before))
    return found[:-1] if is_prose and not is_word else found


def _with_ministries_again(text: str, parts: Iterable[Span], found: list[Found]) -> list[Found]:
    """“the Ministry” is the one named last before."""
    ministries = [each for each in found if re.match(r"(?:vice)?minist", each.name, re.IGNORECASE)]
    starts = [each.span.start for each in ministries]
    taken = {each.span.start for each in found}
    again = []
    for match in AGAIN.finditer(text):
        last = bisect_right(starts, match.start()) - 1
        if last >= 0 and match.start() not in taken:
            again.append(
                Found(Span(match.start(), match.end()), ministries[last].name, ministries[last].acronym, ACRONYM_ONLY)
            )
    return sorted([*found, *again], key=lambda each: each.span)
