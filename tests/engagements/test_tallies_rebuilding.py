"""All tallies are made anew while editors save, and what two writers do at once is counted once each."""

import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction
from django.db.models import F
from django.utils import timezone

from engagements.models import Engagement
from engagements.tallies import counting, following, rebuilding
from engagements.tallies.models import Coming, Counted, RecordTally, Tally, Total, Use
from engagements.tallies.reading import Scope
from tests.engagements.tallied import as_it_is, as_it_should_be, assert_right
from tests.factories import EngagementFactory, EngagementStaffFactory, ProgrammeFactory, full_engagement

pytestmark = pytest.mark.django_db


def check() -> str:
    """What the command says that looks for differences; raises SystemExit where there are any."""
    out = StringIO()
    call_command("rebuild_tallies", "--check", stdout=out)
    return out.getvalue()


def test_from_nothing_comes_what_was_kept_all_along():
    for country in ("PE", "BO", "KE"):
        full_engagement(country_id=country)
        EngagementFactory(country_id=country, kind="pilot", men_trained=3)
    kept = as_it_is()
    for model in (Total, Tally, RecordTally, Use, Counted, Coming):
        model._base_manager.all().delete()
    call_command("rebuild_tallies", stdout=StringIO())
    assert as_it_is() == kept == as_it_should_be()
    assert "tally: 0 wrong" in check()


@pytest.mark.parametrize("table", [Total, Tally, RecordTally, Use])
@pytest.mark.parametrize("wrong", ["more", "gone"])
def test_whatever_is_wrong_is_said_and_put_right(table, wrong):
    full_engagement()
    EngagementFactory(scheduled=True)
    rows = table._base_manager.all()
    rows.update(number=F("number") + 1) if wrong == "more" else rows._raw_delete(rows.db)
    with pytest.raises(SystemExit) as left:
        check()
    assert left.value.code == 1
    call_command("rebuild_tallies", stdout=StringIO())
    assert_right()
    check()


def test_what_was_changed_past_the_portal_is_said_and_put_right():
    first, second, _third = (full_engagement() for _ in range(3))
    Engagement.objects.filter(pk=first.pk).update(country="BO")
    Engagement.objects.filter(pk=second.pk).update(status="draft")
    Counted.objects.create(engagement=10**9, country="KE", kind="pilot", status="1", year=2000)
    with pytest.raises(SystemExit):
        check()
    call_command("rebuild_tallies", stdout=StringIO())
    assert_right()
    assert "engagement: 0 wrong" in check()


def test_all_is_counted_where_the_tables_are_new(monkeypatch):
    full_engagement()
    for model in (Total, Tally, RecordTally, Use, Counted):
        model._base_manager.all().delete()
    monkeypatch.setattr(following, "tables_are_ready", lambda plan: bool(plan))
    of_engagements = type("Migration", (), {"app_label": "engagements", "name": "0006_tallies"})()
    following.migrated(plan=[])
    assert not Tally.objects.exists()
    following.migrated(plan=[(of_engagements, False)])
    assert_right()


class TestScheduled:
    @pytest.fixture
    def later(self, monkeypatch):
        def later():
            moment = timezone.now() + timedelta(hours=1)
            monkeypatch.setattr(timezone, "now", lambda: moment)

        return later

    @pytest.fixture
    def engagement(self):
        return EngagementFactory(programme=ProgrammeFactory(), publish_at=timezone.now() + timedelta(minutes=30))

    def test_it_counts_from_its_moment_on_without_anybody_saving_it(self, client, engagement, later):
        assert Scope().figures()["engagements"] == 0
        later()
        assert Scope().figures()["engagements"] == 1
        assert not Coming.objects.exists()
        assert_right()

    def test_the_list_of_programmes_knows_it_too(self, client, engagement, later):
        address = "/en/programmes/?country=PE"
        assert list(client.get(address).context["page_obj"]) == []
        later()
        assert list(client.get(address).context["page_obj"]) == [engagement.programme]

    def test_the_list_of_engagements_counts_it(self, client, engagement, later):
        later()
        filterset = client.get("/en/engagements/").context["filterset"]
        assert filterset.known_count() == 1

    def test_where_nothing_can_be_written_the_page_comes_all_the_same(
        self, client, engagement, later, monkeypatch, caplog
    ):
        def fail(ids):
            raise DatabaseError("read only")

        later()
        with monkeypatch.context() as patches:
            patches.setattr(counting, "recount", fail)
            assert client.get("/en/countries/").status_code == 200
        assert "could not be counted" in caplog.text
        assert Scope().figures()["engagements"] == 1

    def test_a_page_does_not_wait_for_a_long_import(self, engagement, later, monkeypatch):
        later()
        with monkeypatch.context() as patches:
            patches.setattr(counting, "one_writer", lambda wait: wait)
            assert counting.count_what_has_come_due() == 0
        assert counting.count_what_has_come_due() == 1


class TestTwoAtOnce:
    """Each in a thread of its own, with its own connection."""

    def run(self, *tasks) -> None:
        failed = []

        def work(task):
            try:
                task()
            except BaseException as error:
                failed.append(error)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=work, args=[task]) for task in tasks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert not failed
        assert not any(thread.is_alive() for thread in threads)

    def test_two_writers(self, real_transactions):
        engagements = [full_engagement() for _ in range(4)]
        profile = engagements[0].staff.get()

        def write(mine, country):
            for number in range(6):
                for engagement in mine:
                    with transaction.atomic():
                        changed = Engagement.objects.select_for_update(of=("self",)).get(pk=engagement.pk)
                        changed.country_id = country if number % 2 else "KE"
                        changed.save()
                        changed.staff.set([profile] if number % 2 else [])
                EngagementFactory(programme=engagements[0].programme, country_id=country)

        self.run(lambda: write(engagements[:3], "BO"), lambda: write(engagements[1:][::-1], "CO"))
        assert_right()

    def test_a_programme_that_is_published_while_it_is_first_used(self, real_transactions):
        """The one has locked the programme and waits for the lock of the writers, the other one the reverse."""
        if connection.vendor != "postgresql":
            pytest.skip("SQLite has one writer at a time")
        programme = ProgrammeFactory(draft=True)
        engagement = EngagementFactory(programme=programme, draft=True)
        locked, counted = threading.Event(), threading.Event()

        def publish_programme():
            with transaction.atomic():
                mine = type(programme).objects.select_for_update().get(pk=programme.pk)
                locked.set()
                counted.wait(2)
                mine.status = "published"
                mine.save()

        def publish_engagement():
            locked.wait(10)
            with transaction.atomic():
                mine = Engagement.objects.get(pk=engagement.pk)
                mine.status = "published"
                mine.save()
                counted.set()

        self.run(publish_programme, publish_engagement)
        assert Use.objects.get().number == 1
        assert_right()

    def test_all_is_made_anew_while_somebody_saves(self, real_transactions, monkeypatch):
        if connection.vendor != "postgresql":
            pytest.skip("SQLite has one writer at a time")
        monkeypatch.setattr(rebuilding, "AT_ONCE", 2)
        engagements = [full_engagement() for _ in range(6)]
        Tally.objects.all().delete()
        RecordTally.objects.update(number=F("number") + 2)
        Counted.objects.filter(pk__in=[engagement.pk for engagement in engagements[:3]]).delete()
        done = threading.Event()

        def save():
            number = 0
            while not done.is_set():
                number += 1
                engagement = engagements[number % 6]
                engagement.country_id = ["BO", "PE", "KE"][number % 3]
                engagement.save()
                EngagementStaffFactory(engagement=engagement)

        def rebuild():
            try:
                rebuilding.rebuild()
            finally:
                done.set()

        self.run(save, rebuild)
        assert_right()
        check()
