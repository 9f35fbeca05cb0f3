"""Very many names, of which is remembered only whether they were there."""

from hashlib import blake2b


class Names:
    """A set of names that holds eight bytes of each (some 100 in memory): two of a billion are hardly ever the same."""

    def __init__(self):
        self._numbers: set[int] = set()

    def add(self, name: str) -> None:
        self._numbers.add(_number(name))

    def __contains__(self, name: str) -> bool:
        return _number(name) in self._numbers


def _number(name: str) -> int:
    return int.from_bytes(blake2b(name.encode(errors="surrogateescape"), digest_size=8).digest())
