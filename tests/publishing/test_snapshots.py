"""A record with its parts as data, and back."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from codelists.models import Country, Sector, Topic
from engagements.models import EngagementStaff
from profiles.models import Exchange, Profile
from programmes.models import Module, Programme
from publishing.snapshots import keep_numbers, restore, take, take_all
from search.indexing import together
from tests.factories import (
    EducationFactory,
    EngagementFactory,
    EngagementStaffFactory,
    ExchangeFactory,
    InterviewFactory,
    InterviewPhotoFactory,
    MaterialFactory,
    ModuleFactory,
    OrganisationFactory,
    PositionFactory,
    ProfileFactory,
    ProgrammeFactory,
    full_engagement,
    full_interview,
    full_organisation,
    full_profile,
    full_programme,
)
from tests.pictures import picture

pytestmark = pytest.mark.django_db

FULL = [full_profile, full_interview, full_programme, full_organisation, full_engagement]


def restored(record, data: dict) -> list[str]:
    with transaction.atomic():
        return restore(record, data)


def bare(record) -> None:
    """Take from the record its parts, its links, and what its first texts say."""
    for relation in record.parts:
        getattr(record, relation).all().delete()
    for field in record._meta.many_to_many:
        if field.remote_field.through._meta.auto_created:
            getattr(record, field.name).clear()
    name = next(name for name in ("title_en", "name_en", "summary_en") if hasattr(record, name))
    setattr(record, name, "Another text")
    record.save()


@pytest.mark.parametrize("make", FULL)
def test_record_is_again_what_it_was_with_every_part_and_link(make):
    record = make()
    data = take(record)
    assert all(data["parts"].values())
    bare(record)
    assert take(record) != data
    assert restored(record, data) == []
    assert take(record) == data


@pytest.mark.parametrize("make", FULL)
def test_many_at_once_are_what_each_is_alone(make):
    records = [make(), make()]
    bare(records[1])
    taken = take_all(type(records[0]), [record.pk for record in reversed(records)])
    assert list(taken) == [(record, take(record)) for record in records]


@pytest.mark.parametrize("make", FULL)
def test_many_at_once_cost_as_many_queries_as_one(make):
    model, pks = type(make()), [make().pk for _number in range(5)]

    def queries(chosen: list) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert len(list(take_all(model, chosen))) == len(chosen)
        return len(asked)

    assert queries(pks) == queries(pks[:1])


def test_what_is_not_there_has_no_snapshot():
    programme = ProgrammeFactory()
    Programme.objects.all().delete()
    with pytest.raises(Programme.DoesNotExist):
        take(programme)


@pytest.mark.parametrize("make", FULL)
def test_record_that_was_deleted_is_inserted_under_its_number_as_a_draft(make):
    record = make()
    number, data = record.pk, take(record)
    record.delete()
    again = type(record)(pk=number)
    assert restored(again, data) == []
    assert take(again) == data
    assert again.pk == number
    assert again.status == "draft"
    assert again.publish_at is None


@pytest.mark.parametrize("make", FULL)
def test_restoring_what_a_record_is_changes_nothing(make):
    record = make()
    data = take(record)
    assert restored(record, data) == []
    assert take(record) == data


def test_status_and_dates_are_in_no_snapshot_and_stay():
    record = ProgrammeFactory()
    data = take(record)
    assert not {"status", "publish_at", "created_at", "updated_at"} & data["fields"].keys()
    restored(record, data)
    assert record.is_public


def test_snapshot_is_the_same_in_every_language():
    programme = full_programme()
    programme.sectors.set(Sector.objects.all()[:8])
    programme.partners.add(OrganisationFactory(name_en="Zeta", name_es="Alfa"))
    english = take(programme)
    with override("es"):
        assert take(programme) == english


def test_restoring_in_another_language_leaves_the_texts_in_their_columns():
    programme = ProgrammeFactory(name_en="Think", name_es="Piensa")
    data = take(programme)
    programme.name_en, programme.name_es = "Other", "Otro"
    programme.save()
    with override("es"):
        restored(programme, data)
    programme.refresh_from_db()
    assert (programme.name_en, programme.name_es) == ("Think", "Piensa")
    assert Programme._base_manager.rewrite(False).values_list("name", flat=True).get(pk=programme.pk) == "Think"


def test_parts_that_came_later_go_and_keep_no_place():
    programme = ProgrammeFactory()
    ModuleFactory(programme=programme, order=1)
    data = take(programme)
    ModuleFactory(programme=programme, order=2)
    restored(programme, data)
    assert programme.modules.count() == 1


def test_questions_that_traded_places_trade_back():
    interview = InterviewFactory()
    first, second, third = (ExchangeFactory(interview=interview, order=number) for number in (1, 2, 3))
    data = take(interview)
    Exchange.objects.filter(pk=first.pk).update(order=9)
    Exchange.objects.filter(pk=third.pk).update(order=1)
    Exchange.objects.filter(pk=first.pk).update(order=3)
    restored(interview, data)
    assert list(interview.exchanges.values_list("pk", "order")) == [(first.pk, 1), (second.pk, 2), (third.pk, 3)]


def test_deleted_question_comes_back_between_the_others_with_its_photo():
    interview = InterviewFactory()
    first, second = (ExchangeFactory(interview=interview, order=number) for number in (1, 2))
    photo = InterviewPhotoFactory(interview=interview, exchange=first)
    data, number = take(interview), first.pk
    first.delete()
    Exchange.objects.filter(pk=second.pk).update(order=1)
    photo.refresh_from_db()
    assert photo.exchange_id is None
    restored(interview, data)
    photo.refresh_from_db()
    assert photo.exchange_id == number
    assert list(interview.exchanges.values_list("pk", flat=True)) == [number, second.pk]


def test_two_members_of_staff_that_traded_lines_trade_back():
    engagement, ana, luis = EngagementFactory(), ProfileFactory(), ProfileFactory()
    one = EngagementStaffFactory(engagement=engagement, profile=ana)
    two = EngagementStaffFactory(engagement=engagement, profile=luis)
    data = take(engagement)
    spare = ProfileFactory()
    for number, profile in ((one.pk, spare), (two.pk, ana), (one.pk, luis)):
        EngagementStaff.objects.filter(pk=number).update(profile=profile)
    assert restored(engagement, data) == []
    assert take(engagement) == data


def test_part_that_belongs_to_another_record_by_now_stays_there():
    programme, other = ProgrammeFactory(), ProgrammeFactory()
    module = ModuleFactory(programme=programme, order=1, title_en="Basics")
    data = take(programme)
    Module.objects.filter(pk=module.pk).update(programme=other)
    restored(programme, data)
    module.refresh_from_db()
    assert module.programme == other
    assert programme.modules.get().title_en == "Basics"


def test_link_to_what_is_gone_is_left_out_and_named():
    programme, topic = ProgrammeFactory(), Topic.objects.first()
    programme.topics.set(Topic.objects.all()[:2])
    data, number = take(programme), topic.pk
    topic.delete()
    assert restored(programme, data) == [f"topic: {number}"]
    assert programme.topics.count() == 1


def test_part_without_what_it_needs_is_left_out_and_named():
    engagement = EngagementFactory()
    gone = EngagementStaffFactory(engagement=engagement)
    stays = EngagementStaffFactory(engagement=engagement)
    data, number = take(engagement), gone.profile_id
    gone.delete()
    Profile.objects.get(pk=number).delete()
    assert restored(engagement, data) == [f"profile: {number}"]
    assert list(engagement.engagement_staff.all()) == [stays]


def test_record_without_what_it_needs_is_refused():
    interview = InterviewFactory()
    data, number = take(interview), interview.pk
    interview.profile.delete()
    with pytest.raises(ValidationError, match="It needs what exists no more: profile"):
        restored(type(interview)(pk=number), data)


def test_address_that_another_record_has_by_now_is_refused_and_nothing_changed():
    programme = ProgrammeFactory(slug="think", name_en="Think")
    data = take(programme)
    programme.slug, programme.name_en = "think-coop", "Think.Coop"
    programme.save()
    ProgrammeFactory(slug="think")
    with pytest.raises(ValidationError):
        restored(programme, data)
    programme.refresh_from_db()
    assert programme.name_en == "Think.Coop"


def test_the_consent_of_a_profile_is_the_same_in_every_version():
    profile = ProfileFactory(draft=True, consent_date=None, consent_by="")
    data = take(profile)
    profile.consent_date, profile.consent_by = date(2024, 5, 1), "the person"
    profile.save()
    profile.publish()
    restored(profile, data)
    assert (profile.consent_date, profile.consent_by) == (date(2024, 5, 1), "the person")


def test_a_record_cannot_become_what_its_status_forbids():
    profile = ProfileFactory(consent_scope="text")
    data = take(profile)
    data["fields"]["portrait"] = "portraits/ana.webp"
    with pytest.raises(ValidationError, match="did not agree to be shown in pictures"):
        restored(profile, data)


def test_what_is_younger_than_the_snapshot_stays():
    programme = ProgrammeFactory(launch_year=2005)
    data = take(programme)
    del data["fields"]["launch_year"], data["parts"]["materials"]
    MaterialFactory(programme=programme)
    programme.name_en = "Another"
    programme.save()
    restored(programme, data)
    assert programme.launch_year == 2005
    assert programme.materials.count() == 1


def test_renditions_that_are_gone_are_made_anew(django_capture_on_commit_callbacks):
    profile = ProfileFactory(portrait=ContentFile(picture(), "ana.webp"))
    data, number, storage = take(profile), profile.pk, profile.portrait.storage
    names = profile.portrait.renditions.names()
    with django_capture_on_commit_callbacks(execute=True):
        profile.delete()
    assert storage.exists(data["fields"]["portrait"])
    assert not any(storage.exists(name) for name in names)
    again = Profile(pk=number)
    restored(again, data)
    assert all(storage.exists(name) for name in again.portrait.renditions.names())


def test_numbers_of_parts_that_were_rolled_back_are_given_to_no_other_part():
    programme = ProgrammeFactory()
    with transaction.atomic():
        planned = ModuleFactory(programme=programme, order=1)
        data = take(programme)
        transaction.set_rollback(True)
    keep_numbers(data, Programme)
    assert ModuleFactory().pk > planned.pk


def test_no_more_queries_for_fifty_parts_than_for_two():
    def queries(profile) -> int:
        with CaptureQueriesContext(connection) as captured:
            take(profile)
        return len(captured)

    few, many = ProfileFactory(), ProfileFactory()
    with together():
        for profile, number in ((few, 2), (many, 50)):
            for _ in range(number):
                EducationFactory(profile=profile)
                PositionFactory(profile=profile).countries.set(Country.objects.all()[:2])
    assert queries(few) == queries(many)


def test_full_records_of_these_tests_leave_no_link_empty():
    for make in FULL:
        record = make()
        for field in record._meta.many_to_many:
            assert getattr(record, field.name).exists(), field
