"""What is named in very many entries, or matches very many: bounded work, and nothing hidden is told."""

import pytest
from django.core.management import call_command
from django.db import connection

from search import catching_up, finding, searching, waiting
from search.backends import backend, postgresql
from search.kinds import KINDS
from search.models import Entry, Waiting
from search.places import number_of, places_of, record_at
from search.searching import find
from tests.factories import EngagementFactory, ProgrammeFactory
from tests.pages import text
from tests.search.reading import entry, everything_held, is_found

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(monkeypatch):
    """Five engagements of a programme, where more than two that follow have to wait."""
    monkeypatch.setattr(waiting, "AT_ONCE", 2)
    monkeypatch.setattr(catching_up, "SOME", 0)  # nobody searches the work away
    programme = ProgrammeFactory(name_en="Zanthoxylum")
    engagements = [EngagementFactory(title_en=f"Course {number}", programme=programme) for number in range(5)]
    EngagementFactory(draft=True, programme=programme)
    return programme, engagements


def test_those_that_name_a_renamed_record_wait_and_follow(many, capsys):
    programme, engagements = many
    programme.name_en = "Rhododendron"
    programme.save()
    assert is_found("rhododendron", programme)
    assert Waiting.objects.count() == 5
    assert is_found("zanthoxylum", engagements[0])  # that was public
    call_command("publish_due")
    assert "Records that name others and were indexed anew: 5." in capsys.readouterr().out
    assert not Waiting.objects.exists()
    assert "zanthox" not in everything_held()
    assert all(is_found("rhododendron", engagement) for engagement in engagements)


def test_what_is_hidden_is_not_found_by_those_that_still_wait(many):
    programme, _engagements = many
    programme.archive()
    assert Waiting.objects.filter(hides=True).count() == 5
    assert find("zanthoxylum", "en").total == 0
    assert find("course", "en").totals["engagement"] == 5  # by their own titles they are
    call_command("publish_due")
    assert "zanthox" not in everything_held()


def test_searches_do_the_work_some_at_a_time(many, monkeypatch):
    programme, _engagements = many
    programme.archive()
    monkeypatch.setattr(catching_up, "SOME", 3)
    find("anything", "en")
    assert Waiting.objects.count() == 2
    find("anything", "en")
    assert "zanthox" not in everything_held()


def test_who_is_saved_meanwhile_waits_no_more(many):
    programme, engagements = many
    programme.archive()
    engagements[0].save()
    assert Waiting.objects.count() == 4
    assert "zanthoxylum" not in entry(engagements[0]).keywords


def test_totals_are_counted_to_a_number_and_it_is_said(client, monkeypatch):
    monkeypatch.setattr(finding, "COUNTED", 3)
    monkeypatch.setattr(searching, "COUNTED", 3)
    for number in range(5):
        EngagementFactory(title_en=f"Rhododendron {number}")
    ProgrammeFactory(name_en="Rhododendron")
    found = find("rhododendron", "en")
    assert (found.totals, found.capped) == ({"engagement": 3, "programme": 1}, {"engagement"})
    page = text(client.get("/en/search/?q=rhododendron"))
    assert "Engagements 3+" in page
    assert "Everything 4+" in page
    (totals,) = [
        each for each in client.get("/api/v1/search/?q=rhododendron").json()["totals"] if each["type"] == "engagement"
    ]
    assert (totals["count"], totals["more"]) == (3, True)


@pytest.mark.parametrize("few", [0, 10_000])
def test_of_more_than_can_be_ranked_whole_titles_come_first_and_then_the_newest(monkeypatch, few):
    monkeypatch.setattr(postgresql, "_FEW", few)
    monkeypatch.setattr(searching, "CONSIDERED", 3)
    exact = EngagementFactory(title_en="Rhododendron")
    in_title = EngagementFactory(title_en="On rhododendron")
    texts = [EngagementFactory(title_en=f"T{number}", summary_en="Rhododendron") for number in range(9)]
    titles = [one.title for one in find("rhododendron", "en").ranked]
    assert titles[:2] == [exact.title_en, in_title.title_en]
    assert set(titles[2:]) <= {record.title_en for record in texts[-3:]}
    assert find("rhododendron", "en").totals == {"engagement": 11}


@pytest.mark.parametrize("walked", [2, 3_000])
def test_frequent_and_rare_words_have_the_same_answers_in_every_way(monkeypatch, walked):
    for number in range(6):
        EngagementFactory(title_en=f"Rhododendron {number}", summary_en="Course" if number < 2 else "")
    asked = [find(query, "en").totals for query in ("rhododendron", "course", "rhododendron course")]
    monkeypatch.setattr(postgresql, "_FEW", -1)
    monkeypatch.setattr(postgresql, "_WALKED", walked)
    assert [find(query, "en").totals for query in ("rhododendron", "course", "rhododendron course")] == asked
    assert asked[0] == {"engagement": 6}


def test_every_record_of_the_code_lists_has_a_place_of_its_own():
    for kind in ("country", "region", "topic"):
        keys = {each.object_id for each in Entry.objects.filter(kind=kind)}
        assert len({number_of(key) for key in keys}) == len(keys)
    number = KINDS["country"].number
    assert record_at(next(places_of(number, "PE")) & (1 << 44) - 1) == (number, number_of("PE"))


def test_the_index_is_walked_from_its_end_and_not_sorted():
    if connection.vendor != "sqlite":
        pytest.skip("the plan of FTS5")
    statement = (
        "EXPLAIN QUERY PLAN SELECT rowid FROM search_entry_fts "
        "WHERE search_entry_fts MATCH %s ORDER BY rowid DESC LIMIT 30"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [backend().token("en82course")])
        plan = str(cursor.fetchall())
    assert "VIRTUAL TABLE INDEX" in plan
    assert "TEMP B-TREE" not in plan
