"""Visitors who read all the time, and an editor who keeps renaming what they read."""

import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException, IncompleteRead
from threading import Event, Thread

from tests.scaling.processes import PATH, ROOT

EDITION = re.compile(rb"edition(?:</mark>)? (\d+)")  # the search marks what was looked for
PATIENCE = 90  # seconds that a visitor waits for an answer
# How the addresses end of what may break off while it is sent: files that are sent while they are read, or anything.
FILES, ANYTHING = ".csv", ""
BETWEEN_EDITS, BETWEEN_PAGES = 0.5, 0.2  # seconds


class Editor:
    """Renames the programme of the address part `slug` to "edition 1", "edition 2", …

    `committed` is the newest edition whose transaction is known to have ended.
    """

    def __init__(self, slug: str, environment: dict[str, str]):
        self.committed = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.scaling.editor", slug],
            cwd=ROOT,
            env={"PATH": PATH, "LANG": "C.UTF-8", **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def edit(self) -> None:
        edition = self.committed + 1
        self._process.stdin.write(f"My.Coop, edition {edition}\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline(), "the editor could not save"
        self.committed = edition

    @contextmanager
    def editing(self) -> Iterator["Editor"]:
        """Edits again and again, until the end."""
        stop, worker = Event(), None

        def work() -> None:
            while not stop.wait(BETWEEN_EDITS):
                self.edit()

        try:
            self.edit()
            worker = Thread(target=work)
            worker.start()
            yield self
        finally:
            stop.set()
            if worker:
                worker.join()
            self._process.stdin.close()
            self._process.wait()


class Visitors:
    """So `many` visitors at once; some of the `addresses` tell the edition, others need only be answered."""

    def __init__(self, port: int, many: int, addresses: list[str], editor: Editor):
        self.port, self.many, self.addresses, self.editor = port, many, addresses, editor
        self.during = "the beginning"
        self.answered: Counter[str] = Counter()
        self.editions: Counter[str] = Counter()
        self.faults: list[str] = []
        self.may_break_off: str | None = None
        self.broken_off = 0  # how many answers were
        self.last: dict[str, bytes] = {}  # what each address answered last

    @contextmanager
    def reading(self) -> Iterator["Visitors"]:
        stop = Event()
        threads = [Thread(target=self._read, args=(number, stop)) for number in range(self.many)]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            stop.set()
            for thread in threads:
                thread.join()

    @contextmanager
    def phase(self, during: str, seconds: float = 2) -> Iterator[None]:
        """What happens within, and the time after it, in which something must have been answered and edited."""
        self.during = during
        committed, answered = self.editor.committed, self.answered.total()
        yield
        until = time.monotonic() + PATIENCE
        time.sleep(seconds)
        while (self.editor.committed == committed or self.answered.total() == answered) and time.monotonic() < until:
            time.sleep(0.1)
        assert self.editor.committed > committed, f"nothing could be saved: {during}"
        assert self.answered.total() > answered, f"nobody was answered: {during}"

    def told_faults(self) -> str:
        """How many requests were answered meanwhile, and the first faults of each kind."""
        kinds = Counter(re.sub(r"\d+", "…", fault) if "edition" in fault else fault for fault in self.faults)
        return "\n".join([str(dict(self.answered)), *(f"{number} × {kind}" for kind, number in kinds.most_common(40))])

    def _read(self, number: int, stop: Event) -> None:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        turn = number
        while not stop.wait(BETWEEN_PAGES):
            address, during, committed = self.addresses[turn % len(self.addresses)], self.during, self.editor.committed
            turn += 1
            try:
                connection.request("GET", address, headers={"User-Agent": "visitor"})
                response = connection.getresponse()
                content = response.read()
            except (OSError, HTTPException) as error:
                connection.close()
                # What a portal has begun to send, or from the replica, cannot be gone on with from elsewhere.
                may = self.may_break_off
                if isinstance(error, IncompleteRead) and may is not None and address.endswith(may):
                    self.broken_off += 1
                else:
                    self.faults.append(f"{during}: {address}: {error!r}")
                continue
            self.answered[during] += 1
            self.last[address] = content
            if response.status != 200:
                self.faults.append(f"{during}: {address}: {response.status}")
            elif found := EDITION.search(content):
                self.editions[address] += 1
                if int(found[1]) < committed:
                    self.faults.append(f"{during}: {address}: edition {int(found[1])} after {committed} was committed")
        connection.close()
