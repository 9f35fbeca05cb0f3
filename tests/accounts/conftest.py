"""People who sign in, and their phones."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from accounts import second_factor
from tests.accounts.phones import Phone
from tests.factories import UserFactory

PASSWORD = "a-long-password"


@pytest.fixture
def required(settings):
    """All staff must have a second factor."""
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.fixture
def lockout_on(settings):
    """Failures are counted."""
    settings.AXES_ENABLED = True


@pytest.fixture
def anna(db) -> User:
    """A superuser without a second factor."""
    return UserFactory(username="anna", is_superuser=True)


@pytest.fixture
def phone(anna) -> Phone:
    """Anna's phone, which is her second factor."""
    phone = Phone(second_factor.new_key())
    phone.become_second_factor_of(anna)
    return phone


@pytest.fixture
def administrator(db) -> User:
    user = UserFactory(username="ada")
    user.groups.add(Group.objects.get(name="Administrator"))
    return user


@pytest.fixture
def as_administrator(administrator) -> Client:
    client = Client()
    client.force_login(administrator)
    return client


def give_password(client: Client, name: str = "anna", password: str = PASSWORD, to: str = "/admin/", **headers):
    """Send the sign-in form."""
    return client.post(f"/admin/login/?next={to}", {"username": name, "password": password, "next": to}, **headers)
