"""Who sees which record when: drafts, reviews, scheduled, published and archived records of every kind."""

from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, Permission
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from profiles.models import Interview
from programmes.models import Programme
from publishing.models import Publishable, Status
from publishing.querysets import published_q
from tests.factories import (
    FAR_AHEAD,
    LONG_AGO,
    EngagementFactory,
    ExchangeFactory,
    InterviewFactory,
    OrganisationFactory,
    ProfileFactory,
    ProgrammeFactory,
)

pytestmark = pytest.mark.django_db

FACTORIES = [OrganisationFactory, ProfileFactory, InterviewFactory, ProgrammeFactory, EngagementFactory]
NOT_PUBLIC = ["draft", "in_review", "scheduled", "archived"]

every_kind = pytest.mark.parametrize("factory", FACTORIES, ids=lambda factory: factory._meta.model.__name__)
every_state_but_public = pytest.mark.parametrize("state", NOT_PUBLIC)


def at(moment: datetime):
    """The clock of Django stands at `moment`."""
    return mock.patch("django.utils.timezone.now", return_value=moment)


def test_every_publishable_kind_is_tested_here():
    kinds = {model for model in apps.get_models() if issubclass(model, Publishable)}
    assert {factory._meta.model for factory in FACTORIES} == kinds


class TestWhatIsPublic:
    @every_kind
    def test_a_published_record_is_public(self, factory):
        record = factory()
        assert record.is_public
        assert not record.is_scheduled
        assert list(factory._meta.model.objects.published()) == [record]

    @every_kind
    @every_state_but_public
    def test_any_other_record_is_not_public(self, factory, state):
        record = factory(**{state: True})
        assert not record.is_public
        assert not factory._meta.model.objects.published().exists()

    @pytest.mark.parametrize(("state", "scheduled"), [(state, state == "scheduled") for state in NOT_PUBLIC])
    def test_only_a_published_record_with_a_date_to_come_is_scheduled(self, state, scheduled):
        assert ProgrammeFactory(**{state: True}).is_scheduled is scheduled

    def test_a_draft_whose_date_has_come_stays_a_draft(self):
        record = ProgrammeFactory(status=Status.DRAFT, publish_at=LONG_AGO)
        assert not record.is_public
        assert not Programme.objects.published().exists()

    @every_kind
    def test_a_scheduled_record_becomes_public_when_its_time_comes(self, factory):
        record = factory(scheduled=True)
        published = factory._meta.model.objects.published
        with at(FAR_AHEAD - timedelta(seconds=1)):
            assert (record.is_public, record.is_scheduled, published().exists()) == (False, True, False)
        with at(FAR_AHEAD):
            assert (record.is_public, record.is_scheduled, published().exists()) == (True, False, True)

    def test_conditions_on_a_relation_speak_of_the_same_record(self):
        programme = ProgrammeFactory()
        EngagementFactory(programme=programme, country_id="PE", draft=True)
        EngagementFactory(programme=programme, country_id="KE")
        used_in_peru = Programme.objects.filter(published_q("engagements"), engagements__country="PE")
        used_in_kenya = Programme.objects.filter(published_q("engagements"), engagements__country="KE")
        assert list(used_in_peru) == []
        assert list(used_in_kenya) == [programme]


class TestWhoMaySee:
    @staticmethod
    def user(*permissions: str, **attributes):
        """A user with the attributes and the permissions, named as in ``view_programme``."""
        user = get_user_model().objects.create_user("ana", **attributes)
        user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
        return user

    @staticmethod
    def programmes() -> set[Programme]:
        """A programme in every state; the public one is called so."""
        return {ProgrammeFactory(name_en="Public"), *(ProgrammeFactory(**{state: True}) for state in NOT_PUBLIC)}

    def test_a_visitor_sees_what_is_public(self):
        self.programmes()
        assert [programme.name for programme in Programme.objects.visible_to(AnonymousUser())] == ["Public"]

    @pytest.mark.parametrize(
        ("permissions", "attributes"),
        [
            ([], {"is_staff": True}),
            (["view_profile", "change_engagement"], {"is_staff": True}),
            (["view_programme"], {"is_staff": False}),
            (["view_programme"], {"is_staff": True, "is_active": False}),
            ([], {"is_staff": True, "is_superuser": True, "is_active": False}),
        ],
        ids=[
            "staff without permission",
            "staff with permission for other kinds",
            "no staff, with permission",
            "inactive staff with permission",
            "inactive superuser",
        ],
    )
    def test_a_user_who_may_not_preview_sees_what_is_public(self, permissions, attributes):
        self.programmes()
        user = self.user(*permissions, **attributes)
        assert [programme.name for programme in Programme.objects.visible_to(user)] == ["Public"]

    def test_staff_with_the_permission_to_view_this_kind_see_all(self):
        programmes = self.programmes()
        user = self.user("view_programme", is_staff=True)
        assert set(Programme.objects.visible_to(user)) == programmes

    def test_a_superuser_sees_all(self, editor):
        programmes = self.programmes()
        assert set(Programme.objects.visible_to(editor)) == programmes

    def test_what_a_user_may_see_keeps_to_the_records_asked_about(self, editor):
        draft = ProgrammeFactory(draft=True, kind=Programme.Kind.FINANCE)
        self.programmes()
        assert list(Programme.objects.filter(kind=Programme.Kind.FINANCE).visible_to(editor)) == [draft]


def complete(record):
    """The `record` with the parts that it is not published without."""
    if isinstance(record, Interview):
        ExchangeFactory(interview=record)
    return record


class TestPublishing:
    @every_kind
    @pytest.mark.parametrize("state", ["draft", "in_review", "scheduled", "archived"])
    def test_a_complete_record_is_published_at_once(self, factory, state):
        record = complete(factory(**{state: True}))
        record.publish()
        assert list(factory._meta.model.objects.published()) == [record]

    def test_an_interview_without_a_question_is_not_published(self):
        interview = InterviewFactory(draft=True)
        with pytest.raises(ValidationError) as refusal:
            interview.publish()
        assert "at least one question" in str(refusal.value)
        assert not Interview.objects.published().exists()

    def test_a_record_is_scheduled_for_a_moment_to_come(self):
        record = ProgrammeFactory(draft=True)
        record.publish(at=FAR_AHEAD)
        record.refresh_from_db()
        assert record.is_scheduled
        assert record.publish_at == FAR_AHEAD

    @pytest.mark.parametrize(
        ("factory", "field"),
        [
            (OrganisationFactory, "name_en"),
            (ProfileFactory, "office"),
            (ProfileFactory, "post_title_en"),
            (ProfileFactory, "summary_en"),
            (ProfileFactory, "consent_date"),
            (InterviewFactory, "title_en"),
            (InterviewFactory, "published_on"),
            (ProgrammeFactory, "name_en"),
            (ProgrammeFactory, "aim_en"),
            (EngagementFactory, "title_en"),
            (EngagementFactory, "summary_en"),
        ],
    )
    def test_an_incomplete_record_is_not_published(self, factory, field):
        record = complete(factory(draft=True, **{field: None}))
        with pytest.raises(ValidationError) as refusal:
            record.publish()
        assert list(refusal.value.message_dict) == [field]
        record.refresh_from_db()
        assert record.status == Status.DRAFT

    def test_everything_that_is_missing_is_said_at_once_beside_its_field(self):
        record = ProfileFactory(draft=True, office=None, summary_en="")
        with pytest.raises(ValidationError) as refusal:
            record.publish()
        assert refusal.value.message_dict == {
            "office": ["Fill in “office” before publishing."],
            "summary_en": ["Fill in “summary (English)” before publishing."],
        }

    def test_validation_refuses_the_status_published_while_something_is_missing(self):
        record = ProgrammeFactory(draft=True, aim_en="")
        record.status, record.publish_at = Status.PUBLISHED, LONG_AGO
        with pytest.raises(ValidationError) as refusal:
            record.full_clean()
        assert refusal.value.message_dict == {"aim_en": ["Fill in “aim (English)” before publishing."]}

    @pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.ARCHIVED])
    def test_validation_lets_an_incomplete_record_wait(self, status):
        ProgrammeFactory.build(status=status, publish_at=None, aim_en="", slug="waits").full_clean()

    def test_publishing_is_a_change_of_the_record(self):
        record = ProgrammeFactory(draft=True)
        with at(FAR_AHEAD):
            record.publish()
        record.refresh_from_db()
        assert record.updated_at == FAR_AHEAD


class TestArchiving:
    @every_kind
    def test_an_archived_record_is_kept_and_no_longer_public(self, factory):
        record = factory()
        record.archive()
        assert not factory._meta.model.objects.published().exists()
        assert factory._meta.model.objects.get().status == Status.ARCHIVED

    def test_archiving_keeps_the_date_of_publication(self):
        record = ProgrammeFactory()
        record.archive()
        record.refresh_from_db()
        assert record.publish_at == LONG_AGO


class TestSaving:
    NOW = datetime(2024, 3, 1, 12, tzinfo=UTC)

    @every_kind
    def test_a_record_published_without_a_date_is_dated_now(self, factory):
        with at(self.NOW):
            factory(publish_at=None)
        assert factory._meta.model.objects.get().publish_at == self.NOW

    def test_a_record_published_by_saving_the_status_alone_is_dated_too(self):
        record = ProgrammeFactory(draft=True)
        record.status = Status.PUBLISHED
        with at(self.NOW):
            record.save(update_fields=["status"])
        record.refresh_from_db()
        assert (record.status, record.publish_at) == (Status.PUBLISHED, self.NOW)

    def test_saving_keeps_a_date_once_given(self):
        record = ProgrammeFactory()
        record.save()
        record.refresh_from_db()
        assert record.publish_at == LONG_AGO

    def test_a_draft_is_not_dated(self):
        assert ProgrammeFactory(draft=True).publish_at is None


class TestDatabase:
    @every_kind
    def test_it_refuses_an_unknown_status(self, factory):
        factory()
        with pytest.raises(IntegrityError, match="status_known"), transaction.atomic():
            factory._meta.model.objects.update(status="hidden")

    @every_kind
    def test_it_refuses_a_published_record_without_a_date(self, factory):
        factory()
        with pytest.raises(IntegrityError, match="published_has_date"), transaction.atomic():
            factory._meta.model.objects.update(publish_at=None)

    @every_kind
    def test_it_accepts_a_draft_with_a_date_planned(self, factory):
        factory()
        assert factory._meta.model.objects.update(status=Status.DRAFT, publish_at=timezone.now()) == 1


def test_an_unknown_status_is_said_beside_its_field():
    with pytest.raises(ValidationError) as refusal:
        ProgrammeFactory.build(status="hidden", slug="hidden").full_clean()
    assert list(refusal.value.message_dict) == ["status"]
