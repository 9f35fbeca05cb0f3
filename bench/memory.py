"""How much memory the workers of a server have."""

from dataclasses import asdict, dataclass
from pathlib import Path

_MIB = 1024


@dataclass(frozen=True)
class Memory:
    """Of one process, in MiB. `own` is what no other process has and no file on disk stands behind."""

    rss: float
    pss: float
    own: float

    def told(self) -> dict[str, float]:
        return {name: round(value, 1) for name, value in asdict(self).items()}


def of_process(pid: int) -> Memory:
    """What the kernel says of the process (Linux). Raises FileNotFoundError where it is gone."""
    kilobytes = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, value = line.split(":")
        kilobytes[name] = int(value.split()[0])
    return Memory(kilobytes["Rss"] / _MIB, kilobytes["Pss"] / _MIB, kilobytes["Pss_Anon"] / _MIB)


def largest(pids: list[int]) -> Memory:
    """Of several processes the largest of each number."""
    found = [of_process(pid) for pid in pids]
    return Memory(max(one.rss for one in found), max(one.pss for one in found), max(one.own for one in found))


def growth(samples: list[tuple[int, float]], per: int = 10_000) -> float:
    """By least squares over pairs of requests and MiB: how many MiB more after `per` more requests.

    The first fifth is left out: until then caches fill. Raises ValueError for fewer than two samples.
    """
    kept = samples[len(samples) // 5 :]
    if len(kept) < 2:
        raise ValueError("there are too few samples")
    mean_x = sum(x for x, _ in kept) / len(kept)
    mean_y = sum(y for _, y in kept) / len(kept)
    spread = sum((x - mean_x) ** 2 for x, _ in kept)
    return per * sum((x - mean_x) * (y - mean_y) for x, y in kept) / spread if spread else 0.0
