"""What a country is to the person of an article, all the places together where it is named.

Each place has clues (`intake.proposals.clues`), and the role that it speaks for alone. A clue of the country is the
largest of its places, of some also the mean. `roles.csv` says how many points each gives to each role; the role with
most points is the country's. The points are those of a multinomial logistic regression over the evaluation articles:
`scripts/fit_roles.py`.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

from intake.findings import Role
from intake.proposals.roles import Judged

TABLE = Path(__file__).parent / "roles.csv"
ALWAYS = "always"
# Of these clues the mean counts, too: whether most places speak so.
AVERAGED = ("paragraph ", "named by ", "alone: ")
MANY_PLACES = 5
TOGETHER = "together"


def summed_up(places: Iterable[Judged]) -> dict[str, float]:
    """The clues of a country from those of its places."""
    places = list(places)
    found: dict[str, float] = defaultdict(float)
    for place in places:
        for name, value in (place.clues | {f"alone: {place.role}": 1, f"margin: {place.role}": place.margin}).items():
            found[name] = max(found[name], value)
            if name.startswith(AVERAGED):
                found[f"mostly {name}"] += value / len(places)
    found["places"] = min(len(places), MANY_PLACES) / MANY_PLACES
    found[ALWAYS] = 1
    return dict(found)


def by_country(judged: Iterable[Judged]) -> dict[str, list[Judged]]:
    places: dict[str, list[Judged]] = defaultdict(list)
    for each in judged:
        places[each.mention.key].append(each)
    return places


def decide(judged: list[Judged]) -> list[Judged]:
    """The same mentions, each country with one role for work with the ILO or none.

    Where a country is no place of work with the ILO, no mention says so any longer. Where it is one, and no mention
    alone said so, the surest ones do.
    """
    decided = {code: role_of(places) for code, places in by_country(judged).items()}
    told = {code for code, places in by_country(judged).items() if any(each.role is decided[code] for each in places)}

    def settled(each: Judged) -> Judged:
        role = decided[each.mention.key]
        weighs_more = list(Role).index(each.role) < list(Role).index(role)
        if weighs_more or each.mention.key not in told:
            return replace(each, role=role, margin=0.0, reason=TOGETHER)
        return each

    return [settled(each) for each in judged]


def role_of(places: Iterable[Judged]) -> Role:
    points: dict[Role, float] = dict.fromkeys(Role, 0.0)
    for name, value in summed_up(places).items():
        for role, each in _table().get(name, {}).items():
            points[role] += each * value
    return max(points, key=lambda role: points[role])


@cache
def _table() -> dict[str, dict[Role, float]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["clue"]: {role: float(row[role]) for role in Role} for row in csv.DictReader(file)}
