"""One run on one database: starts the sites, measures, stops them. The result is plain data, as written to JSON."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bench import measuring, profiling, sites
from bench.data.databases import DataSet, inside
from bench.driving import WrongAnswerError
from bench.goals import BESIDE_NAIVE_AT, Goal, goals
from bench.measuring import Effort
from bench.pages import WARM, Page, cold_addresses, pages
from bench.servers import Server

Say = Callable[[str], None]
_WARM_SHARE = 4  # warm addresses for each cold one: 80 %


def run(data_sets: list[DataSet], effort: Effort, port: int, say: Say, *, only: set[str], profile: bool) -> dict:
    """Measure the portal on `data_sets`, all of one database, the smallest first. `only`: names of pages, or all.

    Uses some ports from `port` on. Raises WrongAnswerError where a page is not what it should be.
    """
    facts = {data_set.size.name: facts_of(data_set) for data_set in data_sets}
    judged = min(data_sets, key=lambda data_set: abs(data_set.size.engagements - BESIDE_NAIVE_AT))
    result = {
        "database": judged.vendor,
        "sizes": {name: {"engagements": one["engagements"], "people": one["people"]} for name, one in facts.items()},
        "judged_size": judged.size.name,
    }
    result |= _cold(data_sets, judged, facts, effort, port, say, only)
    result |= _warm(judged, facts[judged.size.name], effort, port, say, only)
    reached = goals(result)
    result["goals"] = [told(goal) for goal in reached]
    if profile:
        result["profiles"] = _profiles(reached, data_sets[-1], facts[data_sets[-1].size.name], port, say)
    return result


def facts_of(data_set: DataSet) -> dict:
    """What `bench.facts` tells of it. Raises subprocess.CalledProcessError."""
    return json.loads(inside(data_set.url, "bench_facts"))


@contextmanager
def running(*servers: Server) -> Iterator[tuple[Server, ...]]:
    """The servers, started; stopped at the end whatever happens."""
    try:
        for server in servers:
            server.start()
        yield tuple(server.wait() for server in servers)
    finally:
        for server in servers:
            server.stop()


def _cold(data_sets, judged, facts, effort, port, say, only) -> dict:
    portals = {one.size.name: sites.cold_portal(one, port + number) for number, one in enumerate(data_sets)}
    plain = sites.naive(judged, port + len(data_sets))
    by_size = {name: {page.name: page for page in pages(one)} for name, one in facts.items()}
    sessions = {name: one["session"] for name, one in facts.items()} | {"naive": facts[judged.size.name]["session"]}
    found: dict = {"cold": {name: {} for name in portals}, "naive": {}, "failed": {}}
    with running(*portals.values(), plain):
        for name, page in by_size[judged.size.name].items():
            if only and name not in only:
                continue
            asked = {size: (server, by_size[size][name].path) for size, server in portals.items()}
            if page.naive:
                asked[measuring.NAIVE] = (plain, page.path)
            try:
                times = measuring.cold_page(page, asked, effort, sessions)
            except (WrongAnswerError, OSError) as error:
                found["failed"][name] = str(error)
                say(f"  {name}: {error}")
                continue
            if measuring.NAIVE in times:
                found["naive"][name] = times.pop(measuring.NAIVE)
            for size, one in times.items():
                found["cold"][size][name] = one
            say(f"  {name}: " + ", ".join(f"{size} {one['median']:.0f} ms" for size, one in times.items()))
    return found


def _warm(judged, facts, effort, port, say, only) -> dict:
    by_name = {page.name: page for page in pages(facts)}
    warm = [by_name[name] for name in WARM]
    # Each cold address once, warm ones between them in the order of their frequency.
    mix = _mix([page.path for page in warm], cold_addresses(facts, 20_000))
    found: dict = {"warm": {}}
    with running(sites.portal(judged, port), sites.floor(port + 1)) as (portal, floor):
        for page in [page for page in warm[: 2 if effort is measuring.QUICK else 5] if not only or page.name in only]:
            found["warm"][page.name] = one = measuring.warm_page(page, portal, floor, effort)
            say(f"  warm {page.name}: {one['page']} requests/s, the floor {one['floor']}")
        say(f"  {effort.visitors} visitors at once …")
        found["visitors"] = measuring.visitors(mix, portal, floor, effort)
        say(f"  {effort.memory_requests} requests for the memory …")
        found["memory"] = measuring.memory_of([page.path for page in warm], portal, effort)
    return found


def _mix(warm: list[str], cold: list[str]) -> list[str]:
    """Addresses of which 80 % are warm; of these each is asked half as often as the one before it, at least once."""
    often = [path for place, path in enumerate(warm) for _ in range(max(16 >> place, 1))]
    mixed = []
    for turn, path in enumerate(cold):
        mixed += [often[(turn * _WARM_SHARE + number) % len(often)] for number in range(_WARM_SHARE)]
        mixed.append(path)
    return mixed


def told(goal: Goal) -> dict:
    """The goal as it is written to JSON."""
    return {
        "goal": goal.name,
        "page": goal.page,
        "asked": f"{goal.sense} {goal.limit}",
        "value": goal.value,
        "met": goal.met,
        "at": goal.at,
    }


def _profiles(reached: list[Goal], data_set: DataSet, facts: dict, port: int, say: Say) -> dict:
    """Of each page of which a goal is missed, where its time goes: on the largest data set."""
    by_name: dict[str, Page] = {page.name: page for page in pages(facts)}
    missed = {goal.page: None for goal in reached if goal.met is False and goal.page in by_name}
    found = {}
    with running(sites.cold_portal(data_set, port)) as (portal,):
        for name in missed:
            page = by_name[name]
            found[name] = profiling.queries_of(page, portal, measuring.headers_of(page, facts["session"]))
            say(f"  profile of {name}")
    missed_warm = {goal.page for goal in reached if goal.met is False and goal.name.startswith(("warm", "304"))}
    for name in missed_warm:
        found.setdefault(name, {})["warm_functions"] = profiling.functions_of(by_name[name].path, data_set)
    return found
