"""What was asked and answered before leaves nothing more in memory when it is asked again."""

import gc
import logging
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.page_types import paths

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_database]

RECORDS = ("profiles", "programmes", "engagements", "organisations")
OPEN_DATA = [
    "/api/v1/engagements/?expand=country,programme.partners,staff.profile,partners,topics,sector&page_size=50",
    "/api/v1/profiles/?expand=interviews,topics,positions.organisation",
    "/api/v1/search/?q=dairy",
    *(f"/api/v1/{name}/facets/" for name in RECORDS),
    *(f"/en/{name}.{ending}" for name in RECORDS for ending in ("csv", "xlsx", "json")),
    "/data/bundle.zip",
    "/data/iati-activities.xml",
    "/en/planned.ics",
    "/en/feed/",
    "/sitemap.xml",
]
ADMIN = ["/admin/", *(f"/admin/{name}/" for name in ("engagements/engagement", "profiles/profile"))]
TIMES = 2
# With each request Django's client for tests connects receivers of signals anew, which leaves these.
OF_TESTS = {"finalize", "finalize._Info", "method", "ReferenceType"}


def alive() -> Counter[str]:
    """How many objects of each type the collector of garbage knows and does not find to be garbage."""
    gc.collect()
    return Counter(type(one).__qualname__ for one in gc.get_objects())


@pytest.fixture
def ask_all(fill_with_sample) -> Iterator[Callable[[], None]]:
    """Asks for all of it once. Nothing is logged, as pytest keeps the requests of what is."""
    fill_with_sample()
    logging.disable()
    visitor, staff = Client(), Client()
    staff.force_login(get_user_model().objects.create_superuser("somebody"))
    public = [f"/en/{path}" for path in paths().values()] + OPEN_DATA

    def ask() -> None:
        for client, addresses in ((visitor, public), (staff, ADMIN)):
            for address in addresses:
                for _part in client.get(address):
                    pass

    yield ask
    logging.disable(logging.NOTSET)


def test_answers_leave_nothing_in_memory(ask_all):
    counts = []
    for _count in range(3):  # by the first, all that is worth remembering is remembered
        for _time in range(TIMES):
            ask_all()
        counts.append(alive())
    early, late = counts[1] - counts[0], counts[2] - counts[1]
    # What only came once, as from a server of another test that still runs, is no leak.
    grown = {kind: late[kind] for kind in late if min(early[kind], late[kind]) >= TIMES and kind not in OF_TESTS}
    assert grown == {}
