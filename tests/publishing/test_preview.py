"""Staff see records before they are public, at the public address, marked and never cached."""

import pytest
from django.contrib.auth.models import Permission, User

from tests.factories import (
    EngagementFactory,
    ExchangeFactory,
    InterviewFactory,
    OrganisationFactory,
    ProfileFactory,
    ProgrammeFactory,
)
from tests.pages import text

pytestmark = pytest.mark.django_db

KINDS = [ProfileFactory, ProgrammeFactory, EngagementFactory, OrganisationFactory]
STATES = ["draft", "in_review", "scheduled", "archived"]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("kind", KINDS)
def test_staff_see_what_is_not_public_with_a_banner_and_uncached(client, staff_client, kind, state):
    record = kind(**{state: True})
    assert client.get(record.get_absolute_url()).status_code == 404
    response = staff_client.get(record.get_absolute_url())
    assert response.status_code == 200
    assert "Not public." in text(response)
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert 'name="robots" content="noindex"' in response.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_public_has_no_banner_for_anybody(client, staff_client, kind):
    address = kind().get_absolute_url()
    for browser in (client, staff_client):
        assert "Not public." not in text(browser.get(address))


def test_a_scheduled_record_says_when_it_becomes_public(staff_client):
    shown = text(staff_client.get(ProgrammeFactory(scheduled=True).get_absolute_url()))
    assert "It becomes public on 1 January 2090" in shown


def test_staff_without_the_permission_see_what_everybody_sees(client):
    client.force_login(User.objects.create_user("clerk", is_staff=True))
    assert client.get(ProfileFactory(draft=True).get_absolute_url()).status_code == 404


def test_the_permission_is_that_of_the_kind(client):
    clerk = User.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="view_programme"))
    client.force_login(clerk)
    assert client.get(ProgrammeFactory(draft=True).get_absolute_url()).status_code == 200
    assert client.get(ProfileFactory(draft=True).get_absolute_url()).status_code == 404


def test_who_may_change_a_record_may_see_it(client):
    clerk = User.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="change_profile"))
    client.force_login(clerk)
    assert client.get(ProfileFactory(draft=True).get_absolute_url()).status_code == 200


def test_a_redirect_to_what_is_not_public_is_not_kept_either(staff_client):
    engagement = EngagementFactory(draft=True)
    response = staff_client.get(f"/en/engagements/{engagement.pk}-old-slug/")
    assert response["Location"] == engagement.get_absolute_url()
    assert "no-store" in response["Cache-Control"]


def test_a_user_who_is_not_staff_sees_what_everybody_sees(client):
    visitor = User.objects.create_user("visitor")
    visitor.user_permissions.add(Permission.objects.get(codename="view_profile"))
    client.force_login(visitor)
    assert client.get(ProfileFactory(draft=True).get_absolute_url()).status_code == 404


def test_a_draft_interview_on_a_public_profile_is_shown_to_staff_as_a_preview(client, staff_client):
    profile = ProfileFactory()
    interview = InterviewFactory(profile=profile, title_en="Coming talk", draft=True)
    ExchangeFactory(interview=interview)
    assert "Coming talk" not in text(client.get(profile.get_absolute_url()))
    response = staff_client.get(profile.get_absolute_url())
    assert "Coming talk" in text(response)
    assert "Not public." in text(response)
    assert "no-store" in response["Cache-Control"]


def test_lists_show_staff_only_what_is_public(staff_client):
    ProgrammeFactory(name_en="Secret.Coop", draft=True)
    assert "Secret.Coop" not in text(staff_client.get("/en/programmes/"))
