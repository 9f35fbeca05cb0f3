"""A clock for tests that hold something to a time: it goes as slowly as the machine does."""

import time

# What `_work` takes on the machine that the limits of the tests were set on.
USUAL = 0.012  # seconds


def _work() -> int:
    total = 0
    for number in range(200_000):
        total = (total * 31 + len(str(number))) % 1_000_003
    return total


def _slowness() -> float:
    """How many times slower than usual the machine is now, at least 1."""
    shortest = float("inf")
    for _turn in range(3):
        began = time.process_time()
        _work()
        shortest = min(shortest, time.process_time() - began)
    return max(shortest / USUAL, 1)


class _Clock:
    """Processor seconds of the usual machine. What is measured lies between two calls, one after the other."""

    def __init__(self):
        self.reading, self.left_off = 0.0, time.process_time()

    def __call__(self) -> float:
        self.reading += (time.process_time() - self.left_off) / _slowness()
        self.left_off = time.process_time()
        return self.reading


clock = _Clock()
