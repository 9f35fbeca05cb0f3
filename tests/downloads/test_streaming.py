"""Files are made while they are sent: memory stays flat, and half a file does not look whole."""

import tracemalloc

import pytest
from django.db import DatabaseError

from downloads.tables import base
from downloads.tables.engagements import EngagementTable
from tests.downloads.at_scale import copy_to
from tests.downloads.reading import EXTENSIONS
from tests.factories import EngagementFactory, full_engagement

pytestmark = pytest.mark.django_db

FEW, MANY = 200, 2_000


def peak(client, address: str) -> int:
    """The most memory that was in use for the answer to `address`, which is thrown away piece by piece."""
    tracemalloc.start()
    try:
        for _piece in client.get(address).streaming_content:
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("extension", ["csv", "xlsx", "geojson"])
def test_ten_times_the_rows_need_no_more_memory(client, monkeypatch, extension):
    monkeypatch.setattr(base, "CHUNK", 50)
    full_engagement(results_en="<p>Much came of it.</p>" * 20)
    copy_to(FEW)
    address = f"/en/engagements.{extension}"
    peak(client, address)  # what is made once and kept
    few = peak(client, address)
    copy_to(MANY)
    assert peak(client, address) < 1.3 * few


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_a_file_comes_in_pieces(client, monkeypatch, extension):
    monkeypatch.setattr(base, "CHUNK", 2)
    EngagementFactory.create_batch(6)
    assert len(list(client.get(f"/en/engagements.{extension}").streaming_content)) > 2


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_what_breaks_off_half_way_does_not_end_like_a_whole_file(client, monkeypatch, extension):
    monkeypatch.setattr(base, "CHUNK", 2)
    EngagementFactory.create_batch(6)
    gathered = []

    def gather(table, records):
        gathered.append(records)
        if len(gathered) == 2:
            raise DatabaseError("gone")

    monkeypatch.setattr(EngagementTable, "gather", gather)
    response = client.get(f"/en/engagements.{extension}")
    pieces = []
    with pytest.raises(DatabaseError):  # the server then breaks the connection off
        pieces.extend(response.streaming_content)
    if extension == "xlsx":
        assert b"PK\x05\x06" not in b"".join(pieces)  # the end of a ZIP file
    if "json" in extension:
        assert b'"count"' not in b"".join(pieces)


def test_what_fails_at_once_is_an_error_and_no_file(client, monkeypatch):
    EngagementFactory()
    client.raise_request_exception = False
    monkeypatch.setattr(EngagementTable, "gather", lambda table, records: 1 / 0)
    response = client.get("/en/engagements.csv")
    assert response.status_code == 500
    assert "Content-Disposition" not in response
