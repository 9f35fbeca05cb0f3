"""What a portal past one machine is made of, as processes of their own with the settings of `deploy/`."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import psycopg2
import pytest

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
PATH = os.pathsep.join(
    [*map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), os.environ["PATH"], "/usr/sbin"]
)
PACKAGES = {"initdb": "postgresql", "haproxy": "haproxy", "pgbouncer": "pgbouncer", "redis-server": "redis-server"}
PACKAGES |= {"nginx": "nginx-light", "openssl": "openssl", "caddy": "caddy"}
PATIENCE = 180  # seconds for which something is waited for: a machine may have much to do


def needs(*programs: str) -> None:
    """Skip the test where one of the `programs` is not installed; fail in CI."""
    missing = [PACKAGES[program] for program in programs if not shutil.which(program, path=PATH)]
    if missing:
        reason = f"needs real servers: install Debian's packages {', '.join(missing)}"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_until(happens: Callable[[], bool], what: str) -> None:
    """Raises AssertionError where it does not happen."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if happens():
            return
        time.sleep(0.1)
    raise AssertionError(f"waited {PATIENCE} s in vain: {what}")


def answers(port: int, path: str = "/readyz") -> bool:
    """Whether there is a portal that answers 200."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def listens(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


class Process:
    """A program with all its children, in a session of its own, so that they can be killed together."""

    def __init__(self, arguments: list, log: Path, *, as_postgres: bool = False, **environment: str):
        self.arguments, self.log, self.environment = [str(argument) for argument in arguments], log, environment
        self.user = "postgres" if as_postgres and os.geteuid() == 0 else None
        self.running: subprocess.Popen | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                self.arguments,
                cwd=ROOT if self.user is None else "/",
                env={"PATH": PATH, "LANG": "C.UTF-8", **self.environment},
                user=self.user,
                group=self.user,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def run(self) -> None:
        """To its end, which must be a good one."""
        self.start()
        assert self.running.wait(timeout=4 * PATIENCE) == 0, self.log.read_text()

    def kill(self) -> None:
        """As a machine that loses its power: nobody is told."""
        os.killpg(self.running.pid, signal.SIGKILL)
        self.running.wait()

    def end(self, how: int = signal.SIGTERM) -> None:
        """Asked politely; the children by their parent."""
        self.running.send_signal(how)
        self.running.wait(timeout=PATIENCE)

    @contextmanager
    def started(self, ready: Callable[[], bool]) -> Iterator["Process"]:
        self.start()
        try:
            wait_until(lambda: ready() or self.running.poll() is not None, f"{self.arguments[0]} answers")
            assert self.running.poll() is None, self.log.read_text()
            yield self
        finally:
            if self.running.poll() is None:
                self.kill()


class Servers:
    """Starts servers in `folder`, and stops all of them at its end."""

    def __init__(self, folder: Path):
        self.folder, self.stack = folder, ExitStack()
        # Not below `folder`: where root runs the tests, PostgreSQL may not even pass through pytest's directories.
        self.of_postgres = Path(tempfile.mkdtemp(prefix="coopportal-scaling-"))
        self.stack.callback(shutil.rmtree, self.of_postgres, ignore_errors=True)
        if os.geteuid() == 0:
            shutil.chown(self.of_postgres, "postgres")

    def __enter__(self) -> "Servers":
        self.stack.__enter__()
        return self

    def __exit__(self, *error) -> None:
        self.stack.__exit__(*error)

    def _run_as_postgres(self, *arguments) -> None:
        Process(arguments, self.folder / "setup.log", as_postgres=True).run()

    def postgresql(self) -> int:
        """A primary database, `self.primary`; answers its port."""
        data = self.of_postgres / "primary"
        how = ("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        self._run_as_postgres("initdb", *how, f"--pgdata={data}")
        with (data / "postgresql.conf").open("a") as settings:
            settings.write(f"\n{(DEPLOY / 'postgresql-primary.conf').read_text()}\nfsync = off\n")
        port, self.primary = self._serve(data)
        return port

    def replica_of(self, primary: int) -> tuple[int, Process]:
        """A copy that follows the `primary`: its port and process."""
        data = self.of_postgres / "replica"
        how = ("--write-recovery-conf", "--no-sync", "--checkpoint=fast")
        self._run_as_postgres("pg_basebackup", *how, "--host=127.0.0.1", f"--port={primary}", f"--pgdata={data}")
        with (data / "postgresql.auto.conf").open("a") as settings:
            settings.write((DEPLOY / "postgresql-replica.conf").read_text())
        return self._serve(data)

    def _serve(self, data: Path) -> tuple[int, Process]:
        port = free_port()
        options = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "port": port}
        arguments = ["postgres", "-D", data, *(f"--{name}={value}" for name, value in options.items())]
        server = Process(arguments, self.folder / f"{data.name}.log", as_postgres=True)
        self.stack.enter_context(server.started(lambda: _is_up(port)))
        return port, server

    def pgbouncer(self, database: int, connections: int) -> int:
        """A pool of so many `connections` to the database at that port; answers its own."""
        port, users = free_port(), self.of_postgres / "userlist.txt"
        users.write_text('"postgres" ""\n')
        text = (DEPLOY / "pgbouncer.ini").read_text()
        for setting, value in {
            "portal": f"host=127.0.0.1 port={database} dbname=portal",
            "listen_port": port,
            "auth_type": "trust",
            "auth_file": users,
            "default_pool_size": connections,
        }.items():
            text, found = re.subn(rf"(?m)^{setting} = .*$", f"{setting} = {value}", text)
            assert found == 1, setting
        settings = self.of_postgres / "pgbouncer.ini"
        settings.write_text(text + "unix_socket_dir =\n")
        server = Process(["pgbouncer", settings], self.folder / "pgbouncer.log", as_postgres=True)
        self.stack.enter_context(server.started(lambda: listens(port)))
        return port

    def redis(self) -> tuple[int, Process]:
        port = free_port()
        arguments = ["redis-server", DEPLOY / "redis.conf", "--port", port, "--bind", "127.0.0.1", "--dir", self.folder]
        server = Process(arguments, self.folder / "redis.log")
        self.stack.enter_context(server.started(lambda: listens(port)))
        return port, server

    def portal(self, name: str, **environment: str) -> tuple[int, Process]:
        """A portal under gunicorn: its port and process."""
        port = free_port()
        arguments = [sys.executable, "-m", "gunicorn", "coopportal.wsgi", "--config", DEPLOY / "gunicorn.conf.py"]
        server = Process([*arguments, "--bind", f"127.0.0.1:{port}"], self.folder / f"{name}.log", **environment)
        self.stack.enter_context(server.started(lambda: answers(port)))
        return port, server

    def haproxy(self, *portals: int, threads: int) -> int:
        port = free_port()
        places = {f"PORTAL_{number}": f"127.0.0.1:{portal}" for number, portal in enumerate(portals, 1)}
        server = Process(
            ["haproxy", "-db", "-f", DEPLOY / "haproxy.cfg"],
            self.folder / "haproxy.log",
            BALANCER=f"127.0.0.1:{port}",
            PORTAL_HOST="127.0.0.1",
            PORTAL_THREADS=str(threads),
            **places,
        )
        self.stack.enter_context(server.started(lambda: answers(port)))
        return port

    def has_back(self, portal: str) -> bool:
        """Whether the balancer sends visitors to the portal that it knows by that name: what it said of it last."""
        said = [
            line for line in (self.folder / "haproxy.log").read_text().splitlines() if f"portals/{portal} is" in line
        ]
        return not said or " is UP" in said[-1]

    def manage(self, *arguments: str, **environment: str) -> None:
        Process([sys.executable, "manage.py", *arguments], self.folder / "manage.log", **environment).run()


def environment_of(folder: Path, database: int, **others: str) -> dict[str, str]:
    """The environment of a portal whose database is at that port; its files are in `folder`."""
    return {
        "DJANGO_SETTINGS_MODULE": "tests.scaling.settings",
        "SECRET_KEY": "only-for-tests-" + "0" * 40,
        "DEBUG": "0",
        "HTTPS": "0",
        "BEHIND_PROXY": "1",
        "ALLOWED_HOSTS": "127.0.0.1",
        "API_RATE": "100000/min",
        "REQUIRE_SECOND_FACTOR": "0",
        "WEB_CONCURRENCY": "2",
        "MEDIA_ROOT": str(folder / "media"),
        "PRIVATE_ROOT": str(folder / "private"),
        "DATABASE_URL": f"postgres://postgres@127.0.0.1:{database}/portal",
        **others,
    }


def ask(port: int, sql: str, database: str = "portal"):
    """The first value of the answer, in a session of its own and outside of transactions."""
    connection = psycopg2.connect(host="127.0.0.1", port=port, user="postgres", dbname=database, connect_timeout=5)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone()[0] if cursor.description else None
    finally:
        connection.close()


def _is_up(port: int) -> bool:
    try:
        return ask(port, "SELECT 1", "postgres") == 1
    except psycopg2.OperationalError:
        return False
