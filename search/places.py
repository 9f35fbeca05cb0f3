"""Where an entry stands in the index: a number that follows from its language, its kind and the key of its record.

So the entries of one language and kind are neighbours, the newest record the last of them: to find the newest that
match, a database walks down from there and stops when it has enough, and no index of its own is needed for that. The
number is the same in every portal and after every rebuilding.
"""

from collections.abc import Iterator
from hashlib import blake2b

from modeltranslation.settings import AVAILABLE_LANGUAGES

_NUMBER_BITS, _KIND_BITS = 40, 4
_LETTERS = 26
# Longer codes of languages than two letters come behind all of these.
_LONGER = _LETTERS**2


def _number_of_language(code: str) -> int:
    if len(code) == 2 and code.isascii() and code.islower():
        return (ord(code[0]) - 97) * _LETTERS + ord(code[1]) - 97
    return _LONGER + int.from_bytes(blake2b(code.encode(), digest_size=2).digest()) % 2048


def first_of(language: str, kind_number: int) -> int:
    """The place before all entries of a kind, which has the number `kind_number`, for readers of `language`."""
    return (_number_of_language(language) << _KIND_BITS | kind_number) << _NUMBER_BITS


def number_of(object_id: str) -> int:
    """The number of a record within its kind: its key, or for a key of letters a digest of that."""
    if object_id.isascii() and object_id.isdigit():
        return int(object_id)
    return int.from_bytes(blake2b(object_id.encode(), digest_size=_NUMBER_BITS // 8).digest())


def place_of(language: str, kind_number: int, object_id: str) -> int:
    """The place of the entry of the record with the key `object_id`."""
    return first_of(language, kind_number) + number_of(object_id)


def places_of(kind_number: int, object_id: str) -> Iterator[int]:
    """The places of the entries of a record in all languages."""
    return (place_of(language, kind_number, object_id) for language in AVAILABLE_LANGUAGES)


def reach(language: str, kind_number: int) -> tuple[int, int]:
    """The first and the last place that entries of a kind for readers of `language` can have."""
    first = first_of(language, kind_number)
    return first, first + (1 << _NUMBER_BITS) - 1


def scope(language: str, kind_number: int) -> str:
    """What the tokens of these entries begin with in the database's index: so each kind has its own."""
    return f"{language.replace('-', '').lower()}{kind_number}"


def without_language(place: str) -> str:
    """SQL of the place of a record without the language, given SQL of the place of one of its entries."""
    return f"({place} & {(1 << _NUMBER_BITS + _KIND_BITS) - 1})"


def place_of_record(kind_number: int, number: int) -> int:
    """The place of a record without the language, given its number within its kind."""
    return (kind_number << _NUMBER_BITS) + number


def record_at(place: int) -> tuple[int, int]:
    """The number of the kind and the number of the record at a `place` without the language."""
    return place >> _NUMBER_BITS, place & (1 << _NUMBER_BITS) - 1
