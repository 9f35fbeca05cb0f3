"""Organisations known beforehand, by name and acronym in three languages, and what head words of names tell."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "organisations.toml"
ILO = re.compile(
    r"""(?:the\ )?(?:ILO|OIT|BIT|International\ Labou?r\ (?:Organi[sz]ation|Office)
      | (?:Organización|Oficina)\ Internacional\ del\ Trabajo|(?:Organisation|Bureau)\ internationale?\ du\ travail)
      (?:\ \((?:ILO|OIT|BIT)\))?""",
    re.IGNORECASE | re.VERBOSE,
)
TEAM = re.compile(
    r"""(?<!\w)(?:DWT|Decent\ Work\ (?:Technical\ Support\ )?Team|Equipo\ (?:Técnico\ )?de\ Trabajo\ Decente
      | Équipe\ (?:d['’]appui\ technique\ )?(?:au|du|pour\ le)\ travail\ décent)(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Entry:
    name: str
    acronym: str
    kind: str
    country: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """`names` and `acronyms` lead from every way to write an organisation to its name; keys of `names` are plain.

    `spellings` are the names as they are written.
    """

    by_name: dict[str, Entry]
    by_acronym: dict[str, Entry]
    names: dict[str, str]
    spellings: frozenset[str]
    acronyms: dict[str, str]
    own_names: frozenset[str]
    own_acronyms: frozenset[str]
    never_acronyms: frozenset[str]
    never_heads: frozenset[str]
    kinds: tuple[tuple[str, re.Pattern[str]], ...]
    patterns: dict[tuple[str, ...], re.Pattern[str]] = field(default_factory=dict)

    def names_pattern(self, more: tuple[str, ...] = ()) -> re.Pattern[str]:
        """What finds every known name in a text, and those in `more`.

        One of a single word, which may be a word of every day or an acronym, counts as it is written or in capitals
        alone: “idea” is not IDEA.
        """
        if more not in self.patterns:
            self.patterns.clear()
            names = {" ".join(name.split()) for name in (*self.spellings, *more)} - {""}
            single = {name for name in names if " " not in name}
            either = rf"(?i:{_either(names - single)})|{_either(single | {name.upper() for name in single})}"
            self.patterns[more] = re.compile(rf"(?<!\w)(?:{either})(?!\w)")
        return self.patterns[more]


def _either(names: Iterable[str]) -> str:
    """A pattern of these names, the longest first, with blanks and apostrophes of any kind."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(re.sub("['’]", "['’]", re.escape(name).replace(r"\ ", r"\s")) for name in ordered)


def plain(name: str) -> str:
    return " ".join(name.replace("’", "'").lower().split())


@cache
def gazetteer() -> Gazetteer:
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    by_name, by_acronym, spellings = {}, {}, set()
    for row in data["organisations"]:
        entry = Entry(row["name"], row["acronym"], row["kind"], row.get("country", ""))
        for name in (row["name"], *row.get("aliases", ())):
            by_name[plain(name)] = entry
            spellings.add(name)
        for acronym in (row["acronym"], *row.get("acronyms", ())):
            if acronym:
                by_acronym[acronym] = entry
    return Gazetteer(
        by_name=by_name,
        by_acronym=by_acronym,
        names={name: entry.name for name, entry in by_name.items()},
        spellings=frozenset(spellings),
        acronyms={acronym: entry.name for acronym, entry in by_acronym.items()},
        own_names=frozenset(plain(name) for name in data["own"]["names"]),
        own_acronyms=frozenset(data["own"]["acronyms"]),
        never_acronyms=frozenset(data["never"]["acronyms"]),
        never_heads=frozenset(data["never"]["heads"]),
        kinds=tuple((row["kind"], _heads(row["words"])) for row in data["kinds"]),
    )


def _heads(words: list[str]) -> re.Pattern[str]:
    either = "|".join(re.escape(word).replace(r"\*", r"\w*").replace("'", "[’']") for word in words)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


def is_own(name: str, acronym: str = "") -> bool:
    """Whether a name is the ILO's or that of one of its units or offices."""
    known = gazetteer()
    if acronym in known.by_acronym or plain(name) in known.by_name:
        return False
    if acronym in known.own_acronyms or plain(name) in known.own_names:
        return True
    return bool(re.search(r"(?<!\w)(?:ILO|OIT|BIT)(?!\w)|International Labou?r O", name))


def is_office(name: str) -> bool:
    """Whether a name is that of an office, team or unit of the ILO, and not the ILO's own."""
    return not ILO.fullmatch(name.strip()) and (is_own(name) or bool(TEAM.search(name)))


def is_never(acronym: str) -> bool:
    """Whether an acronym stands for something that is no organisation."""
    return acronym in gazetteer().never_acronyms


def head_kind(name: str) -> str:
    """The kind of organisation that a name tells by its head word, "" where it tells none."""
    entry = gazetteer().by_name.get(plain(name))
    if entry:
        return entry.kind
    return next((kind for kind, pattern in gazetteer().kinds if pattern.search(name)), "")


def is_known(name: str) -> bool:
    """Whether an organisation is one of those known beforehand."""
    return plain(name) in gazetteer().by_name


def seat(name: str) -> str:
    """The country where a known organisation has its seat, "" where it is worldwide or not known."""
    entry = gazetteer().by_name.get(plain(name))
    return entry.country if entry else ""
