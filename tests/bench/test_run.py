"""A whole run with tiny numbers: servers start, every part is measured, the portal answers as it should."""

import json
import socket
from dataclasses import dataclass

import pytest
from django.db import connection

from bench import running, servers, sites
from bench.data import filling
from bench.data.recipe import ROOT, Size
from bench.measuring import Effort

TINY = Effort(turns=2, page_seconds=0.1, rounds=1, load_seconds=1, visitors=8, memory_requests=20)


@dataclass(frozen=True)
class OfTheTests:
    """The test database as a data set."""

    size: Size
    url: str
    vendor: str = "sqlite"
    name: str = "the test database"

    def end_queries_of(self, application: str) -> None:
        """SQLite ends with who asked."""


def free_ports(number: int) -> int:
    """The first of so many ports in a row that are free now."""
    for first in range(18_100, 19_000, number):
        taken = [socket.socket() for _ in range(number)]
        try:
            for place, one in enumerate(taken):
                one.bind(("127.0.0.1", first + place))
            return first
        except OSError:
            continue
        finally:
            for one in taken:
                one.close()
    raise AssertionError("no ports are free")


@pytest.mark.django_db(transaction=True)
def test_everything_is_measured(monkeypatch, capsys):
    if connection.vendor != "sqlite":
        pytest.skip("the servers of this test read the file of SQLite")
    filling.build(Size(120))
    data_set = OfTheTests(Size(120), f"sqlite:///{connection.settings_dict['NAME']}")
    monkeypatch.setattr(sites, "PORTAL_SETTINGS", "tests.bench.settings")
    asked = {"home", "programmes by country"}
    result = running.run([data_set], TINY, free_ports(4), print, only=asked, profile=False)
    assert not result["failed"]
    assert set(result["cold"]["120"]) == asked
    assert set(result["naive"]) == {"programmes by country"}
    assert all(page["queries"] > 1 and page["bytes"] > 1_000 for page in result["cold"]["120"].values())
    assert result["warm"]["home"]["page"] > 0
    assert result["visitors"]["floor"]["errors"] == 0
    assert result["memory"]["most"]["pss"] > 20
    assert {goal["goal"] for goal in result["goals"]} >= {"warm page beside the floor", "memory of a worker, MiB"}
    json.dumps(result)


def test_the_server_is_that_of_make_run():
    command = servers.production_command("", 8123)
    assert command[0].endswith("gunicorn")
    assert "127.0.0.1:8123" in command
    # One option missing would be another server.
    (line,) = [line for line in (ROOT / "Makefile").read_text().splitlines() if "exec $(BIN)/gunicorn" in line]
    assert len(line.split("gunicorn ")[1].split()) == len(command) - 1


def test_a_port_in_use_is_told():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(RuntimeError, match="in use"):
            sites.floor(taken.getsockname()[1]).start()
