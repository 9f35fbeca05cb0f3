"""Who goes away in the middle of a download leaves no transaction open, in which the next request would find itself."""

import gc
from itertools import islice

import pytest
from django.db import connection
from django.test import Client

from downloads.formats import FORMATS
from downloads.tables import TABLES
from tests.factories import EngagementFactory, OrganisationFactory, ProfileFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db(transaction=True)

FILES = [f"/en/{name}.{extension}" for name in TABLES for extension in FORMATS]
FILES += ["/data/bundle.zip", "/data/engagements.csv", "/data/iati-activities.xml"]


@pytest.fixture
def no_collector():
    """It comes by at any time or at none."""
    gc.disable()
    yield
    gc.enable()


def is_in_a_transaction() -> bool:
    if connection.connection is None:  # closed after its time, as at the end of any request
        return False
    if connection.vendor == "sqlite":
        return connection.connection.in_transaction
    return connection.in_atomic_block or connection.connection.info.transaction_status != 0


@pytest.mark.parametrize("language", ["identity", "gzip"])
def test_nothing_stays_open(no_collector, language):
    EngagementFactory(), OrganisationFactory(), ProfileFactory(), ProgrammeFactory()
    open_after = []
    for file in FILES:
        for pieces in (0, 1, 2, 1000):
            answer = Client().get(file, headers={"accept-encoding": language})
            assert answer.status_code == 200, file
            sent = iter(answer.streaming_content)
            list(islice(sent, pieces))
            answer.close()
            if is_in_a_transaction():
                open_after.append((file, pieces))
                gc.collect()
    assert open_after == []
