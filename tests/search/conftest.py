import pytest
from django.apps import apps

from codelists.loading import load
from search.following import code_lists_loaded


@pytest.fixture
def real_transactions(code_lists_for_later_tests, transactional_db):
    """A database whose transactions other threads see, with the code lists."""
    load(apps)
    code_lists_loaded()
