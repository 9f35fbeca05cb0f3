"""The portal of these tests under gunicorn, as `deploy/` sets it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.backup.portals import Portal
from tests.scaling.processes import DEPLOY, Process, answers, free_port


@dataclass
class Served:
    port: int
    process: Process

    def workers(self) -> list[int]:
        master = self.process.running.pid
        return [int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()]


@contextmanager
def served(portal: Portal, folder: Path, workers: int = 2, **more: str) -> Iterator[Served]:
    """The portal at a port of its own, until it has ended."""
    port = free_port()
    environment = portal.environment | {
        "DJANGO_SETTINGS_MODULE": "tests.scaling.settings",
        "DEBUG": "0",
        "HTTPS": "0",
        "ALLOWED_HOSTS": "127.0.0.1",
        "API_RATE": "100000/min",
        "REQUIRE_SECOND_FACTOR": "0",
        "WEB_CONCURRENCY": str(workers),
        "CACHE_DIR": str(folder / "cache"),
        **more,
    }
    arguments = [sys.executable, "-m", "gunicorn", "coopportal.wsgi", "--config", DEPLOY / "gunicorn.conf.py"]
    process = Process([*arguments, "--bind", f"127.0.0.1:{port}"], folder / "gunicorn.log", **environment)
    with process.started(lambda: answers(port)):
        yield Served(port, process)
