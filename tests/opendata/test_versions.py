"""Whatever changes what the public sees changes the content version; reading does not."""

from datetime import timedelta
from unittest import mock

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from codelists.models import Country, Language, Sector, Topic
from opendata.models import ContentVersion
from opendata.versions import bump, current
from publishing.signals import parts_reordered
from search.indexing import index_what_has_come_due
from search.models import Scheduled
from search.rebuilding import rebuild
from tests.factories import (
    EducationFactory,
    EngagementFactory,
    EngagementStaffFactory,
    ExchangeFactory,
    IntakeFactory,
    InterviewFactory,
    InterviewPhotoFactory,
    MaterialFactory,
    ModuleFactory,
    OfficeFactory,
    OrganisationFactory,
    PositionFactory,
    ProfileFactory,
    ProgrammeFactory,
    SeriesFactory,
    SourceFactory,
)
from tests.pictures import picture

pytestmark = pytest.mark.django_db


def at(moment):
    """The portal at that moment."""
    return mock.patch("django.utils.timezone.now", return_value=moment)


FACTORIES = [
    EducationFactory,
    EngagementFactory,
    EngagementStaffFactory,
    ExchangeFactory,
    IntakeFactory,
    InterviewFactory,
    InterviewPhotoFactory,
    MaterialFactory,
    ModuleFactory,
    OfficeFactory,
    OrganisationFactory,
    PositionFactory,
    ProfileFactory,
    ProgrammeFactory,
    SeriesFactory,
    SourceFactory,
]


@pytest.mark.parametrize("factory", FACTORIES, ids=lambda factory: factory.__name__)
def test_a_record_that_is_added_saved_or_deleted_is_a_change(factory):
    about = {"record": EngagementFactory()} if factory is SourceFactory else {}
    tokens = [current().token]
    record = factory(**about)
    tokens.append(current().token)
    record.save()
    tokens.append(current().token)
    record.delete()
    tokens.append(current().token)
    assert len(set(tokens)) == 4


@pytest.mark.parametrize(("model", "key"), [(Country, "PE"), (Sector, "A"), (Language, "es")])
def test_a_corrected_name_in_a_code_list_is_a_change(model, key):
    before = current().token
    row = model.objects.get(pk=key)
    row.name_fr = "Autre"
    row.save()
    assert current().token != before


def test_links_of_every_kind_are_changes():
    engagement, programme, profile = EngagementFactory(), ProgrammeFactory(), ProfileFactory()
    organisation, topic, position = OrganisationFactory(), Topic.objects.get(slug="youth"), PositionFactory()
    office = OfficeFactory()
    links = [
        (engagement.partners, organisation),
        (engagement.topics, topic),
        (programme.partners, organisation),
        (programme.languages, "es"),
        (programme.sdgs, 8),
        (profile.languages, "es"),
        (position.countries, "PE"),
        (office.countries_covered, "PE"),
    ]
    for manager, other in links:
        before = current().token
        manager.add(other)
        added = current().token
        assert added != before, manager
        manager.remove(other)
        assert current().token != added, manager


def test_another_order_of_parts_is_a_change():
    programme = ProgrammeFactory()
    before = current().token
    parts_reordered.send(sender=type(programme), whole=programme)
    assert current().token != before


def test_other_renditions_of_pictures_are_a_change():
    profile = ProfileFactory()
    profile.portrait.save("portrait.webp", ContentFile(picture(120, 120)))
    before = current().token
    call_command("make_renditions", "--all", verbosity=0)
    assert current().token != before


def test_code_lists_loaded_anew_are_a_change():
    before = current().token
    call_command("load_codelists", verbosity=0)
    assert current().token != before


def test_what_is_rolled_back_was_no_change():
    before = current()
    with transaction.atomic():
        EngagementFactory()
        assert current().token != before.token
        transaction.set_rollback(True)
    assert current() == before


def test_reading_is_no_change(client):
    EngagementFactory()
    before = current()
    assert client.get("/en/engagements/").status_code == 200
    assert current() == before


def test_a_publication_date_that_passes_is_a_change_that_nobody_has_to_make():
    moment = timezone.now() + timedelta(hours=1)
    EngagementFactory(status="published", publish_at=moment)
    before = current()
    with at(moment - timedelta(seconds=1)):
        assert current() == before
    with at(moment + timedelta(seconds=1)):
        due = current()
        assert due.token != before.token
        assert due.changed_at == moment
        index_what_has_come_due()
        assert current().token not in (before.token, due.token)


def test_no_version_comes_back_when_the_index_is_put_right():
    moment = timezone.now() + timedelta(hours=1)
    EngagementFactory(status="published", publish_at=moment)
    before = current().token
    with at(moment + timedelta(seconds=1)):
        rebuild()
        assert current().token != before


def test_a_version_never_comes_back():
    tokens = set()
    for _number in range(50):
        bump()
        tokens.add(current().token)
    assert len(tokens) == 50


def test_another_program_is_a_change_once_it_has_migrated():
    call_command("migrate", verbosity=0)
    before = current().token
    call_command("migrate", verbosity=0)
    assert current().token == before
    ContentVersion.objects.update(release="older")
    call_command("migrate", verbosity=0)
    assert current().token != before


def test_the_version_costs_one_query(django_assert_num_queries):
    EngagementFactory(status="published", publish_at=timezone.now() + timedelta(hours=1))
    with django_assert_num_queries(1):
        current()


def test_the_version_says_since_when_it_is_so():
    moment = timezone.now().replace(microsecond=0)  # which SQLite writes down in another form
    for changed_at in (moment, moment + timedelta(microseconds=7)):
        with at(changed_at):
            bump()
        assert current().changed_at == changed_at


def test_an_empty_portal_has_a_version_too():
    ContentVersion.objects.all().delete()
    moment = timezone.now() + timedelta(hours=1)
    Scheduled.objects.create(kind="engagement", object_id="1", publish_at=moment)
    before = current()
    assert before.changed_at is None
    with at(moment):
        assert current().token != before.token
        assert current().changed_at == moment
