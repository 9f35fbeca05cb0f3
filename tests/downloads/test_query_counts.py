"""The queries of a file do not grow with its rows, but for those of each further chunk."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from downloads.tables import base
from search.indexing import together
from tests.downloads.reading import EXTENSIONS, body
from tests.test_query_counts import grow, grow_to_fifty, hub  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

FILES = [
    *(f"/en/{name}.{extension}" for name in ("engagements", "programmes", "profiles") for extension in EXTENSIONS),
    *(f"/es/{name}.json" for name in ("organisations", "countries")),
    "/en/engagements.csv?country=PE&country=BO&programme=hub&organisation=hub&profile=hub&topic=youth&q=wo&year_from=2000",
]


def queries(client) -> dict[str, int]:
    counts = {}
    for file in FILES:
        with CaptureQueriesContext(connection) as captured:
            body(client, file)
        counts[file] = len(captured)
    return counts


def test_no_file_asks_more_queries_for_fifty_records_than_for_one(client, hub):  # noqa: F811
    grow(hub, 0)
    queries(client)
    at_one = queries(client)
    grow_to_fifty(hub)
    assert queries(client) == at_one
    assert max(at_one.values()) <= 18


def test_each_chunk_asks_the_same_queries(client, monkeypatch, hub):  # noqa: F811
    monkeypatch.setattr(base, "CHUNK", 4)
    with together():
        for number in range(10):
            grow(hub, number)
    counts = []
    for query in ("?q=nothing-like-it", ""):
        with CaptureQueriesContext(connection) as captured:
            body(client, f"/en/engagements.json{query}")
        counts.append(len(captured))
    rows = 21  # two of each growth, and the hub
    assert counts[1] - counts[0] <= 8 * -(-rows // 4)
