"""Starts the sites under the production server, with the very options of `make run`."""

import contextlib
import http.client
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench.data.recipe import ROOT

_SECONDS_TO_START = 60


@dataclass
class Server:
    """A site on a port of this machine, from `start()` to `stop()`; it answers after `wait()`.

    `clean_up` is called when it has stopped.
    """

    name: str
    port: int
    application: str
    settings: str
    database_url: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    clean_up: Callable[[], object] | None = None
    process: subprocess.Popen | None = None
    log: Path | None = None

    def start(self) -> None:
        """Start it. Raises RuntimeError where the port is in use."""
        if self._is_taken():
            raise RuntimeError(f"Port {self.port} is in use: choose others with `python -m bench --port`.")
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": self.settings,
            "HTTPS": "0",
            "DEBUG": "0",
            "DATABASE_URL": self.database_url,
            "API_RATE": "",
            **self.environment,
        }
        with tempfile.NamedTemporaryFile(prefix="bench-", suffix=".log", delete=False) as log:
            self.log = Path(log.name)
            self.process = subprocess.Popen(
                production_command(self.application, self.port),
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _is_taken(self) -> bool:
        with socket.socket() as asked:
            return asked.connect_ex(("127.0.0.1", self.port)) == 0

    def wait(self) -> "Server":
        """Wait until it answers. Raises RuntimeError, with what it said, where it does not."""
        until = time.monotonic() + _SECONDS_TO_START
        while time.monotonic() < until and self.process.poll() is None:
            with contextlib.suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
                connection.request("GET", "/")
                if connection.getresponse().status < 500:
                    return self
            time.sleep(0.2)
        said = self.log.read_text(errors="replace")[-2_000:]
        self.stop()
        raise RuntimeError(f"The {self.name} did not start on port {self.port}:\n{said}")

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
            if self.clean_up:
                self.clean_up()
        self.process = None
        if self.log:
            self.log.unlink(missing_ok=True)
            self.log = None

    def restart(self) -> None:
        """Leave what it is at, and begin anew. Raises RuntimeError, as `wait`."""
        self.stop()
        # A worker that was killed in the middle of a query holds the port for a moment more.
        until = time.monotonic() + _SECONDS_TO_START
        while self._is_taken() and time.monotonic() < until:
            time.sleep(0.2)
        self.start()
        self.wait()

    def workers(self) -> list[int]:
        """The process ids of its workers: the children of the server's own process."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in children.split()]


def production_command(application: str, port: int) -> list[str]:
    """What `make run` starts, with another application and port. Raises ValueError where it is not found."""
    recipe = (ROOT / "Makefile").read_text()
    match = re.search(r"^\t@?(?:\w+=\S+ )*exec \$\(BIN\)/gunicorn (?P<application>\S+) (?P<options>.*)$", recipe, re.M)
    if not match:
        raise ValueError("The Makefile has no line that starts gunicorn.")
    options = match["options"].replace("$(PORT)", str(port))
    application = application or match["application"]
    return [str(Path(sys.executable).parent / "gunicorn"), application, *shlex.split(options)]
