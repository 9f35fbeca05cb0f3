"""The goals are judged by the numbers that they name."""

import pytest

from bench.goals import goals
from tests.bench.results import page, result


def judged(run: dict) -> dict:
    return {(goal.name, goal.page): goal for goal in goals(run)}


def test_each_goal_has_its_value_and_whether_it_is_met():
    found = judged(result())
    values = {
        ("warm page beside the floor", "home"): (0.9, True),
        ("warm page beside the floor", "person"): (0.7, False),
        ("304 beside the floor", "home"): (0.8, False),
        # A page without an ETag is not revalidated.
        ("304 beside the floor", "person"): (0.0, False),
        ("cold page beside the naive one", "country page"): (5.0, True),
        ("growth of a cold page", "country page"): (4.0, False),
        ("growth of a cold page", "admin people"): (4.0, False),
        ("search beside a plain list", "search rare word"): (1.0, True),
        ("visitors at once: p99 beside the floor", ""): (10.0, True),
        ("visitors at once: errors", ""): (1, False),
        ("memory of a worker, MiB", ""): (149.0, True),
        ("its growth per 10,000 requests, MiB", ""): (0.1, True),
    }
    assert {key: (found[key].value, found[key].met) for key in values} == values
    assert not any(goal.at for goal in found.values())


def test_another_size_is_named():
    run = result()
    run["cold"] = {"10k": run["cold"]["10k"], "20k": run["cold"]["200k"]}
    run["judged_size"] = "20k"
    found = judged(run)
    assert found["cold page beside the naive one", "programmes"].at == "at 20k"
    assert found["growth of a cold page", "programmes"].at == "10k to 20k"
    assert found["search beside a plain list", "search rare word"].at == "at 20k"


def test_what_was_not_measured_is_neither_met_nor_missed():
    run = result()
    run["cold"] = {"200k": {"engagements": page(20)}}
    run["naive"] = {}
    run["memory"]["growth_per_10k"] = None
    found = judged(run)
    for key in [
        ("cold page beside the naive one", "programmes"),
        ("growth of a cold page", "engagements"),
        ("search beside a plain list", "search rare word"),
        ("its growth per 10,000 requests, MiB", ""),
    ]:
        assert found[key].value is None
        assert found[key].met is None


@pytest.mark.parametrize(("p99", "met"), [(20.0, True), (20.1, False)])
def test_a_limit_belongs_to_what_is_met(p99, met):
    run = result()
    run["visitors"]["p99_ratio"] = p99
    assert judged(run)["visitors at once: p99 beside the floor", ""].met is met
