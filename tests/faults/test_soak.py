"""Very many requests of all kinds to a real server: memory, connections and open files do not grow.

`SOAK_REQUESTS=100000` asks so many, and `SOAK_FIGURES` names a file for the figures. In the ordinary run there are few,
which show leaks of some ten kilobytes a request.
"""

import json
import os
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection

from bench.memory import growth, of_process
from tests.faults.serving import Served, served
from tests.faults.visits import Visitor, work

pytestmark = pytest.mark.django_db
REQUESTS = int(os.environ.get("SOAK_REQUESTS", "400"))
WORKERS, VISITORS, THREADS = 2, 4, 4
ROUNDS = 10 if REQUESTS < 10_000 else 100
BY_STAFF = 12  # requests of one time that somebody works
# MiB of a worker's own memory, from the first third on: for each 10,000 requests where there are many of them. In a
# short run caches still fill: there all that is grown counts.
MOST_A_10_000, MOST_IN_A_SHORT_RUN = 1.5, 24
LONG = 20_000
AT_REST = 4  # seconds, after which the server has closed what nobody speaks on


def handles(portal: Served) -> list[int]:
    """Open files of each worker: of the database, the log, sockets."""
    return [len(os.listdir(f"/proc/{pid}/fd")) for pid in portal.workers()]


def connections_of(lived_in) -> int:
    if connection.vendor == "sqlite":
        return 0  # they are files, which are counted
    [[number]] = lived_in.ask("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()")
    return number - 1


def test_nothing_grows(lived_in, tmp_path):
    [[first]] = lived_in.ask("SELECT MIN(id) FROM engagements_engagement WHERE title_en LIKE 'Training of dairy%'")
    begun = time.monotonic()
    with served(lived_in, tmp_path, WORKERS, PAGE_CACHE_MEGABYTES="1", METRICS_TOKEN="m" * 16) as portal:
        visitors = [Visitor(portal.port, number) for number in range(VISITORS)]
        workers, asked, samples, open_at_rest, connected = portal.workers(), 0, [], [], []
        each = (REQUESTS // ROUNDS - BY_STAFF) // VISITORS
        for number in range(ROUNDS):
            with ThreadPoolExecutor() as pool:
                staff = pool.submit(work, portal.port, number, first)
                visits = [pool.submit(ask_often, visitor, each) for visitor in visitors]
                for done in (staff, *visits):
                    done.result()
            asked += each * VISITORS + staff.result()
            samples.append((asked, max(of_process(pid).own for pid in workers)))
            connected.append(connections_of(lived_in))
            if number in (ROUNDS // 3, ROUNDS - 1):
                for visitor in visitors:
                    visitor.close()
                time.sleep(AT_REST)
                open_at_rest.append(handles(portal))
        assert portal.workers() == workers
    statuses = sum((visitor.statuses for visitor in visitors), Counter())
    tell(asked, time.monotonic() - begun, samples, open_at_rest, connected, statuses)
    assert {status for _kind, status in statuses} == {200, 304, 404}
    assert {status for kind, status in statuses if kind not in ("nowhere", "again", "list")} == {200}
    early, late = open_at_rest
    assert max(late) <= max(early) + 2
    assert max(connected) <= WORKERS * THREADS
    if asked >= LONG:
        assert growth(samples[ROUNDS // 4 :]) < MOST_A_10_000
    else:
        assert samples[-1][1] - samples[ROUNDS // 3][1] < MOST_IN_A_SHORT_RUN
    assert "Traceback" not in portal.process.log.read_text()


def ask_often(visitor: Visitor, times: int) -> None:
    for _time in range(times):
        visitor.visit()


def tell(asked: int, seconds: float, samples: list, open_at_rest: list, connected: list, statuses: Counter) -> None:
    """The figures, as a file where `SOAK_FIGURES` says."""
    if file := os.environ.get("SOAK_FIGURES"):
        figures = {
            "requests": asked,
            "seconds": round(seconds),
            "own MiB": [(number, round(own, 1)) for number, own in samples],
            "MiB more after 10,000 more": round(growth(samples[ROUNDS // 4 :]), 2),
            "open files at rest": open_at_rest,
            "connections": max(connected),
            "answers": {f"{kind} {status}": number for (kind, status), number in sorted(statuses.items())},
        }
        Path(file).write_text(json.dumps(figures, indent=1))
