"""Two editors know of each other: who has a record open."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from programmes.models import Programme
from publishing.models import Presence
from tests.factories import ProgrammeFactory
from tests.publishing.admin_forms import filled_in

pytestmark = pytest.mark.django_db


def address(name: str, programme: Programme) -> str:
    return reverse(f"admin:programmes_programme_{name}", args=[programme.pk])


@pytest.fixture
def maria():
    return get_user_model().objects.create_superuser("maria", "maria@example.org", "a-long-password")


@pytest.fixture
def her_client(maria) -> Client:
    client = Client()
    client.force_login(maria)
    return client


def test_who_opens_the_page_is_told_who_has_it_open(staff_client, her_client, maria):
    programme = ProgrammeFactory()
    her_client.get(address("change", programme))
    opened = timezone.localtime(Presence.objects.get().opened_at)
    page = staff_client.get(address("change", programme))
    assert f"maria has this record open since {opened:%H:%M}." in page.content.decode()


def test_colleagues_are_called_by_their_full_name(staff_client, her_client, maria):
    maria.first_name, maria.last_name = "María", "Flores"
    maria.save()
    programme = ProgrammeFactory()
    her_client.get(address("change", programme))
    assert "María Flores has this record open" in staff_client.get(address("change", programme)).content.decode()


def test_open_page_hears_of_the_others_and_not_of_itself(staff_client, her_client):
    programme = ProgrammeFactory()
    assert staff_client.post(address("open", programme)).json()["others"] == ""
    assert her_client.post(address("open", programme)).json()["others"].startswith("editor has this record open")
    assert staff_client.post(address("open", programme)).json()["others"].startswith("maria has this record open")


def test_answer_is_in_the_language_of_the_reader(maria):
    presence = Presence.note(ProgrammeFactory(), maria)
    with override("es"):
        assert "maria" in presence.told


def test_who_was_not_heard_of_for_long_is_not_named(staff_client, maria):
    programme = ProgrammeFactory()
    Presence.note(programme, maria)
    Presence.objects.update(seen_at=timezone.now() - timedelta(minutes=16))
    assert staff_client.post(address("open", programme)).json()["others"] == ""


def test_who_has_another_record_open_is_not_named(staff_client, maria):
    Presence.note(ProgrammeFactory(), maria)
    assert staff_client.post(address("open", ProgrammeFactory())).json()["others"] == ""


def test_closed_page_says_good_bye(staff_client):
    programme = ProgrammeFactory()
    seen = staff_client.post(address("open", programme)).json()["seen"]
    staff_client.post(address("open", programme), {"leave": seen})
    assert not Presence.objects.exists()


def test_good_bye_of_a_page_whose_user_was_seen_since_counts_for_nothing(staff_client):
    programme = ProgrammeFactory()
    seen = staff_client.post(address("open", programme)).json()["seen"]
    staff_client.get(address("change", programme))
    staff_client.post(address("open", programme), {"leave": seen})
    assert Presence.objects.exists()


@pytest.mark.parametrize("text", ["", "x", "2026-13-45T00:00:00Z", "2026-01-01T00:00:00", "\x00"])
def test_good_bye_at_no_moment_counts_for_nothing(staff_client, text):
    programme = ProgrammeFactory()
    staff_client.post(address("open", programme))
    assert staff_client.post(address("open", programme), {"leave": text}).status_code == 200
    assert Presence.objects.exists()


def test_good_bye_is_for_oneself_alone(staff_client, her_client):
    programme = ProgrammeFactory()
    seen = her_client.post(address("open", programme)).json()["seen"]
    staff_client.post(address("open", programme), {"leave": seen})
    assert Presence.objects.get().user.username == "maria"


@pytest.mark.parametrize(("button", "stays"), [("_save", False), ("_addanother", False), ("_continue", True)])
def test_who_saves_and_goes_has_it_open_no_more(staff_client, button, stays):
    programme = ProgrammeFactory()
    page = staff_client.get(address("change", programme))
    staff_client.post(address("change", programme), filled_in(page, name_en="Another", **{button: "1"}))
    assert Presence.objects.exists() == stays


def test_who_is_sent_back_to_the_form_still_has_it_open(staff_client):
    programme = ProgrammeFactory()
    page = staff_client.get(address("change", programme))
    staff_client.post(address("change", programme), filled_in(page, name_en=""))
    assert Presence.objects.exists()


def test_who_may_only_look_is_not_named_and_runs_no_script(her_client):
    programme = ProgrammeFactory()
    reader = get_user_model().objects.create_user("reader", is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename="view_programme"))
    client = Client()
    client.force_login(reader)
    page = client.get(address("change", programme))
    assert "presence.js" not in page.content.decode()
    assert "presence.js" in her_client.get(address("change", programme)).content.decode()
    assert client.post(address("open", programme)).status_code == 403
    assert not Presence.objects.filter(user=reader).exists()


def test_asking_without_telling_is_not_possible(staff_client):
    assert staff_client.get(address("open", ProgrammeFactory())).status_code == 405


@pytest.mark.parametrize("number", ["9999", "x"])
def test_record_that_does_not_exist_is_not_found(staff_client, number):
    assert staff_client.post(reverse("admin:programmes_programme_open", args=[number])).status_code == 404


def test_who_is_not_logged_in_is_sent_away():
    assert Client().post(address("open", ProgrammeFactory())).status_code == 302


def test_no_more_queries_for_many_others_than_for_one(staff_client):
    def queries(number: int) -> int:
        programme = ProgrammeFactory()
        for one in range(number):
            Presence.note(programme, get_user_model().objects.create_user(f"{number}-{one}"))
        staff_client.post(address("open", programme))
        with CaptureQueriesContext(connection) as captured:
            staff_client.post(address("open", programme))
        return len(captured)

    assert queries(1) == queries(20)
