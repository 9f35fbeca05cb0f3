import gc
import os
from collections.abc import Callable

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, transaction
from django.test import Client, TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation
from hypothesis import settings

from accounts import roles
from caching.middleware import pages
from codelists.loading import load
from search.following import code_lists_loaded
from tests import page_types
from tests.e2e.door import doors_of_writing_tests
from tests.emptying import Contents

# The same examples each time and no look at the clock where a failure stops others; new examples elsewhere.
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI") == "true":
    settings.load_profile("ci")


def pytest_collection_modifyitems(items):
    """Mark what asks no database, so that it need not be run on every one."""
    for item in items:
        # Fixtures of larger scopes unblock the database themselves.
        unblocking = [
            name
            for name, (*_others, fixture) in item._fixtureinfo.name2fixturedefs.items()
            if name != "django_db_setup"
            and fixture.baseid.startswith("tests")
            and {"django_db_blocker", "django_db_setup"} & set(fixture.argnames)
        ]
        fixtures = set(item.fixturenames) & {"db", "transactional_db"}
        in_browser = "e2e" in item.path.parts  # of a site that is served
        if not (item.get_closest_marker("django_db") or fixtures or unblocking or in_browser):
            item.add_marker(pytest.mark.without_database)


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """The test database, whatever is run: pytest-django makes none for tests that are not marked `django_db`."""
    with django_db_blocker.unblock():
        config = setup_databases(verbosity=0, interactive=False)
        as_migrated.keep()
        gc.freeze()  # what is loaded by now stays, and need not be looked through again and again
    yield
    with django_db_blocker.unblock():
        try:
            teardown_databases(config, verbosity=0)
        except OperationalError as error:
            # A thread of a server that has ended may still hold a connection; the next run makes the database anew.
            request.node.warn(pytest.PytestWarning(f"The test database stays: {error}"))


as_migrated, as_sample = Contents("kept"), Contents("sample")


def load_what_migrations_load() -> None:
    """Code lists and roles."""
    load(apps)
    code_lists_loaded()
    roles.grant(apps)


def empty_tables(by_django: Callable[[], object]) -> None:
    """Leave in the database what migrations loaded; `by_django` empties all tables."""
    try:
        as_migrated.bring_back()
    except DatabaseError:  # a test of migrations may leave other tables behind
        by_django()
        load_what_migrations_load()
        as_migrated.keep()
        as_sample.drop()


@pytest.fixture(scope="session", autouse=True)
def code_lists_stay():
    """What migrations loaded is there for every test: Django leaves all tables empty after real transactions."""
    by_django = TransactionTestCase._fixture_teardown
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda test: empty_tables(lambda: by_django(test)))
        yield


@pytest.fixture(autouse=True)
def english():
    """Every test begins in English: a page in another language leaves that language behind in the thread."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def door_open(request):
    """Tests of the same server without a browser are let in, too, where one of a browser came before."""
    if "live_server" in request.fixturenames and not request.node.get_closest_marker("browser"):
        for door in doors_of_writing_tests:
            door.open()


@pytest.fixture
def real_transactions(transactional_db):
    """A database whose transactions other threads see."""


@pytest.fixture
def page_cache(settings, tmp_path):
    """Pages are kept for anonymous visitors, in stores that nobody else has; for clients that are made after this."""
    settings.PAGE_CACHE = True
    settings.CACHES = settings.CACHES | {"pages": settings.CACHES["pages"] | {"LOCATION": str(tmp_path / "pages")}}
    pages.cache_clear()
    yield pages()
    pages.cache_clear()


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
def fill_with_sample(django_db_setup, django_db_blocker) -> Callable[[], object]:
    """Brings the sample content into a database that is as migrated.

    It is loaded once for all tests: its pictures, which take longest, stay where they are.
    """

    def load_sample() -> None:
        call_command("load_sample", verbosity=0)

    with django_db_blocker.unblock(), translation.override("en"):
        load_sample()
        as_sample.keep()
        as_migrated.bring_back()
    return lambda: as_sample.bring_back() if as_sample.is_kept else load_sample()


@pytest.fixture(scope="session")
def page_answers(fill_with_sample, django_db_blocker) -> list[page_types.Answer]:
    """What the portal sends for every type of page, with the sample content, which no test finds in the database."""
    with django_db_blocker.unblock(), translation.override("en"), transaction.atomic():
        fill_with_sample()
        found = page_types.answers() + page_types.previews()
        transaction.set_rollback(True)
    return found
