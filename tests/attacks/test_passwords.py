"""Passwords of staff: none that is guessed, any that is long, to its last character; and no account from the start."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PRESENT = "a-present-password"
LONG = "Leche, miel & mañana — ☕ at 6 o'clock,  with two blanks and a word in العربية " * 2


@pytest.fixture
def maria() -> User:
    user = UserFactory(username="maria-quispe", first_name="María", last_name="Quispe-Mamani", is_superuser=True)
    user.set_password(PRESENT)
    user.save()
    return user


def chooses(user: User, password: str) -> list[str]:
    """What the page says against it; nothing if the password is the user's from now on."""
    client = Client()
    client.force_login(user)
    typed = {"old_password": PRESENT, "new_password1": password, "new_password2": password}
    page = client.post("/admin/password_change/", typed)
    return page.context["form"].errors["new_password2"] if page.status_code == 200 else []


@pytest.mark.parametrize("password", ["elevensigns", "password1234", "maria-quispe", "Quispe-Mamani1", "493028571634"])
def test_a_password_that_is_easily_guessed_is_refused(maria, password):
    assert chooses(maria, password)
    maria.refresh_from_db()
    assert maria.check_password(PRESENT)


def test_a_long_password_of_any_characters_counts_to_the_last(maria):
    password = LONG.strip()
    assert len(password) > 128
    assert chooses(maria, password) == []
    assert not Client().login(username=maria.username, password=password[:-1])
    signing_in = Client().post("/admin/login/", {"username": maria.username, "password": password})
    assert signing_in.status_code == 302


def test_there_is_no_account_from_the_start(fill_with_sample):
    fill_with_sample()
    assert not User.objects.exists()
