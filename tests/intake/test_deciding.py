"""All the places where a country is named decide together what it is to the person."""

import csv

import pytest

from intake.findings import Known, Role
from intake.proposals.deciding import ALWAYS, TABLE, by_country, decide, summed_up
from intake.proposals.passages import passages_of
from intake.proposals.roles import judge
from tests.intake.told import roles, told


def judged(*paragraphs: str):
    proposals = told(*paragraphs)
    return judge(passages_of(proposals.article, proposals.interview, proposals.mentions, Known()))


def test_a_country_that_is_only_named_once_beside_another_is_mentioned():
    proposals = told(
        "In Fiji we trained trainers with My.Coop in 2018, and in Fiji they trained forty cooperatives.",
        "A handbook from Iceland lay on the table.",
    )
    assert roles(proposals) == {"FJ": "engagement", "IS": "mentioned"}


def test_no_mention_says_more_than_the_country_is():
    for places in by_country(decide(judged("The project in Togo was paid for by Norway.", "I like Norway."))).values():
        assert len({each.role for each in places if each.role is not Role.MENTIONED}) <= 1


def test_deciding_twice_changes_nothing():
    once = decide(judged("In Fiji we trained trainers with My.Coop in 2018.", "A letter from Iceland came."))
    assert decide(once) == once


def test_clues_of_a_country_are_the_largest_of_its_places():
    places = by_country(judged("In Fiji we trained trainers with My.Coop.", "Fiji is far."))["FJ"]
    clues = summed_up(places)
    assert clues["programme in the sentence"] == 1
    assert clues["places"] == pytest.approx(0.4)
    assert 0 < clues[f"mostly alone: {places[0].role}"] <= 1


def test_the_table_has_points_for_every_role_and_clues_that_exist():
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert set(rows[0]) == {"clue", *Role}
    names = {row["clue"] for row in rows}
    assert len(names) == len(rows)
    assert {ALWAYS, "staff", "partner", "with the ILO", "programme in the sentence"} <= names
    found = set(summed_up(judged("In Fiji we trained trainers with My.Coop in 2018.")))
    assert found <= names
