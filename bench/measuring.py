"""The measurements. What is compared is asked in turns, so that whatever else the machine does hits all of it alike."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from bench import memory
from bench.driving import Load, Visitor, WrongAnswerError, load, median, percentile
from bench.floor.urls import HELLO
from bench.pages import ADMIN, Page
from bench.servers import Server
from bench.sites import FLOOR_PATH

NAIVE = "naive"
# Whoever asks first pays for what a process does once: each worker is asked some times before anything is measured.
_WARM_UP = 6
_FEWEST = 3  # turns, however long they take
_PATIENCE = 30  # seconds that a page of the naive site is waited for
_CONNECTIONS = 8  # as many as a production server of two workers with four threads answers at once


@dataclass(frozen=True)
class Effort:
    """How long and how often is measured."""

    turns: int  # requests to each cold page, at most
    page_seconds: float  # for all of them together
    rounds: int  # of loads
    load_seconds: float  # of each load
    visitors: int  # at the same time
    memory_requests: int


FULL = Effort(turns=40, page_seconds=20, rounds=5, load_seconds=3, visitors=200, memory_requests=100_000)
QUICK = Effort(turns=8, page_seconds=1.5, rounds=2, load_seconds=1, visitors=200, memory_requests=5_000)


def headers_of(page: Page, session: str) -> dict[str, str]:
    """What a browser sends with the request: an editor's session for the pages of the admin."""
    return {"Cookie": f"sessionid={session}"} if page.kind == ADMIN else {}


def cold_page(page: Page, sites: dict[str, tuple[Server, str]], effort: Effort, sessions: dict[str, str]) -> dict:
    """Times of the page by site: `sites` names servers and the address that the page has in their data set.

    The site `NAIVE` is given up where it takes too long, which it is measured by then.
    """
    visitors = {}
    given_up = {}
    for name, (server, path) in sites.items():
        patience = {"timeout": _PATIENCE} if name == NAIVE else {}
        for _ in range(_WARM_UP if effort.turns > 10 else 3):
            visitors[name] = Visitor(server.port, **patience)
            try:
                first = visitors[name].ask_for_page(path, page.must_hold, headers_of(page, sessions[name]))
            except TimeoutError:
                if name != NAIVE:
                    raise
                given_up[name] = {"requests": 1, "median": _PATIENCE * 1000.0, "gave_up": True}
                server.restart()
                break
            if first.seconds > effort.page_seconds / 5:
                break
        if name not in given_up:
            visitors[name] = Visitor(server.port)
    sites = {name: site for name, site in sites.items() if name not in given_up}
    found: dict[str, list] = {name: [] for name in sites}
    until = time.monotonic() + effort.page_seconds
    for turn in range(effort.turns):
        if turn >= _FEWEST and time.monotonic() > until:
            break
        for name, (_server, path) in sites.items():
            found[name].append(visitors[name].ask_for_page(path, page.must_hold, headers_of(page, sessions[name])))
    return {name: _summed_up(answers) for name, answers in found.items()} | given_up


def _summed_up(answers: list) -> dict:
    times = [answer.seconds * 1000 for answer in answers]
    result = {
        "requests": len(times),
        "median": round(median(times), 2),
        "p95": round(percentile(times, 95), 2),
        "p99": round(percentile(times, 99), 2),
        "bytes": answers[-1].sent,
    }
    if timing := answers[-1].timing:
        result["queries"] = timing["queries"]
        result["sql"] = round(median([answer.timing["db"] for answer in answers]), 2)
        result["template"] = round(median([answer.timing["template"] for answer in answers]), 2)
    return result


def in_rounds(measure: dict[str, Callable[[], Load]], rounds: int) -> dict[str, list[Load]]:
    """Each of them in turn, A B C A B C …; what came of each round."""
    found: dict[str, list[Load]] = {name: [] for name in measure}
    for _ in range(rounds):
        for name, once in measure.items():
            found[name].append(once())
    return found


def warm_page(page: Page, server: Server, floor: Server, effort: Effort) -> dict:
    """Requests per second of a page that was asked before, of its revalidation (304), and of the floor."""
    for _ in range(_WARM_UP):
        answer = Visitor(server.port).ask_for_page(page.path, page.must_hold)
        Visitor(floor.port).ask_for_page(FLOOR_PATH, HELLO)
    # A slow page is given the time to be answered some times.
    seconds = max(effort.load_seconds, answer.seconds * _CONNECTIONS * 4)
    measure = {
        "floor": lambda: load(floor.port, [FLOOR_PATH], connections=_CONNECTIONS, seconds=effort.load_seconds),
        "page": lambda: load(server.port, [page.path], connections=_CONNECTIONS, seconds=seconds),
    }
    etag = answer.headers.get("etag")
    asked = {"If-None-Match": etag} if etag else None
    if asked and Visitor(server.port).ask(page.path, asked).status == 304:
        measure["not_modified"] = lambda: load(
            server.port, [page.path], connections=_CONNECTIONS, seconds=seconds, headers=asked
        )
    found = in_rounds(measure, effort.rounds)
    for name, loads in found.items():
        if errors := sum(one.errors for one in loads):
            raise WrongAnswerError(f"{page.path}: {errors} errors while “{name}” was measured")
    mean = sum(one.sent for one in found["page"]) / max(sum(one.requests for one in found["page"]), 1)
    if mean < answer.sent:
        raise WrongAnswerError(f"{page.path}: {answer.sent} bytes, but under load {mean:.0f} on average")
    result = {name: round(median([one.per_second for one in loads]), 1) for name, loads in found.items()}
    for name in ("page", "not_modified"):
        if name in found:
            pairs = zip(found[name], found["floor"], strict=True)
            result[f"{name}_ratio"] = round(median([one.per_second / floor.per_second for one, floor in pairs]), 3)
    return result | {"bytes": answer.sent, "latency": found["page"][-1].latencies}


def visitors(addresses: list[str], server: Server, floor: Server, effort: Effort) -> dict:
    """Many visitors at once: the slowest hundredth of their requests beside that of the floor, and what failed."""
    seconds = effort.load_seconds * 3
    found = in_rounds(
        {
            "floor": lambda: load(floor.port, [FLOOR_PATH], connections=effort.visitors, seconds=seconds),
            "portal": lambda: load(server.port, addresses, connections=effort.visitors, seconds=seconds),
        },
        max(effort.rounds // 2, 1),
    )
    result: dict = {"visitors": effort.visitors}
    for name, loads in found.items():
        result[name] = {
            "per_second": round(median([one.per_second for one in loads]), 1),
            "errors": sum(one.errors for one in loads),
            **{f"p{share}": round(median([one.latencies[share] for one in loads]), 1) for share in ("50", "95", "99")},
        }
    return result | {"p99_ratio": round(result["portal"]["p99"] / max(result["floor"]["p99"], 0.001), 1)}


def memory_of(addresses: list[str], server: Server, effort: Effort) -> dict:
    """The workers' memory before, during and after so many requests, and how much it grows."""
    before = memory.largest(server.workers())
    requests, samples, most = 0, [], before
    while requests < effort.memory_requests:
        done = load(server.port, addresses, connections=_CONNECTIONS, seconds=max(effort.load_seconds, 2))
        requests += done.requests
        now = memory.largest(server.workers())
        samples.append((requests, now.own))
        most = max(most, now, key=lambda one: one.pss)
    after = memory.largest(server.workers())
    return {
        "requests": requests,
        "before": before.told(),
        "most": most.told(),
        "after": after.told(),
        "growth_per_10k": round(memory.growth(samples), 2) if len(samples) > 3 else None,
        "samples": [[number, round(own, 2)] for number, own in samples],
    }
