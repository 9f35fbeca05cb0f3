"""What the portal is held to, and whether a run meets it."""

from collections.abc import Iterator
from dataclasses import dataclass

from bench.data.recipe import size_of
from bench.pages import JUDGED, PLAIN_LIST, SEARCHES

AT_LEAST, AT_MOST = "≥", "≤"

WARM = 0.8  # of the floor's requests per second
NOT_MODIFIED = 0.9  # of the floor's requests per second
BESIDE_NAIVE = 5  # times as fast
BESIDE_NAIVE_AT = 200_000  # engagements
GROWTH = 3  # times as slow
GROWTH_BETWEEN = 10_000, 1_000_000  # engagements
SEARCH = 2  # times as slow as a plain list
SEARCH_AT = 1_000_000  # engagements
VISITORS_P99 = 20  # times that of the floor
MEMORY = 150  # MiB of a worker
MEMORY_GROWTH = 0.3  # MiB per 10,000 requests


@dataclass(frozen=True)
class Goal:
    """A goal with the value measured; None where the run did not measure it."""

    name: str
    page: str
    limit: float
    sense: str
    value: float | None
    at: str = ""  # the data set, where the goal names another one

    @property
    def met(self) -> bool | None:
        if self.value is None:
            return None
        return self.value >= self.limit if self.sense == AT_LEAST else self.value <= self.limit


def goals(run: dict) -> list[Goal]:
    """All goals, judged by the results of a run on one database; see `bench.running`."""
    return [*_warm(run), *_beside_naive(run), *_growth(run), *_searches(run), *_visitors(run), *_memory(run)]


def _warm(run: dict) -> Iterator[Goal]:
    for page, found in run["warm"].items():
        yield Goal("warm page beside the floor", page, WARM, AT_LEAST, found.get("page_ratio"))
    for page, found in run["warm"].items():
        # A page that is not revalidated at all misses the goal.
        ratio = found.get("not_modified_ratio", 0.0)
        yield Goal("304 beside the floor", page, NOT_MODIFIED, AT_LEAST, ratio)


def _beside_naive(run: dict) -> Iterator[Goal]:
    size, cold = run["judged_size"], run["cold"]
    at = "" if size_of(size).engagements == BESIDE_NAIVE_AT else f"at {size}"
    for page in JUDGED:
        ours, theirs = cold[size].get(page), run["naive"].get(page)
        ratio = round(theirs["median"] / ours["median"], 2) if ours and theirs else None
        yield Goal("cold page beside the naive one", page, BESIDE_NAIVE, AT_LEAST, ratio, at)


def _growth(run: dict) -> Iterator[Goal]:
    cold = run["cold"]
    sizes = sorted(cold, key=lambda name: size_of(name).engagements)
    small, large = sizes[0], sizes[-1]
    is_asked = (size_of(small).engagements, size_of(large).engagements) == GROWTH_BETWEEN
    at = "" if is_asked else f"{small} to {large}"
    pages = [page for page in cold[large] if page in JUDGED or page.startswith("admin ")]
    for page in pages:
        ratio = round(cold[large][page]["median"] / cold[small][page]["median"], 2) if small != large else None
        yield Goal("growth of a cold page", page, GROWTH, AT_MOST, ratio, at)


def _searches(run: dict) -> Iterator[Goal]:
    size = max(run["cold"], key=lambda name: size_of(name).engagements)
    cold = run["cold"][size]
    at = "" if size_of(size).engagements == SEARCH_AT else f"at {size}"
    for page in SEARCHES:
        has_both = page in cold and PLAIN_LIST in cold
        ratio = round(cold[page]["median"] / cold[PLAIN_LIST]["median"], 2) if has_both else None
        yield Goal("search beside a plain list", page, SEARCH, AT_MOST, ratio, at)


def _visitors(run: dict) -> Iterator[Goal]:
    found = run["visitors"]
    yield Goal("visitors at once: p99 beside the floor", "", VISITORS_P99, AT_MOST, found["p99_ratio"])
    yield Goal("visitors at once: errors", "", 0, AT_MOST, found["portal"]["errors"])


def _memory(run: dict) -> Iterator[Goal]:
    found = run["memory"]
    yield Goal("memory of a worker, MiB", "", MEMORY, AT_MOST, found["most"]["pss"])
    yield Goal("its growth per 10,000 requests, MiB", "", MEMORY_GROWTH, AT_MOST, found["growth_per_10k"])
