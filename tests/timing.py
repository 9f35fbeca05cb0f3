"""For tests that hold something to a time: their seconds are as long as the machine is slow.

A single turn may meet a moment in which the machine does something else; what is slow is so in each.
"""

import gc
import time
from collections.abc import Callable
from typing import Any

# What `_work` takes on the machine that the limits of the tests were set on.
USUAL = 0.012  # seconds
TURNS = 3


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


def _timed(work: Callable, *arguments) -> tuple[float, Any]:
    """Processor seconds of the usual machine, whatever other tests have left in memory; and what `work` returns."""
    gc.disable()
    try:
        began = time.process_time()
        outcome = work(*arguments)
        needed = time.process_time() - began
    finally:
        gc.enable()
    return needed / _slowness(), outcome


def shortest(work: Callable, *arguments) -> float:
    """Seconds that `work` takes in the shortest of its turns."""
    return min(_timed(work, *arguments)[0] for _turn in range(TURNS))


def assert_takes_less_than(seconds: float, work: Callable, *arguments) -> Any:
    """What `work` returns. It takes less than `seconds` in one of its turns."""
    needed = []
    while len(needed) < TURNS:
        needed_now, outcome = _timed(work, *arguments)
        if needed_now < seconds:
            return outcome
        needed.append(needed_now)
    raise AssertionError(f"It takes {min(needed):.2f} seconds, where {seconds:.2f} are too many.")
