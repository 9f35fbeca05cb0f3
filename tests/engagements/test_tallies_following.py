"""Whatever changes and however, the tallies are at once what a count from nothing would give."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codelists.models import Country, Topic
from codelists.signals import loaded
from desk.merging import Merge
from engagements.models import Engagement, EngagementStaff
from engagements.tallies.reading import Scope
from engagements.tallies.rebuilding import rebuild
from organisations.models import Organisation
from privacy.erasure import erase
from profiles.models import Profile
from programmes.models import Programme
from publishing.models import Status
from search.indexing import together
from tests.engagements.tallied import as_it_is, as_it_should_be, assert_right, told
from tests.factories import (
    EngagementFactory,
    EngagementStaffFactory,
    OrganisationFactory,
    ProfileFactory,
    ProgrammeFactory,
    full_engagement,
)
from tests.sheets.files import Importer, as_csv

pytestmark = pytest.mark.django_db


class World:
    """A few records, and the steps that somebody may take with them. A step on what is not there does nothing."""

    def __init__(self, monkeypatch):
        self.monkeypatch = monkeypatch
        for _ in range(3):
            ProfileFactory(), OrganisationFactory(), ProgrammeFactory()
        self.topics = list(Topic.objects.order_by("pk")[:3])

    def one(self, model, number: int):
        found = list(model.objects.order_by("pk"))
        return found[number % len(found)] if found else None

    def take(self, step: str, one: int, other: int) -> None:
        engagement, topic = self.one(Engagement, one), self.one(Topic, other)
        profile, partner = self.one(Profile, other), self.one(Organisation, other)
        if step == "create":
            self.create(one, other)
        elif step == "time passes":
            moment = timezone.now() + timedelta(hours=1)
            self.monkeypatch.setattr(timezone, "now", lambda: moment)
        elif step == "profile hidden or shown":
            self.turn(profile)
        elif step == "programme hidden or shown":
            self.turn(self.one(Programme, other))
        elif step == "people merged":
            self.merge(Profile, one, other)
        elif step == "partners merged":
            self.merge(Organisation, one, other)
        elif step == "topic's engagements":
            topic.engagements.set(Engagement.objects.order_by("pk")[: one % 4])
        elif step == "topic cleared":
            topic.engagements.clear()
        elif step == "partner's engagements":
            partner.engagements.set(Engagement.objects.order_by("pk")[: one % 4])
        elif step == "partner cleared":
            partner.engagements.clear()
        elif step == "topic deleted" and Topic.objects.count() > 5:
            topic.delete()
        elif step == "region changes":
            country = self.one(Country, other)
            country.region_id = [None, "africa", "americas"][one % 3]
            country.save()
        elif engagement:
            self.change(step, engagement, other)

    def topics_left(self) -> list[Topic]:
        """Those that no step has deleted: SQLite would refuse a link to another only at the end of the transaction."""
        return list(Topic.objects.filter(pk__in=[topic.pk for topic in self.topics if topic.pk]).order_by("pk"))

    def create(self, one: int, other: int) -> None:
        engagement = EngagementFactory(
            country=self.one(Country, one % 3),
            programme=[None, self.one(Programme, other)][one % 2],
            sector_id=[None, "A", "K"][other % 3],
            kind=Engagement.Kind.values[one % 3],
            start_date=date(2015 + other % 4, 1, 1),
            women_trained=[None, 0, 12][one % 3],
            publish_at=timezone.now() + timedelta(minutes=30 * (other % 3 - 1)),
        )
        engagement.topics.set(self.topics_left()[: one % 4])
        engagement.partners.add(self.one(Organisation, one), self.one(Organisation, other))
        for profile in {self.one(Profile, one), self.one(Profile, other)}:
            EngagementStaffFactory(engagement=engagement, profile=profile)

    def change(self, step: str, engagement: Engagement, other: int) -> None:
        status = Status.values[other % len(Status.values)]
        match step:
            case "status":
                engagement.status = status
                engagement.save()
            case "scheduled":
                engagement.publish_at = timezone.now() + timedelta(minutes=20 * (other % 6))
                engagement.save()
            case "edited":
                engagement.country = self.one(Country, other)
                engagement.programme = [None, self.one(Programme, other)][other % 2]
                engagement.activity_status = Engagement.ActivityStatus.values[other % 6]
                engagement.men_trained = [None, 3][other % 2]
                engagement.save()
            case "staff set":
                engagement.staff.set(Profile.objects.order_by("pk")[: other % 4])
            case "staff left":
                for part in EngagementStaff.objects.filter(engagement=engagement)[: other % 3]:
                    part.delete()
            case "topics set":
                engagement.topics.set(self.topics_left()[other % 3 :])
            case "partners cleared":
                engagement.partners.clear()
            case "deleted":
                engagement.delete()
            case "several deleted":
                Engagement.objects.filter(pk__gte=engagement.pk).delete()

    def turn(self, record) -> None:
        record.status = Status.ARCHIVED if record.status == Status.PUBLISHED else Status.PUBLISHED
        record.save()

    def merge(self, model, one: int, other: int) -> None:
        kept, gone = self.one(model, one), self.one(model, other)
        if kept != gone:
            with transaction.atomic():
                Merge.of(model, kept.pk, gone.pk, locked=True).carry_out({})


STEPS = [
    "create",
    "time passes",
    "profile hidden or shown",
    "programme hidden or shown",
    "people merged",
    "partners merged",
    "topic's engagements",
    "topic cleared",
    "partner's engagements",
    "partner cleared",
    "topic deleted",
    "region changes",
    "status",
    "scheduled",
    "edited",
    "staff set",
    "staff left",
    "topics set",
    "partners cleared",
    "deleted",
    "several deleted",
]
numbers = st.integers(0, 11)
steps = st.lists(st.tuples(st.sampled_from(STEPS), numbers, numbers), min_size=1, max_size=8)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=steps)
def test_after_any_steps_all_is_counted(monkeypatch, steps):
    with transaction.atomic(), monkeypatch.context() as patches:
        with together():
            world = World(patches)
            for number in range(4):
                world.create(number, number + 1)
        for step, one, other in steps:
            world.take(step, one, other)
            assert_right()
        for record in (world.one(Country, 0), world.one(Programme, 1), world.topics[0]):
            if record.pk:
                scope = Scope.of(record)
                assert told(scope.overview()) == told(scope.engagements().overview())
                assert scope.figures() == scope.engagements().figures()
                assert scope.regions() == scope.engagements().regions()
        assert set(rebuild(only_check=True).values()) == {0}
        transaction.set_rollback(True)


def test_nothing_is_left_when_the_last_one_goes():
    full_engagement()
    assert as_it_is() == as_it_should_be()
    Engagement.objects.get().delete()
    assert not any(as_it_is().values())


def test_of_a_change_that_counts_for_nothing_nothing_is_written(django_assert_max_num_queries):
    engagement = full_engagement()
    before = as_it_is()
    with django_assert_max_num_queries(40) as captured:
        engagement.summary_en = "Other words."
        engagement.save()
    assert as_it_is() == before
    written = [query["sql"] for query in captured if query["sql"].startswith(("INSERT", "DELETE"))]
    assert not [sql for sql in written if "tally" in sql or "counted" in sql]


def test_what_is_rolled_back_was_never_counted(real_transactions):
    full_engagement()
    before = as_it_is()
    with transaction.atomic():
        full_engagement(country_id="BO")
        transaction.set_rollback(True)
    assert as_it_is() == before == as_it_should_be()


def test_many_changes_are_counted_together_at_the_end(django_assert_max_num_queries):
    engagements = [full_engagement() for _ in range(3)]
    with together():
        for engagement in engagements:
            engagement.country_id = "BO"
            engagement.save()
        assert Scope.of(Country(pk="BO")).figures()["engagements"] == 0
    assert Scope.of(Country(pk="BO")).figures()["engagements"] == 3
    assert_right()


def test_a_country_that_the_official_lists_put_into_another_region():
    full_engagement()
    Country.objects.filter(pk="PE").update(region="africa")
    loaded.send(sender=None)
    assert_right()
    assert [region.pk for region in Scope().regions()] == ["africa"]


def test_what_was_written_past_the_signals_is_counted_with_the_next_lists(monkeypatch):
    """As a data package is restored: in bulk, and then its code lists are announced."""
    monkeypatch.setattr("engagements.tallies.rebuilding.FEW", 1)
    full_engagement()
    Engagement.objects.bulk_create(EngagementFactory.build_batch(3, title="Restored", slug="restored"))
    loaded.send(sender=None)
    assert Scope().figures()["engagements"] == 4
    assert_right()


def test_the_sample():
    call_command("load_sample", verbosity=0)
    assert_right()
    assert set(rebuild(only_check=True).values()) == {0}


def test_a_file_that_changes_engagements(staff_client):
    engagement, partner = full_engagement(), OrganisationFactory(slug="union")
    person = ProfileFactory(slug="ana")
    row = {
        "id": engagement.pk,
        "country": "BO",
        "programme": "",
        "partners": "union",
        "staff": "ana:lead",
        "topics": "",
    }
    Importer(staff_client).run(Engagement, as_csv([row]))
    engagement.refresh_from_db()
    assert (engagement.country_id, *engagement.partners.all(), *engagement.staff.all()) == ("BO", partner, person)
    assert_right()


def test_a_person_who_is_erased(editor):
    engagement = full_engagement()
    person = engagement.staff.get()
    erase(person, editor)
    assert Engagement.objects.get().staff.count() == 0
    assert_right()
