"""Topics and sectors as entries: words that speak of them."""

from functools import cache

from intake import words
from intake.findings import MentionKind
from intake.gazetteers.files import parts, rows
from intake.gazetteers.phrases import Entry, Phrases


@cache
def topics() -> Phrases:
    return _phrases("topics.csv", "slug", MentionKind.TOPIC)


@cache
def sectors() -> Phrases:
    return _phrases("sectors.csv", "code", MentionKind.SECTOR)


def _phrases(filename: str, key: str, kind: MentionKind) -> Phrases:
    return Phrases(
        Entry(kind, row[key], tuple(words.split(phrase))) for row in rows(filename) for phrase in parts(row["words"])
    )
