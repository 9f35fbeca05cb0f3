"""The words by which the parts of an interview are told, from the files in `data/`."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("en", "es", "fr")
DATA = Path(__file__).parent / "data"


def load(name: str) -> Any:
    with (DATA / f"{name}.yaml").open(encoding="utf-8") as file:
        return yaml.load(file, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506


@dataclass(frozen=True)
class Words:
    """What one language says in an interview.

    `requests`, `addressing`, `parting` and `assent` are beginnings of sentences.
    """

    function_words: frozenset[str]
    interrogatives: frozenset[str]
    second_person: frozenset[str]
    first_person: frozenset[str]
    singular: frozenset[str]
    connectives: frozenset[str]
    you: frozenset[str]
    anybody: tuple[str, ...]
    addressing: tuple[str, ...]
    requests: tuple[str, ...]
    additive: frozenset[str]
    polite: frozenset[str]
    yours: frozenset[str]
    parting: tuple[str, ...]
    assent: tuple[str, ...]


@cache
def words(language: str) -> Words:
    """The words of a language of the portal; English ones for another."""
    data = load(language if language in LANGUAGES else "en")
    return Words(
        **{key: tuple(value) if isinstance(value, list) else frozenset(value.split()) for key, value in data.items()}
    )


@cache
def common(key: str) -> tuple[str, ...]:
    """A list of words that serves all languages."""
    value = load("common")[key]
    return tuple(value) if isinstance(value, list) else tuple(value.split())


@cache
def common_set(key: str) -> frozenset[str]:
    return frozenset(common(key))
