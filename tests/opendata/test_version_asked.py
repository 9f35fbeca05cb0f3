"""What a visit asks the database for the version: one small question while nothing changed, and never an old answer.

Outside of transactions, as visits are; the tests beside this one run within one each.
"""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from opendata.models import ContentVersion
from opendata.versions import bump, current
from search.indexing import index_what_has_come_due
from search.models import Scheduled
from search.rebuilding import rebuild
from tests.factories import EngagementFactory
from tests.opendata.test_versions import at

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


def asked() -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        current()
    return [query["sql"] for query in queries]


def test_while_nothing_changes_the_token_alone_is_asked_for():
    EngagementFactory(status="published", publish_at=timezone.now() + HOUR)
    current(), current()
    (question,) = asked()
    assert Scheduled._meta.db_table not in question


def test_after_a_change_there_is_one_more_question_once():
    EngagementFactory()
    current(), current()
    bump()
    assert [len(asked()), len(asked())] == [2, 1]


def test_a_date_that_passes_is_seen_by_whoever_asked_before_and_by_whoever_did_not():
    moment = timezone.now() + HOUR
    EngagementFactory(status="published", publish_at=moment)
    before = current()
    with at(moment - timedelta(seconds=1)):
        assert current() == before
    for _time in range(2):
        with at(moment):
            assert current().token != before.token
            assert current().changed_at == moment
        assert current() == before  # the clock went back


@pytest.mark.parametrize("earlier", [True, False], ids=["before the next", "after the next"])
def test_a_date_that_comes_to_be_is_known(earlier):
    moment = timezone.now() + 2 * HOUR
    EngagementFactory(status="published", publish_at=moment)
    current()
    added = EngagementFactory(status="published", publish_at=moment - HOUR if earlier else moment + HOUR)
    before = current()
    with at(added.publish_at):
        assert current().changed_at == added.publish_at
        assert current().token != before.token


def test_a_date_that_is_moved_or_taken_back_is_known():
    moment = timezone.now() + HOUR
    engagement = EngagementFactory(status="published", publish_at=moment)
    current()
    engagement.publish_at = moment + HOUR
    engagement.save()
    before = current()
    with at(moment):
        assert current() == before
    with at(moment + HOUR):
        assert current() != before
    engagement.status = "draft"
    engagement.save()
    before = current()
    with at(moment + HOUR):
        assert current() == before


def test_a_date_that_only_the_rebuilt_index_knows_is_known():
    moment = timezone.now() + HOUR
    EngagementFactory(status="published", publish_at=moment)
    Scheduled.objects.all().delete()
    bump()
    before = current()
    with at(moment):
        assert current() == before
    rebuild()
    with at(moment):
        assert current().changed_at == moment


def test_a_record_that_was_indexed_when_it_came_due_is_a_change_in_turn():
    moment = timezone.now() + HOUR
    EngagementFactory(status="published", publish_at=moment)
    current()
    with at(moment):
        due = current()
        index_what_has_come_due()
        assert current().token != due.token
        assert not Scheduled.objects.exists()


def test_a_portal_without_a_version_remembers_nothing():
    ContentVersion.objects.all().delete()
    moment = timezone.now() + HOUR
    assert current().changed_at is None
    Scheduled.objects.create(kind="engagement", object_id="1", publish_at=moment)
    with at(moment):
        assert current().changed_at == moment


def test_what_another_connection_commits_is_seen_at_once(commits_elsewhere):
    EngagementFactory()
    before = current()
    commits_elsewhere(bump)
    assert current().token != before.token


@pytest.fixture
def commits_elsewhere():
    """Does something on a connection of its own, as another process would."""

    def do(something):
        def run():
            try:
                something()
            finally:
                connections.close_all()

        thread = Thread(target=run)
        thread.start()
        thread.join()

    return do


class TestPostgreSQL:
    @pytest.fixture(autouse=True)
    def only_there(self):
        if connection.vendor != "postgresql":
            pytest.skip("SQLite plans the question in no time")
        bump()
        current()

    def test_the_question_is_planned_once_a_connection(self):
        connection.close()
        assert [question.split()[0] for question in asked() + asked()] == ["PREPARE", "EXECUTE", "EXECUTE"]

    def test_through_pgbouncer_it_is_planned_each_time(self, settings):
        settings.PGBOUNCER = True
        assert [question.split()[0] for question in asked() + asked()] == ["SELECT", "SELECT"]

    def test_a_table_that_was_made_anew_is_read(self):
        """As when a backup is restored under a portal that runs."""
        name = ContentVersion._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {name} RENAME TO older")
            cursor.execute(f"CREATE TABLE {name} (LIKE older INCLUDING ALL)")
            cursor.execute("DROP TABLE older CASCADE")
        before = current().token
        bump()
        assert current().token != before
