import pytest
from django.contrib.auth import get_user_model
from django.test import Client


@pytest.fixture
def editor(db):
    """A member of staff who may do everything in the admin."""
    return get_user_model().objects.create_superuser("editor", "editor@example.org", "a-long-password")


@pytest.fixture
def staff_client(editor) -> Client:
    """A browser in which the editor has logged in."""
    client = Client()
    client.force_login(editor)
    return client
