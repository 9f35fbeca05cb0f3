"""Words that tell something of what stands near them, read from the tables in `cues/`, one file a language.

The tables say how they are read (`cues/en.toml`). They are own observations on the language of staff profiles.
"""

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLES = Path(__file__).parent / "cues"
LANGUAGES = ("en", "es", "fr")
APOSTROPHES = {ord("’"): "'", ord("‘"): "'", ord("\u00a0"): " ", ord("\u202f"): " "}
# So that no cue reaches over more than a few words, and time stays linear.
GAP = r"(?:\W{1,3}\w{1,30}){0,3}\W{1,3}"


@dataclass(frozen=True, slots=True)
class Cue:
    """`family` and `reason` are the two parts of a table's heading; the rest is as the tables say."""

    family: str
    reason: str
    weight: float = 1
    side: str = ""
    near: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue in a text, from `start` to `end`."""

    cue: Cue
    start: int
    end: int


def folded(text: str) -> str:
    """The text in lower case and without accents, every character in its place."""
    return text.translate({ord(character): _folded(character) for character in set(text)} | APOSTROPHES)


def _folded(character: str) -> str:
    base = unicodedata.normalize("NFKD", character.lower())[:1]
    return base or character


def hits(folded_text: str, language: str, families: tuple[str, ...], start: int = 0, end: int = -1) -> Iterator[Hit]:
    """The cues of some families in a folded text, in order; where several fit, the longest.

    `language` is one of `LANGUAGES`; with any other the tables of all are used.
    """
    pattern, cues = _scanner(language if language in LANGUAGES else "", families)
    for match in pattern.finditer(folded_text, start, len(folded_text) if end < 0 else end):
        yield Hit(cues[match.lastgroup], match.start(), match.end())


@cache
def _scanner(language: str, families: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, Cue]]:
    words: list[tuple[str, Cue]] = []
    for tables in [_tables(language)] if language else [_tables(each) for each in LANGUAGES]:
        for family in families:
            for reason, table in tables.get(family, {}).items():
                cue = Cue(family, reason, table.get("weight", 1), table.get("side", ""), table.get("near", 0))
                words += [(word, cue) for word in table["words"]]
    # Longest first, since the first alternative that fits is taken; by first letter, since that is many times faster.
    by_letter: dict[str, list[str]] = defaultdict(list)
    cues: dict[str, Cue] = {}
    for number, (word, cue) in enumerate(sorted(words, key=lambda pair: -len(pair[0]))):
        cues[f"c{number}"] = cue
        by_letter[folded(word[0])].append(f"(?P<c{number}>{_pattern(word)})")
    branches = (f"(?={re.escape(letter)})(?:{'|'.join(group)})" for letter, group in sorted(by_letter.items()))
    return re.compile(rf"(?<!\w)(?:{'|'.join(branches)})(?!\w)"), cues


def _pattern(word: str) -> str:
    """The regular expression of a cue as the tables write it."""
    pattern = re.escape(folded(word)).replace(r"\ ", r"\s{1,2}").replace(r"\*", r"\w{0,30}")
    return pattern.replace(r"\s{1,2}…\s{1,2}", GAP)


@cache
def _tables(language: str) -> dict[str, dict[str, dict]]:
    return tomllib.loads((TABLES / f"{language}.toml").read_text(encoding="utf-8"))
