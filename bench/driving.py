"""Asks the sites: one request after another, each looked at, or as many as they answer."""

import asyncio
import gzip
import http.client
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

HOW_TO_INSTALL_WRK = "apt-get install wrk (Debian, Ubuntu) or brew install wrk"
_TIMING = re.compile(r'(\w+);dur=([\d.]+)(?:;desc="(\d+)")?')
_ENCODING = {"Accept-Encoding": "gzip"}
_LUA = Path(__file__).parent / "load.lua"


class WrongAnswerError(Exception):
    """A page answered with another status than it should, or with a body that is not what it should be."""


@dataclass(frozen=True)
class Answer:
    status: int
    seconds: float
    sent: int  # bytes of the body as sent
    body: bytes
    headers: dict[str, str]

    @property
    def timing(self) -> dict[str, float]:
        """What `Server-Timing` says: milliseconds by name, and the number of `queries`."""
        told = {}
        for name, duration, description in _TIMING.findall(self.headers.get("server-timing", "")):
            told[name] = float(duration)
            if description:
                told["queries"] = int(description)
        return told


class Visitor:
    """One keep-alive connection to a server on this machine."""

    def __init__(self, port: int, timeout: float = 120):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)

    def ask(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        """The answer, with the time from the request to the last byte."""
        began = time.perf_counter()
        try:
            self._send(path, headers)
            response = self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            self.connection.close()  # the server parts with an idle connection
            began = time.perf_counter()
            self._send(path, headers)
            response = self.connection.getresponse()
        raw = response.read()
        seconds = time.perf_counter() - began
        told = {name.lower(): value for name, value in response.getheaders()}
        body = gzip.decompress(raw) if told.get("content-encoding") == "gzip" else raw
        return Answer(response.status, seconds, len(raw), body, told)

    def ask_for_page(self, path: str, must_hold: str, headers: dict[str, str] | None = None) -> Answer:
        """As `ask`. Raises WrongAnswerError unless it is a page with status 200 that holds the text."""
        answer = self.ask(path, headers)
        if answer.status != 200 or must_hold.encode() not in answer.body:
            raise WrongAnswerError(f"{path}: status {answer.status}, {len(answer.body)} bytes, without “{must_hold}”?")
        return answer

    def _send(self, path: str, headers: dict[str, str] | None) -> None:
        self.connection.request("GET", path, headers=_ENCODING | (headers or {}))


@dataclass(frozen=True)
class Load:
    """What came of asking as much as possible. `errors`: statuses over 399, and connections that failed or hung."""

    requests: int
    seconds: float
    sent: int  # bytes, headers included
    errors: int
    latencies: dict[str, float] = field(default_factory=dict)  # milliseconds, by percentile: 50, 95, 99

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds if self.seconds else 0.0


def has_wrk() -> bool:
    return shutil.which("wrk") is not None


def load(
    port: int, paths: Sequence[str], *, connections: int, seconds: float, headers: dict[str, str] | None = None
) -> Load:
    """Ask the `paths` in turn over as many connections for so long: by wrk where it is installed, else from Python."""
    headers = _ENCODING | (headers or {})
    if has_wrk():
        return _load_by_wrk(port, paths, connections, seconds, headers)
    return asyncio.run(_load_from_python(port, paths, connections, seconds, headers))


def _load_by_wrk(port, paths, connections, seconds, headers) -> Load:
    with tempfile.NamedTemporaryFile("w", suffix=".paths") as file:
        file.write("\n".join(paths) + "\n")
        file.flush()
        command = ["wrk", "--threads", "2" if connections > 8 else "1", "--connections", str(connections)]
        command += ["--duration", f"{max(round(seconds), 1)}s", "--timeout", "60s", "--script", str(_LUA)]
        for name, value in headers.items():
            command += ["--header", f"{name}: {value}"]
        command.append(f"http://127.0.0.1:{port}/")
        environment = os.environ | {"BENCH_PATHS": file.name}
        said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    told = json.loads(said[said.index("BENCH ") + 6 :].splitlines()[0])
    return Load(
        told["requests"],
        told["microseconds"] / 1e6,
        told["bytes"],
        told["errors"],
        {percentile: value / 1000 for percentile, value in told["latency"].items()},
    )


async def _load_from_python(port, paths, connections, seconds, headers) -> Load:
    """Slower than wrk, so the rates of very fast pages are those of the driver; it says so in the report."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    following = cycle([f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{lines}\r\n".encode() for path in paths])
    took: list[float] = []
    sent = errors = 0
    until = time.perf_counter() + seconds

    async def visit() -> None:
        nonlocal sent, errors
        writer = None
        while time.perf_counter() < until:
            began = time.perf_counter()
            try:
                if writer is None:
                    reader, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(next(following))
                status, length, closes = await asyncio.wait_for(_read(reader), 60)
            except (TimeoutError, OSError, asyncio.IncompleteReadError, ValueError):
                errors, writer = errors + 1, None
                continue
            took.append(time.perf_counter() - began)
            sent += length
            errors += status > 399
            if closes:
                writer.close()
                writer = None

    began = time.perf_counter()
    await asyncio.gather(*(visit() for _ in range(connections)))
    latencies = {str(share): percentile(took, share) * 1000 for share in (50, 95, 99)} if took else {}
    return Load(len(took), time.perf_counter() - began, sent, errors, latencies)


async def _read(reader: asyncio.StreamReader) -> tuple[int, int, bool]:
    """Read one answer: its status, its length in bytes, and whether the server closes the connection."""
    head = await reader.readuntil(b"\r\n\r\n")
    status, lower = int(head.split(b" ", 2)[1]), head.lower()
    length = len(head)
    if match := re.search(rb"content-length: (\d+)", lower):
        length += len(await reader.readexactly(int(match[1])))
    elif b"transfer-encoding: chunked" in lower:
        while size := int((await reader.readline()).strip(), 16):
            length += len(await reader.readexactly(size + 2))
        await reader.readline()
    elif status not in (204, 304):
        length += len(await reader.read())
    return status, length, b"connection: close" in lower


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of a hundred lie, in between where none is there. Raises ValueError for none."""
    if not values:
        raise ValueError("there are no values")
    ordered = sorted(values)
    place = (len(ordered) - 1) * share / 100
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def median(values: Sequence[float]) -> float:
    return percentile(values, 50)
