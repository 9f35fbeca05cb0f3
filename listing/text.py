"""How a free text narrows a list: told by the search, which stands above the lists and has an index."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model, Q


@dataclass(frozen=True)
class Narrowing:
    """Conditions for the records that have a text: one for reading the first of a list, one for reading all of it."""

    first: Q
    all: Q


Finder = Callable[[type[Model], str], Narrowing]
_finders: list[Finder] = []


def found_by(finder: Finder) -> None:
    """From now on `finder` says which records of a model have a text."""
    _finders[:] = [finder]


def narrowing(model: type[Model], text: str) -> Narrowing:
    """The conditions for the records of `model` that have the `text`; nobody has it where there is no search."""
    return _finders[0](model, text) if _finders else Narrowing(Q(pk__in=[]), Q(pk__in=[]))
