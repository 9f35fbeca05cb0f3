"""Which profiles are found by their words; which interviews and photos are public."""

from unittest import mock

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, Permission

from profiles.models import Interview, InterviewPhoto, Profile
from tests.factories import FAR_AHEAD, InterviewFactory, InterviewPhotoFactory, ProfileFactory

pytestmark = pytest.mark.django_db

not_public = pytest.mark.parametrize("state", ["draft", "in_review", "scheduled", "archived"])


def test_cards_need_no_query_of_their_own(django_assert_num_queries):
    for _ in range(3):
        ProfileFactory()
    with django_assert_num_queries(1):
        assert [str(profile.office.country) for profile in Profile.objects.for_cards()] == ["Peru"] * 3


class TestInterviews:
    def test_an_interview_is_public_with_its_profile(self):
        interview = InterviewFactory()
        assert list(Interview.objects.published()) == [interview]

    @not_public
    def test_an_interview_of_somebody_without_public_profile_is_not_public(self, state):
        InterviewFactory(profile=ProfileFactory(**{state: True}))
        assert not Interview.objects.published().exists()
        assert not Interview.objects.visible_to(AnonymousUser()).exists()

    @not_public
    def test_an_interview_that_is_not_published_itself_is_not_public(self, state):
        InterviewFactory(**{state: True})
        assert not Interview.objects.published().exists()

    def test_an_interview_of_a_scheduled_profile_becomes_public_with_it(self):
        interview = InterviewFactory(profile=ProfileFactory(scheduled=True))
        with mock.patch("django.utils.timezone.now", return_value=FAR_AHEAD):
            assert list(Interview.objects.published()) == [interview]

    def test_staff_who_may_preview_interviews_see_those_of_drafts(self, editor):
        interview = InterviewFactory(draft=True, profile=ProfileFactory(draft=True))
        assert list(Interview.objects.visible_to(editor)) == [interview]


class TestPhotos:
    def test_a_photo_of_a_public_interview_is_public(self):
        photo = InterviewPhotoFactory()
        assert list(InterviewPhoto.objects.published()) == [photo]
        assert list(InterviewPhoto.objects.visible_to(AnonymousUser())) == [photo]

    @not_public
    def test_a_photo_is_not_public_without_its_interview(self, state):
        InterviewPhotoFactory(interview=InterviewFactory(**{state: True}))
        assert not InterviewPhoto.objects.published().exists()
        assert not InterviewPhoto.objects.visible_to(AnonymousUser()).exists()

    @not_public
    def test_a_photo_is_not_public_without_the_profile(self, state):
        InterviewPhotoFactory(interview=InterviewFactory(profile=ProfileFactory(**{state: True})))
        assert not InterviewPhoto.objects.published().exists()

    @pytest.mark.parametrize(
        ("interview", "permissions", "seen"),
        [
            ({"draft": True}, ["view_interview"], 1),
            ({"draft": True}, ["change_interview"], 1),
            ({"draft": True}, ["view_interviewphoto", "view_profile"], 0),
            ({"profile__draft": True}, ["view_interview"], 0),
            ({"profile__draft": True}, ["view_profile"], 1),
            ({"draft": True, "profile__draft": True}, ["view_profile"], 0),
            ({"draft": True, "profile__draft": True}, ["view_profile", "view_interview"], 1),
        ],
    )
    def test_staff_see_photos_of_what_they_may_preview(self, interview, permissions, seen):
        InterviewPhotoFactory(interview=InterviewFactory(**interview))
        user = get_user_model().objects.create_user("ana", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
        assert InterviewPhoto.objects.visible_to(user).count() == seen
