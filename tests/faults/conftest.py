"""What the tests of faults share: a portal of their own, on the database that the tests run on."""

import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection

from tests.backup.portals import PATIENCE, Portal, portal
from tests.scaling.processes import wait_until

# On PostgreSQL it makes indexes CONCURRENTLY: it waits for all other statements that are running.
CONCURRENT = "engagements.0007_indexes_for_lists"


@dataclass
class Migrated:
    """A portal whose database three processes have migrated, of which one was killed; and what they said."""

    portal: Portal
    killed: str
    half: list[tuple]  # what the database had of `CONCURRENT`'s app when it was killed
    others: list[str]


@pytest.fixture(scope="package")
def migrated_by_three(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Migrated]:
    """Two begin with an empty database at one moment; one is killed half-way, and a third one begins."""
    with django_db_blocker.unblock():
        engine = connection.vendor
    with portal(tmp_path_factory.mktemp("faults") / "portal", engine) as found:
        first = [found.start("-m", "tests.faults.stopping", CONCURRENT, "migrate") for _number in range(2)]
        wait_until(lambda: any(map(_has_stopped, first)), "one of the two migrates")
        killed, other = sorted(first, key=_has_stopped, reverse=True)
        killed.kill()
        said = killed.communicate()[0]
        half = found.ask("SELECT name FROM django_migrations WHERE app = 'engagements' ORDER BY name")
        others = [other, found.start("-m", "tests.faults.stopping", CONCURRENT, "migrate")]
        wait_until(lambda: any(map(_has_stopped, others)), "one goes on where it was killed")
        [owner] = filter(_has_stopped, others)
        owner.send_signal(signal.SIGCONT)
        yield Migrated(found, said, half, [_said(process) for process in others])


@pytest.fixture(scope="package")
def migrated(migrated_by_three) -> Portal:
    """A portal without records, for tests that leave none."""
    return migrated_by_three.portal


def _has_stopped(process: subprocess.Popen) -> bool:
    if process.poll() is not None:
        return False
    return Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


def _said(process: subprocess.Popen) -> str:
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, err
    return out


@pytest.fixture(scope="package")
def lived_in(migrated) -> Portal:
    """The portal with something to read."""
    migrated.run("-m", "tests.faults.content")
    return migrated
