from collections.abc import Iterator

import pytest
from django.db import transaction
from django.utils import translation


@pytest.fixture(scope="module")
def sample_content(fill_with_sample, django_db_blocker) -> Iterator[None]:
    """The sample content in the database, for all tests of a module, which must leave it as it is.

    They are not marked `django_db`: its transaction would be another one.
    """
    with django_db_blocker.unblock(), translation.override("en"), transaction.atomic():
        fill_with_sample()
        yield
        transaction.set_rollback(True)
