"""The index and the records change together, whoever else is at work at the same time."""

import threading
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction

from organisations.models import Organisation
from profiles.models import Profile
from search import following, rebuilding
from search.models import Entry
from tests.factories import EngagementFactory, OrganisationFactory, ProfileFactory, ProgrammeFactory
from tests.search.reading import everything_held


def test_a_record_that_cannot_be_indexed_is_not_saved(real_transactions, monkeypatch):
    def fail(keys):
        raise RuntimeError("no index today")

    with monkeypatch.context() as patches:
        patches.setattr(following, "follow", fail)
        with pytest.raises(RuntimeError):
            OrganisationFactory()
    assert not Organisation.objects.exists()


def test_what_is_saved_meanwhile_is_never_overwritten_by_something_older(real_transactions, monkeypatch):
    """While some records are compared somebody archives one: who is second finds what the first one did."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    profile = ProfileFactory(family_name="Zanthoxylum")
    compared, real = threading.Event(), rebuilding.compare
    saved = []

    def archive():
        try:
            compared.wait(60)
            Profile.objects.get(pk=profile.pk).archive()
            saved.append(True)
        finally:
            connections.close_all()

    def compare(kind, ids):
        differences = real(kind, ids)
        if kind.model is Profile:
            compared.set()
            editor.join(0.5)  # it waits for the lock of this chunk
            assert not saved
        return differences

    Entry.objects.filter(kind="profile").update(title="wrong")
    editor = threading.Thread(target=archive)
    editor.start()
    with monkeypatch.context() as patches:
        patches.setattr(rebuilding, "compare", compare)
        call_command("rebuild_search", stdout=StringIO())
    editor.join()
    assert saved
    assert "zanthox" not in everything_held()


def test_an_engagement_saved_while_its_programme_is_archived_does_not_keep_the_name(real_transactions):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    programme = ProgrammeFactory(name_en="Zanthoxylum")
    engagement = EngagementFactory(programme=programme)

    def edit():
        try:
            engagement.title_en = "Another title"
            engagement.save()
        finally:
            connections.close_all()

    editor = threading.Thread(target=edit)
    with transaction.atomic():
        programme.archive()
        editor.start()
        editor.join(0.5)
    editor.join()
    assert "zanthox" not in everything_held()
