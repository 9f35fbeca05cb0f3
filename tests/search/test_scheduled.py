"""A scheduled record is found from its moment on, and not a word of it is in the index before."""

import logging
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone

from search import indexing
from search.management.commands import publish_due
from search.models import Scheduled
from search.searching import find
from tests.factories import EngagementFactory, InterviewFactory, ProfileFactory, ProgrammeFactory
from tests.search.reading import entry, everything_held, is_found

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(monkeypatch):
    """Lets an hour pass."""

    def later():
        moment = timezone.now() + timedelta(hours=1)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return later


def soon():
    return timezone.now() + timedelta(minutes=30)


def test_it_is_found_when_its_moment_has_come_without_anybody_doing_anything(later):
    engagement = EngagementFactory(title_en="Zanthoxylum", publish_at=soon())
    assert not is_found("zanthoxylum", engagement)
    assert "zanthox" not in everything_held()
    later()
    assert is_found("zanthoxylum", engagement)
    assert not Scheduled.objects.exists()


def test_those_who_name_it_follow(later):
    programme = ProgrammeFactory(name_en="Zanthoxylum", publish_at=soon())
    engagement = EngagementFactory(programme=programme)
    profile = ProfileFactory(publish_at=soon())
    interview = InterviewFactory(profile=profile, title_en="Rhododendron")
    assert "zanthox" not in everything_held()
    assert "rhododend" not in everything_held()
    later()
    assert is_found("zanthoxylum", engagement)
    assert is_found("rhododendron", interview)


def test_an_interview_of_a_hidden_person_waits_for_the_person(later):
    interview = InterviewFactory(profile=ProfileFactory(draft=True), title_en="Zanthoxylum", publish_at=soon())
    later()
    find("anything", "en")
    assert "zanthox" not in everything_held()
    assert not Scheduled.objects.exists()
    interview.profile.publish()
    assert is_found("zanthoxylum", interview)


def test_what_is_taken_back_before_its_moment_never_comes(later):
    for change in ("archive", "delete"):
        getattr(EngagementFactory(title_en="Zanthoxylum", publish_at=soon()), change)()
    assert not Scheduled.objects.exists()
    later()
    find("anything", "en")
    assert "zanthox" not in everything_held()


def test_another_moment_is_another_moment(later):
    engagement = EngagementFactory(publish_at=soon())
    engagement.publish_at = timezone.now() + timedelta(hours=5)
    engagement.save()
    assert Scheduled.objects.get().publish_at == engagement.publish_at
    later()
    find("anything", "en")
    assert entry(engagement) is None


def test_who_cannot_write_searches_all_the_same(later, monkeypatch, caplog):
    EngagementFactory(title_en="Zanthoxylum", publish_at=soon())
    old = EngagementFactory(title_en="Rhododendron")
    later()

    def refuse(keys):
        raise DatabaseError("the database is read-only")

    monkeypatch.setattr(indexing, "index", refuse)
    with caplog.at_level(logging.WARNING):
        assert is_found("rhododendron", old)
    assert "could not be indexed" in caplog.text


def test_publish_due_indexes_what_became_public_before_anybody_searches(later, capsys, monkeypatch):
    monkeypatch.setattr(indexing, "AT_ONCE", 2)
    monkeypatch.setattr(publish_due, "AT_ONCE", 2)
    records = [ProgrammeFactory(name_en=f"Zanthoxylum {n}", publish_at=soon()) for n in range(5)]
    call_command("publish_due")
    assert capsys.readouterr().out == "Records that became public and were indexed: 0.\n"
    later()
    assert all(record.is_public for record in records)
    call_command("publish_due")
    assert capsys.readouterr().out == "Records that became public and were indexed: 5.\n"
    assert "zanthox" in everything_held()
    call_command("publish_due")
    assert capsys.readouterr().out == "Records that became public and were indexed: 0.\n"
