"""Training programmes and tools as entries, with the ways in which people spell them."""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from intake import words
from intake.findings import KnownProgramme, MentionKind
from intake.gazetteers.files import parts, rows
from intake.gazetteers.phrases import Entry, Phrases

COOP = "coop"


@lru_cache(maxsize=8)
def phrases(known: tuple[KnownProgramme, ...] = ()) -> Phrases:
    """All names of programmes, those of `known` among them."""
    return Phrases(entries(known))


@cache
def names() -> dict[str, str]:
    """The name of each programme, by its slug."""
    return {row["slug"]: row["name"] for row in rows("programmes.csv")}


def entries(known: Iterable[KnownProgramme] = ()) -> Iterator[Entry]:
    for row in rows("programmes.csv"):
        for alias in parts(row["aliases"]):
            yield from _spellings(row["slug"], alias)
        for abbreviation in parts(row["exact"]):
            yield Entry(
                MentionKind.PROGRAMME,
                row["slug"],
                tuple(words.split(abbreviation)),
                needs=tuple(parts(row["needs"])),
            )
    for programme in known:
        for name in {programme.name, *programme.aliases}:
            # “CoopAFRICA – Cooperative Facility for Africa” and “Materials … (MATCOM)” are known by their parts, too.
            for part in {name, *_name_and_addition(name)}:
                if _says_enough(part):
                    yield from _spellings(programme.slug, part)


def _name_and_addition(name: str) -> list[str]:
    name, _, addition = name.partition(" – ") if " – " in name else name.partition(" (")
    return [name.strip(), addition.strip(" )")]


def _says_enough(name: str) -> bool:
    """Whether a name from outside can be looked for: not a common word such as “Prospects” or “Score”."""
    found = words.split(name)
    return len(found) > 1 or any(word[1:] != word[1:].lower() for word in found)


def _spellings(slug: str, name: str) -> Iterator[Entry]:
    """The name as it stands, and for My.Coop also MyCOOP, My Coop and My.Co-op."""
    written = words.split(name)
    if not written:
        return
    if COOP not in (word.lower() for word in written[1:]):
        yield Entry(MentionKind.PROGRAMME, slug, tuple(written))
        return
    at = [word.lower() for word in written].index(COOP, 1)
    before, after = [word.capitalize() for word in written[:at]], [word.capitalize() for word in written[at + 1 :]]
    glued = [*before[:-1], before[-1] + COOP]
    for spelling in (
        [*before, "Coop", *after],
        [*before, "Co", "op", *after],
        [*glued, *after],
    ):
        yield Entry(MentionKind.PROGRAMME, slug, tuple(spelling))
    if not after:
        # With the dot the name needs no capitals: “my.coop”.
        yield Entry(MentionKind.PROGRAMME, slug, tuple(word.lower() for word in (*before, COOP)), glued=True)
