"""Administrators manage the staff; nobody climbs higher, and nobody locks themselves out."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.admin.users import ONLY_FOR_SUPERUSERS
from tests.accounts.conftest import PASSWORD, give_password
from tests.accounts.test_second_factor import is_signed_in
from tests.factories import UserFactory
from tests.publishing.admin_forms import filled_in

pytestmark = pytest.mark.django_db

USERS = "/admin/auth/user/"
NEW_PASSWORD = "another-long-one-7"


def page_of(user: User, page: str = "change") -> str:
    return f"{USERS}{user.pk}/{page}/"


@pytest.fixture
def ben(db) -> User:
    """A colleague like any other."""
    return UserFactory(username="ben")


@pytest.fixture
def as_anna(anna) -> Client:
    """The browser of a superuser."""
    client = Client()
    client.force_login(anna)
    return client


def role(name: str) -> Group:
    return Group.objects.get(name=name)


def log_of(user: User) -> list[str]:
    return [entry.get_change_message() for entry in LogEntry.objects.filter(object_id=user.pk).order_by("pk")]


# Adding and changing


def test_administrator_adds_a_colleague_with_a_role(as_administrator):
    empty = as_administrator.get(f"{USERS}add/")
    typed = {"username": "cleo", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD, "usable_password": "true"}
    answer = as_administrator.post(f"{USERS}add/", filled_in(empty, **typed, groups=[role("Author").pk]))
    assert answer.status_code == 302
    cleo = User.objects.get(username="cleo")
    assert cleo.is_staff
    assert not cleo.is_superuser
    assert [group.name for group in cleo.groups.all()] == ["Author"]
    assert log_of(cleo) == ["Added. Added user role “Author”."]
    client = Client()
    give_password(client, "cleo", NEW_PASSWORD)
    assert is_signed_in(client)


def test_change_of_roles_is_in_the_log_by_name(as_administrator, ben):
    ben.groups.add(role("Author"))
    page = as_administrator.get(page_of(ben))
    answer = as_administrator.post(page_of(ben), filled_in(page, first_name="Benjamin", groups=[role("Editor").pk]))
    assert answer.status_code == 302
    assert [group.name for group in ben.groups.all()] == ["Editor"]
    assert log_of(ben) == ["Changed First name. Added user role “Editor”. Deleted user role “Author”."]


def test_saving_without_a_change_of_roles_logs_none(as_administrator, ben):
    ben.groups.add(role("Author"))
    page = as_administrator.get(page_of(ben))
    as_administrator.post(page_of(ben), filled_in(page, first_name="Benjamin"))
    assert log_of(ben) == ["Changed First name."]


def test_roles_are_named_in_the_language_of_the_page(as_administrator, ben):
    page = as_administrator.get(page_of(ben))
    assert [label for _pk, label in page.context["adminform"].form.fields["groups"].choices] == [
        "Author",
        "Editor",
        "Administrator",
    ]


def test_user_who_is_switched_off_is_out_at_once(as_administrator, ben):
    client = Client()
    client.force_login(ben)
    page = as_administrator.get(page_of(ben))
    data = filled_in(page)
    del data["is_active"]
    as_administrator.post(page_of(ben), data)
    assert not is_signed_in(client)
    give_password(client, "ben")
    assert not is_signed_in(client)


# Nobody climbs higher


def test_administrator_sees_nothing_that_makes_a_superuser(as_administrator, ben):
    for address in (page_of(ben), f"{USERS}add/"):
        form = as_administrator.get(address).context["adminform"].form
        assert not set(ONLY_FOR_SUPERUSERS) & set(form.fields)
    assert "is_superuser" not in as_administrator.get(USERS).content.decode()


@pytest.mark.parametrize("forged", [{"is_superuser": "on"}, {"user_permissions": [1]}])
def test_administrator_makes_no_superuser_by_a_hand_made_post(as_administrator, ben, forged):
    page = as_administrator.get(page_of(ben))
    as_administrator.post(page_of(ben), filled_in(page) | forged)
    ben.refresh_from_db()
    assert not ben.is_superuser
    assert not ben.user_permissions.exists()


@pytest.mark.parametrize("query", ["is_superuser__exact=1", "user_permissions__codename=add_user", "password__gt=a"])
def test_administrator_cannot_ask_the_list_who_is_a_superuser(as_administrator, query):
    assert as_administrator.get(f"{USERS}?{query}").status_code == 400


def test_administrator_changes_no_superuser(as_administrator, anna):
    page = as_administrator.get(page_of(anna))
    assert page.status_code == 200
    assert as_administrator.post(page_of(anna), {"username": "anna"}).status_code == 403
    assert as_administrator.get(page_of(anna, "password")).status_code == 403
    typed = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD, "usable_password": "true"}
    assert as_administrator.post(page_of(anna, "password"), typed).status_code == 403
    assert as_administrator.post(page_of(anna, "delete"), {"post": "yes"}).status_code == 403
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD)


def test_administrator_deletes_no_superuser_among_others(as_administrator, anna, ben):
    action = {"action": "delete_selected", "_selected_action": [anna.pk, ben.pk], "post": "yes"}
    as_administrator.post(USERS, action)
    assert User.objects.filter(pk__in=[anna.pk, ben.pk]).count() == 2


def test_administrator_reads_roles_and_changes_none(as_administrator):
    address = f"/admin/auth/group/{role('Author').pk}"
    assert as_administrator.get(f"{address}/change/").status_code == 200
    assert as_administrator.post(f"{address}/change/", {"name": "Author"}).status_code == 403
    assert as_administrator.post(f"{address}/delete/", {"post": "yes"}).status_code == 403
    assert as_administrator.get("/admin/auth/group/add/").status_code == 403


def test_superuser_sets_all_of_it(as_anna, ben):
    page = as_anna.get(page_of(ben))
    as_anna.post(page_of(ben), filled_in(page, is_superuser="on"))
    ben.refresh_from_db()
    assert ben.is_superuser
    assert as_anna.get(f"/admin/auth/group/{role('Author').pk}/change/").context["adminform"].form.fields


def test_secrets_of_second_factors_have_no_page(as_anna):
    for model in ("otp_totp/totpdevice", "otp_static/staticdevice"):
        assert as_anna.get(f"/admin/{model}/").status_code == 404


# Nobody locks themselves out


@pytest.mark.parametrize("name", ["anna", "ada"])
def test_nobody_takes_away_their_own_access(anna, administrator, name):
    person = User.objects.get(username=name)
    groups = set(person.groups.all())
    client = Client()
    client.force_login(person)
    page = client.get(page_of(person))
    data = filled_in(page, first_name="Me", groups=[])
    data.pop("is_active", None)
    assert client.post(page_of(person), data).status_code == 302
    person.refresh_from_db()
    assert person.first_name == "Me"
    assert person.is_active
    assert person.is_superuser == (name == "anna")
    assert set(person.groups.all()) == groups


def test_nobody_deletes_themselves(as_anna, anna):
    page = as_anna.post(page_of(anna, "delete"), {"post": "yes"})
    assert "Your own account. Somebody else has to delete it." in page.content.decode()
    as_anna.post(USERS, {"action": "delete_selected", "_selected_action": [anna.pk], "post": "yes"})
    assert User.objects.filter(pk=anna.pk).exists()


# Deleting


def test_user_in_the_log_is_not_deleted_and_the_page_says_what_to_do(as_anna, ben):
    LogEntry.objects.log_actions(ben.pk, [ben], CHANGE, "", single_object=True)
    for address, data in (
        (page_of(ben, "delete"), {"post": "yes"}),
        (USERS, {"action": "delete_selected", "_selected_action": [ben.pk], "post": "yes"}),
    ):
        page = as_anna.post(address, data)
        assert "1 entry of ben in the log. Take the tick from “Active” instead" in page.content.decode()
    assert User.objects.filter(pk=ben.pk).exists()
    assert LogEntry.objects.filter(user=ben).exists()


def test_user_who_never_did_anything_is_deleted(as_administrator, ben):
    assert as_administrator.post(page_of(ben, "delete"), {"post": "yes"}).status_code == 302
    assert not User.objects.filter(pk=ben.pk).exists()


# Passwords and sessions


def test_own_new_password_ends_all_other_sessions_and_keeps_this_one(ben):
    here, elsewhere = Client(), Client()
    here.force_login(ben)
    elsewhere.force_login(ben)
    typed = {"old_password": PASSWORD, "new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
    assert here.post("/admin/password_change/", typed).status_code == 302
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)
    assert log_of(ben) == ["Changed password."]


def test_wrong_old_password_changes_and_logs_nothing(ben):
    client = Client()
    client.force_login(ben)
    typed = {"old_password": "wrong", "new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
    assert client.post("/admin/password_change/", typed).status_code == 200
    assert log_of(ben) == []


def test_password_given_by_an_administrator_ends_all_sessions_and_is_in_the_log(as_administrator, ben):
    client = Client()
    client.force_login(ben)
    typed = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD, "usable_password": "true"}
    assert as_administrator.post(page_of(ben, "password"), typed).status_code == 302
    assert not is_signed_in(client)
    assert log_of(ben) == ["Changed password."]


def test_session_lasts_a_working_day(ben, settings):
    client = Client()
    give_password(client, "ben")
    assert client.cookies["sessionid"]["max-age"] == 12 * 60 * 60


# The list


def test_list_says_roles_and_second_factor(as_anna, phone, administrator):
    page = as_anna.get(USERS, follow=True)
    assert page.request["PATH_INFO"] == "/admin/second-factor/"
    client = Client()
    client.force_login(UserFactory(is_superuser=True))
    row = next(line for line in client.get(USERS).content.decode().split("<tr>") if ">anna<" in line)
    assert "Superuser" in row
    assert 'icon-yes.svg" alt="True"' in row
    for value, names in (("yes", {"anna"}), ("no", {"ada"})):
        found = client.get(f"{USERS}?second_factor={value}").context["cl"].queryset
        assert names <= {user.username for user in found}
        assert ("anna" in {user.username for user in found}) == (value == "yes")


def test_query_count_of_the_list_does_not_grow_with_roles(as_anna):
    def count():
        with CaptureQueriesContext(connection) as queries:
            as_anna.get(USERS)
        return len(queries)

    UserFactory().groups.set(Group.objects.all())
    before = count()
    for _number in range(49):
        UserFactory().groups.set(Group.objects.all())
    assert count() == before
