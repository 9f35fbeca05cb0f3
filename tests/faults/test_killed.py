"""Whoever pulls the plug while staff save, publish, import or take in an article leaves nothing half done."""

import json

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def reports(migrated, tmp_path_factory) -> dict:
    file = tmp_path_factory.mktemp("killed") / "reports.json"
    migrated.run("-m", "tests.faults.editing", file)
    return json.loads(file.read_text())


@pytest.mark.parametrize("action", ["save", "publish", "sheet", "intake"])
def test_all_or_nothing_is_there_after_a_kill_and_the_next_time_completes(action, reports):
    report = reports[action]
    assert report["torn"] is None
    assert len(report["killed"]) > 3
    assert report["done when killed"]
    assert report["done again"]


def test_the_nightly_cleaning_takes_away_what_the_killed_left(reports):
    assert reports["behind"] == {"unused": [], "empty": [], "left": []}
