"""Where the sentences of a text begin and end, in English, Spanish and French.

Own rules: the libraries for it either need trained models or are no longer kept and slow on long texts. One set of
rules serves the three languages, since articles mix them.
"""

import re
from bisect import bisect_right

from intake.findings import Span


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A dot after one of these never ends a sentence.
TITLES = _words("""
    mr mrs ms mx messrs dr drs dra dras prof profa pr st ste rev hon gen gral col lt capt gov sen rep sr sra srs sres
    sras srta lic ing arq mtro mtra m dña dna doña ud uds mm mme mlle mgr vs cf e.g i.e eg ie p.ej p.ex ej ex viz ca
    approx aprox env av avda bd tel tél téléf c.-à-d c.à.d
""")
# A dot after one of these ends no sentence where a number follows: “No. 193” but “No. We did not.”
BEFORE_NUMBERS = _words("""
    no nos nr nro núm num n nº art arts p pp pág págs vol fig figs ch chap cap sec par para pár éd ed eds jan feb
    mar apr jun jul aug sep sept oct nov dec ene abr ago dic janv févr avr juil déc
""")
# After these, after initials and after abbreviations with dots inside, only a word that begins sentences ends one.
DOUBTFUL = _words("""
    inc ltd ltda co corp cía cia bros jr dept dpto univ est u.s u.k u.n u.s.a e.u ee.uu ee uu rr hh ph.d ed
    eds jan feb mar apr jun jul aug sep sept oct nov dec ene abr ago dic janv févr avr juil déc
""")
BEGINNERS = _words("""
    the this that these those there then they he she it we you i in on at as after before when while what who how
    why where which since from for with by our my his her their its all many most some such so but and yet however
    also although during today now currently first
    el la los las lo un una unos unas este esta estos estas ese esa eso él ella ellos nosotros yo en al con por para
    desde después cuando como cómo qué quién dónde cuál y pero sin no sí se su sus mi mis también además ahora hoy
    aunque durante
    le les des ce cette ces cet il elle ils elles nous vous je on dans à au aux après avant quand comment que quel
    quelle quels pourquoi où depuis pour avec et mais son sa ses mon ma mes notre nos aussi ensuite puis ainsi
    aujourd'hui
""")

# A mark that may end a sentence, with closing quotation marks, by what follows it; or the end of a line.
ENDS = re.compile(
    r"(?:(?<!\s)\.|[!?…])[.!?…]*+(?:[\"”»’')\]]|[ \u00a0\u202f]»)*+(?=\s+(?![a-zß-ÿ])|[A-ZÀ-Þ¿¡]|\Z)|\n++"
)
WORD_AFTER = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
OPENING = "\"“«‘'([¿¡—–-•*"
ADDRESS = re.compile(r"://|www\.|@", re.IGNORECASE)
FAMILY = frozenset({"my", "think", "start", "manage", "our", "smart"})
PROGRAMME_ENDING = re.compile(r"coops?\b", re.IGNORECASE)
LIST_ITEM = re.compile(r"[ \t]*(?:[-–—•*·]|\d{1,2}[.)]|[a-z]\))[ \t]")

# How far a word may reach back, so that time stays linear in a text without blanks.
LONGEST_WORD = 40
# A line of this length or less may have been broken by a mail program or an editor in the middle of a sentence.
WRAPPED_AT = 100
# A line shorter than this was not broken for want of room.
SHORTEST_WRAPPED = 45


def split(text: str, within: Span | None = None) -> tuple[Span, ...]:
    """The sentences of `text`, or of a part of it, in order and without the blanks around them.

    Offsets are those of `text`. Dots within abbreviations, numbers, initials, web addresses and My.Coop end no
    sentence; sentences glued together (“training.What”) are parted. An empty line ends a sentence, and so does the end
    of a line, unless the text seems to be wrapped.
    """
    start, stop = (within.start, within.end) if within else (0, len(text))
    wrapped = _is_wrapped(text, start, stop)
    found = []
    begin = start
    for match in ENDS.finditer(text, start, stop):
        if match.group()[0] == "\n":
            if match.start() == begin:
                begin = match.end()
                continue
            ends = _line_ends_sentence(text, begin, match.start(), stop, wrapped)
        else:
            ends = _ends_sentence(text, begin, match, stop)
        if ends:
            _add(found, text, begin, match.end())
            begin = match.end()
    _add(found, text, begin, stop)
    return tuple(found)


def around(sentences: tuple[Span, ...], place: Span) -> Span:
    """The sentence in which `place` lies; reaches over several where `place` does. `place` itself where none is."""
    first = bisect_right(sentences, place.start, key=lambda sentence: sentence.start) - 1
    if first < 0 or sentences[first].end <= place.start:
        return place
    last = first
    while sentences[last].end < place.end and last + 1 < len(sentences) and sentences[last + 1].start < place.end:
        last += 1
    return Span(sentences[first].start, max(sentences[last].end, place.end))


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    """Put the place without its blanks to `found`, unless nothing is left."""
    piece = text[start:end].rstrip()
    if piece:
        found.append(Span(start + len(piece) - len(piece.lstrip()), start + len(piece)))


def _is_wrapped(text: str, start: int, stop: int) -> bool:
    return all(len(line) <= WRAPPED_AT for line in text[start:stop].split("\n"))


def _line_ends_sentence(text: str, begin: int, newline: int, stop: int, wrapped: bool) -> bool:
    following = text[newline + 1 : min(newline + 12, stop)]
    first = following.lstrip(" \t")[:1]
    if not first or first == "\n" or LIST_ITEM.match(following):
        return True
    if following.lstrip()[:1].islower():
        return False
    line_start = max(text.rfind("\n", max(begin - 1, newline - WRAPPED_AT - 1), newline) + 1, begin)
    return not (wrapped and newline - line_start >= SHORTEST_WRAPPED)


def _ends_sentence(text: str, begin: int, mark: re.Match[str], stop: int) -> bool:
    """Whether a sentence that began at `begin` ends with the full stop or other mark found."""
    end = mark.end()
    if end >= stop:
        return True
    after = text[end : min(end + LONGEST_WORD, stop)]
    following = after.lstrip()
    if not following:
        return True
    glued = not after[0].isspace()
    first = following.lstrip(OPENING + " \u00a0\u202f")[:1]
    only_dot = mark.group() == "."
    before = text[max(begin, mark.start() - LONGEST_WORD) : mark.start()]
    if glued:
        return _parts_glued(before, after, mark.group())
    if "\n" in after[: len(after) - len(following)] and not only_dot:
        return True
    if first.islower() or (only_dot and PROGRAMME_ENDING.match(following) and _last_word(before) in FAMILY):
        return False
    return not (only_dot and _is_abbreviation(before, following))


def _is_abbreviation(before: str, following: str) -> bool:
    """Whether the dot between two words belongs to the first of them, by what the second is."""
    word = _last_word(before)
    if word in TITLES:
        return True
    if following[0].isdigit() and word in BEFORE_NUMBERS:
        return True
    if word.isdigit() and before.strip() == word and len(word) <= 3:
        # The number of a list or a question: “1. What …”.
        return True
    last_part = word.rpartition(".")[2].rpartition("-")[2]
    initial = len(last_part) == 1 and last_part.isalpha()
    doubtful = word in DOUBTFUL or initial or ("." in word and len(last_part) <= 2)
    return doubtful and not _begins_sentence(following)


def _last_word(before: str) -> str:
    """The word at the end of `before`, in small letters and without quotation marks and brackets; "" if none is."""
    words = before[-LONGEST_WORD:].rsplit(None, 1)
    if not words or before[-1].isspace():
        return ""
    return words[-1].lower().strip(OPENING + "\"”»’')].,;:/")


def _begins_sentence(following: str) -> bool:
    match = WORD_AFTER.match(following.lstrip(OPENING))
    if not match:
        return False
    word = match.group().lower().replace("’", "'")
    return word in BEGINNERS or word.partition("'")[0] in {"i", "it", "l", "d", "c", "j", "n", "s", "qu"}


def _parts_glued(before: str, after: str, mark: str) -> bool:
    """Whether a mark without a blank behind it ends a sentence: “training.What”, not “My.Coop” and not “64.9”."""
    if mark[-1] in "\"'" and len(mark) > 1:
        return False
    if after[0] in "¿¡":
        return True
    if not after[0].isupper() or PROGRAMME_ENDING.match(after):
        return False
    word = before.rpartition(" ")[2].rpartition("\n")[2]
    if ADDRESS.search(word):
        return False
    if mark[0] in "!?…" or len(mark) > 1:
        return True
    if not (len(after) > 1 and (after[1].islower() or after[1] in " '’")):
        return False
    plain = _last_word(before)
    return len(plain) > 1 and plain not in TITLES and plain not in DOUBTFUL and "." not in plain
