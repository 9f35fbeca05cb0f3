"""Whether two names mean the same person, organisation, office or series, as a number: 0 for no, 100 for surely.

Words are compared folded, so accents and capitals make no difference.
"""

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from search.analysis import is_stop_word, runs

ALIKE = 70  # from here on one takes them for the same
SURELY = 100

# Words of an office's name that most offices have, in three languages.
_OF_OFFICES = frozenset(
    (  # noqa: SIM905 - read as words
        "ilo oit bit itc itcilo dwt co ro office oficina bureau country regional region decent work technical support "
        "team unit unidad unite department departamento departement headquarters sede siege pais pays"
    ).split()
)
# Without one of these words a text names no office of the unit's own organisation.
_MARKS = frozenset("ilo oit bit itc itcilo dwt office oficina bureau".split())  # noqa: SIM905
_OWN_ORGANISATION = (
    "international labour organization",
    "international labour organisation",
    "international labour office",
    "organizacion internacional del trabajo",
    "oficina internacional del trabajo",
    "organisation internationale du travail",
    "bureau international du travail",
)


def people(one: str, other: str) -> int:
    """Full names, in whatever order: the same words, all words of the other and more, or a slip of the finger."""
    mine, theirs = sorted(runs(one)), sorted(runs(other))
    if len(mine) < 2 or len(theirs) < 2:
        return 0
    if mine == theirs:
        return 100
    if set(mine) < set(theirs) or set(theirs) < set(mine):
        return 90
    text, others = " ".join(mine), " ".join(theirs)
    allowed = 1 if len(text) < 14 else 2
    # Of two whose every word differs by a letter nobody knows.
    return 75 if OSA.distance(text, others) <= allowed and set(mine) & set(theirs) else 0


def organisations(one: str, other: str) -> int:
    """Names of organisations: of the same words but “of”, “the” and the like, or nearly the same letters."""
    mine, theirs = _meaningful(one), _meaningful(other)
    if not mine or not theirs:
        return 0
    if sorted(mine) == sorted(theirs) or "".join(mine) == "".join(theirs):
        return 100
    if len(mine) == len(theirs) and _numbers(mine) == _numbers(theirs):
        ratio = int(fuzz.ratio(" ".join(sorted(mine)), " ".join(sorted(theirs))))
        return ratio if ratio >= 90 else 0
    return 0


def titles(one: str, other: str) -> int:
    """Names of series, or titles of interviews: all words of the shorter one, or nearly the same letters."""
    mine, theirs = " ".join(_meaningful(one)), " ".join(_meaningful(other))
    if not mine or not theirs:
        return 0
    if min(len(mine.split()), len(theirs.split())) > 1 and set(mine.split()) <= set(theirs.split()):
        return 95
    ratio = int(fuzz.token_sort_ratio(mine, theirs))
    return ratio if ratio >= 85 else 0


def offices(text: str, names: list[str], cities: list[str], countries: list[str]) -> int:
    """What an article says of an office, and an office with its names, cities and countries in every language."""
    said = _spelled(text)
    if not _MARKS & set(said):
        return 0
    spread, together = f" {' '.join(said)} ", "".join(said)
    alike = max((_office_names(said, name) for name in names), default=0)
    if any(_names(city, spread) or (len(city) > 4 and "".join(runs(city)) in together) for city in cities):
        return 70 + alike * 3 // 10
    if any(_names(country, spread) for country in countries):
        return max(70 + alike * 2 // 10, alike)
    return alike if alike >= 85 else 0


def _names(place: str, spread: str) -> bool:
    return f" {' '.join(runs(place))} " in spread


def _office_names(said: list[str], name: str) -> int:
    own, told = _telling(_spelled(name)), _telling(said)
    if not own or not told:
        # All that is said is “ILO headquarters” or the like.
        return 100 if said == _spelled(name) else 0
    if set(own) < set(told):
        return 85 + min(len(own), 5)
    return int(fuzz.token_sort_ratio(" ".join(own), " ".join(told)))


def _spelled(text: str) -> list[str]:
    """The folded words, with the own organisation by its acronym."""
    words = f" {' '.join(runs(text))} "
    for full in _OWN_ORGANISATION:
        words = words.replace(f" {full} ", " ilo ")
    return words.split()


def _telling(words: list[str]) -> list[str]:
    return [word for word in words if word not in _OF_OFFICES and not is_stop_word(word)]


def _meaningful(text: str) -> list[str]:
    words = runs(text)
    return [word for word in words if not is_stop_word(word)] or list(words)


def _numbers(words: list[str]) -> list[str]:
    return [word for word in words if word.isdigit()]
