"""Answers that somebody stops reading: what they read from ends with them."""

from collections.abc import Generator, Iterable, Iterator


class Sent(Iterator[bytes]):
    """The `pieces` of an answer, which end with it: those of `read`, by which they are made, are closed as well.

    Django closes what it sends when the visitor has it or has gone, in the thread that made it. A generator that it
    does not know is closed when nothing holds it any more; what is held in a circle, whenever the collector of garbage
    comes by, in whichever thread. Until then the thread's connection would stay in the transaction of the generator.
    """

    def __init__(self, pieces: Iterable[bytes], *read: Generator):
        self._pieces, self._read = iter(pieces), read

    def __next__(self) -> bytes:
        return next(self._pieces)

    def close(self) -> None:
        for generator in (self._pieces, *self._read):
            generator.close()
