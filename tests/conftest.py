import os

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import OperationalError, transaction
from django.test import Client, TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation
from hypothesis import settings

from accounts import roles
from codelists.loading import load
from search.following import code_lists_loaded
from tests import page_types

# The same examples each time and no look at the clock where a failure stops others; new examples elsewhere.
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI") == "true":
    settings.load_profile("ci")


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """The test database, whatever is run: pytest-django makes none for tests that are not marked `django_db`."""
    with django_db_blocker.unblock():
        config = setup_databases(verbosity=0, interactive=False)
    yield
    with django_db_blocker.unblock():
        try:
            teardown_databases(config, verbosity=0)
        except OperationalError as error:
            # A thread of a server that has ended may still hold a connection; the next run makes the database anew.
            request.node.warn(pytest.PytestWarning(f"The test database stays: {error}"))


def load_what_migrations_load() -> None:
    """Code lists and roles."""
    load(apps)
    code_lists_loaded()
    roles.grant(apps)


@pytest.fixture(scope="session", autouse=True)
def code_lists_stay():
    """What migrations loaded is there for every test: one with real transactions leaves all tables empty."""
    empty_tables = TransactionTestCase._fixture_teardown

    def empty_tables_and_load(test) -> None:
        empty_tables(test)
        load_what_migrations_load()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_tables_and_load)
        yield


@pytest.fixture(autouse=True)
def english():
    """Every test begins in English: a page in another language leaves that language behind in the thread."""
    with translation.override("en"):
        yield


@pytest.fixture
def real_transactions(transactional_db):
    """A database whose transactions other threads see."""


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


@pytest.fixture(scope="session")
def page_answers(django_db_setup, django_db_blocker) -> list[page_types.Answer]:
    """What the portal sends for every type of page, with the sample content, which no test finds in the database."""
    with django_db_blocker.unblock(), translation.override("en"), transaction.atomic():
        call_command("load_sample", verbosity=0)
        found = page_types.answers() + page_types.previews()
        transaction.set_rollback(True)
    return found
