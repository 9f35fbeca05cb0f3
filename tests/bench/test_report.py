"""The report says every number, and in words what was missed."""

from dataclasses import asdict

from bench.goals import goals
from bench.machine import facts, notes
from bench.report import report, table
from bench.running import told
from tests.bench.results import result


def test_a_table_is_in_columns():
    lines = table(["page", "ms"], [["home", 1.5], ["a list", 12_345]]).splitlines()
    assert lines == ["page        ms", "------  ------", "home       1.5", "a list  12,345"]


def test_the_report_has_it_all():
    run = result()
    run["goals"] = [told(goal) for goal in goals(run)]
    run["failed"] = {"gaps": "timed out"}
    run["profiles"] = {
        "country page": {
            "split": {"sql": 30.0, "template": 5.0, "other": 5.0},
            "queries": 9,
            "slowest": [{"ms": 25.0, "sql": "SELECT 1"}],
            "warm_functions": ["50.0%  base.py:1 render"],
        }
    }
    text = report({"machine": facts(), "notes": ["The quick form."], "runs": [run]})
    for part in (
        "The quick form.", "10,000, 200,000, 1,000,000 engagements", "no ETag", "MISSED",
        "gaps could not be measured: timed out",
        "Where the time of “country page” goes", "SELECT 1", "base.py:1 render", "growth per 10,000 requests: 0.1 MiB",
    ):  # fmt: skip
        assert part in text
    (line,) = [line for line in text.splitlines() if line.startswith("country page")]
    # Medians at three sizes, … of the naive site, and how many times slower that is.
    assert line.split()[2:5] == ["10", "20", "40"]
    assert line.split()[-3:] == ["100", "4", "5.0"]


def test_what_makes_numbers_worth_less_is_said():
    machine = facts() | {"driver": "Python", "load_before": 50.0}
    assert [note.split(" ")[0] for note in notes(machine)] == ["wrk", "The"]
    assert notes(machine | {"driver": "wrk", "load_before": 0.1}) == []
    assert asdict(goals(result())[0])["name"]
