"""A machine without containers: the portal as its systemd unit starts it, behind nginx as `deploy/` sets it."""

import re
import shlex
import socket
import ssl
import subprocess
import sys
import time
from collections import Counter
from configparser import RawConfigParser
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from pathlib import Path
from threading import Event, Thread

from tests.scaling.processes import DEPLOY, Process, listens

NAME = "portal.example.org"
UNITS = DEPLOY / "systemd"
FOLDER = "/srv/portal"  # of the portal, in all files


class Unit(RawConfigParser):
    """A file of systemd's. What may be said several times, such as ExecStart, has a line for each."""

    def __init__(self, name: str):
        super().__init__(strict=False, delimiters=["="], comment_prefixes=["#"], interpolation=None)
        self.optionxform = str
        self.text = (UNITS / name).read_text()
        self.read_string(self.text)

    def all(self, option: str) -> list[str]:
        return re.findall(rf"(?m)^{option}=(.*)$", self.text)


def command_of(unit: Unit) -> list[str]:
    """How the unit starts the portal, with the portal's folder where this one is."""
    program, *arguments = shlex.split(unit["Service"]["ExecStart"])
    assert program == f"{FOLDER}/.venv/bin/gunicorn"
    return [str(Path(sys.executable).parent / "gunicorn"), *arguments]


def portal(listening: socket.socket, folder: Path, log: Path, **environment: str) -> Process:
    """The portal, not yet started, with the socket that systemd would hold for it."""
    # LISTEN_PID must be the number of the process that gunicorn becomes. bash: sh knows descriptors of one digit only.
    script = f"exec 3<&{listening.fileno()}; LISTEN_FDS=1 LISTEN_PID=$$ exec {shlex.join(command_of(UNIT))}"
    return HoldingSocket(["bash", "-c", script], log, listening=listening, folder=folder, **environment)


UNIT = Unit("portal.service")


class HoldingSocket(Process):
    """A process that inherits a socket, and runs in a folder of its own choice."""

    def __init__(self, arguments, log, *, listening: socket.socket, folder: Path, **environment: str):
        super().__init__(arguments, log, **environment)
        self.listening, self.folder = listening, folder

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                self.arguments,
                cwd=self.folder,
                env=self.environment,
                pass_fds=[self.listening.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for NAME that nobody signed but itself, and its key."""
    chain, key = folder / "fullchain.pem", folder / "privkey.pem"
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
    ]
    made += ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}", "-keyout", key, "-out", chain]
    subprocess.run(made, check=True, capture_output=True)
    return chain, key


@contextmanager
def nginx(folder: Path, upstream: int, http: int, https: int, copy: Path | None = None):
    """nginx with the settings of `deploy/`, on these ports before the portal at `upstream`; yields its log's file.

    `copy` is the folder of the site's copy; without one there is none.
    """
    folder.mkdir(exist_ok=True)
    chain, key = certificate(folder)
    site = (DEPLOY / "nginx.conf").read_text()
    for pattern, replacement in {
        r"/etc/letsencrypt/live/portal\.example\.org/fullchain\.pem": str(chain),
        r"/etc/letsencrypt/live/portal\.example\.org/privkey\.pem": str(key),
        r"/var/log/nginx/": f"{folder}/",
        r"listen \[::\]:\d+[^;]*;": "",
        r"listen 80\b": f"listen 127.0.0.1:{http}",
        r"listen 443\b": f"listen 127.0.0.1:{https}",
        r"http://127\.0\.0\.1:8000": f"http://127.0.0.1:{upstream}",
        r"/srv/portal/site-copy": str(copy or folder / "no-copy"),
    }.items():
        site, found = re.subn(pattern, replacement, site)
        assert found, pattern
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "site.conf").write_text(site)
    (folder / "nginx.conf").write_text(
        f"daemon off;\nworker_processes 1;\npid {folder}/nginx.pid;\nuser root;\nevents {{}}\n"
        f"http {{\ninclude /etc/nginx/mime.types;\naccess_log off;\n{temporary}include {folder}/site.conf;\n}}\n"
    )
    server = Process(["nginx", "-e", folder / "errors.log", "-c", folder / "nginx.conf"], folder / "nginx.out")
    with server.started(lambda: listens(https)):
        yield folder / "portal.log"
        server.end()


class Browser:
    """Asks by HTTPS for the portal's name, and believes the certificate in `folder`."""

    def __init__(self, folder: Path, port: int):
        self.port, self.context = port, ssl.create_default_context(cafile=folder / "fullchain.pem")

    def connection(self, name: str = NAME) -> HTTPSConnection:
        made = HTTPSConnection(NAME, self.port, timeout=180, context=self.context)
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=180)
        made.sock = self.context.wrap_socket(plain, server_hostname=name)
        return made

    def ask(self, path: str, method: str = "GET", body=None, **headers: str) -> tuple[HTTPResponse, bytes]:
        connection = self.connection()
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        content = response.read()
        connection.close()
        return response, content


@contextmanager
def asking_all_the_while(ask, visitors: int = 3):
    """Visitors who `ask` on and on; yields how often what came out came out, exceptions too.

    They leave some of the machine to what happens meanwhile.
    """
    outcomes, over = Counter(), Event()

    def visit():
        while not over.wait(0.05):
            try:
                outcomes[ask()] += 1
            except (OSError, HTTPException) as error:
                outcomes[repr(error)] += 1

    threads = [Thread(target=visit) for _ in range(visitors)]
    for thread in threads:
        thread.start()
    try:
        yield outcomes
    finally:
        over.set()
        for thread in threads:
            thread.join()


def answer_of(port: int, path: str) -> tuple[int, bytes]:
    """Status and content of what the portal at that port answers, as if the visitor had come by HTTPS."""
    connection = HTTPConnection("127.0.0.1", port, timeout=180)
    try:
        connection.request("GET", path, headers={"Host": NAME, "X-Forwarded-Proto": "https"})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def status_of(port: int, path: str) -> int:
    return answer_of(port, path)[0]


def wait_for_more(outcomes: Counter, number: int = 10) -> None:
    """Until so many more answers came out, however slow the machine is."""
    wanted = outcomes.total() + number
    until = time.monotonic() + 180
    while outcomes.total() < wanted:
        assert time.monotonic() < until, outcomes
        time.sleep(0.05)


def socket_of_systemd() -> socket.socket:
    """A socket that listens, as portal.socket would hold it."""
    made = socket.create_server(("127.0.0.1", 0), backlog=int(Unit("portal.socket")["Socket"]["Backlog"]))
    made.set_inheritable(True)
    return made
