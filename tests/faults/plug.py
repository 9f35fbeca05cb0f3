"""A process whose plug is pulled (SIGKILL) at a step of what it writes: a statement, a commit, a file.

All that the process does at the database and in its folders of files is counted; so each step can be the last one.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

NEVER = 0
# Of Python's audit events, those by which files come and go.
FILE_EVENTS = {"open", "os.rename", "os.link", "os.remove", "os.mkdir"}


@dataclass
class Steps:
    """What a process did, in its order; at the step number `last` of those named `kind` it is no more."""

    last: int = NEVER
    kind: str = ""
    told: list[str] = field(default_factory=list)

    def step(self, what: str) -> None:
        self.told.append(what)
        if what.startswith(self.kind) and sum(step.startswith(self.kind) for step in self.told) == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def follow(self) -> None:
        """Count from now on: for a process of its own, which does not stop counting."""
        folders = [str(folder) for folder in (settings.MEDIA_ROOT, settings.STORAGES["private"]["OPTIONS"]["location"])]
        execute, commit = CursorWrapper._execute_with_wrappers, BaseDatabaseWrapper._commit

        def execute_in_steps(cursor, sql, *arguments, **named):
            self.step(" ".join(str(sql).split())[:60])
            return execute(cursor, sql, *arguments, **named)

        def commit_in_steps(connection):
            self.step("before a commit")
            commit(connection)
            self.step("after a commit")

        def audit(event, arguments):
            if event in FILE_EVENTS and any(str(arguments[0]).startswith(folder) for folder in folders):
                self.step(f"{event} {Path(str(arguments[0])).suffix}")

        CursorWrapper._execute_with_wrappers = execute_in_steps
        BaseDatabaseWrapper._commit = commit_in_steps
        sys.addaudithook(audit)


def steps_of(action: Callable[[], object]) -> list[str]:
    """What the action does, in a process of its own."""
    reading, writing = os.pipe()
    child = _forked(action, Steps(), writing)
    os.close(writing)
    with open(reading) as told:
        steps = json.loads(told.read())
    assert os.waitpid(child, 0)[1] == 0, "the action failed"
    return steps


def kill(action: Callable[[], object], last: int, kind: str = "") -> bool:
    """Begin the action in a process of its own, which dies at that step of that kind; False if it has fewer."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    _child, status = os.waitpid(_forked(action, Steps(last, kind), nowhere), 0)
    os.close(nowhere)
    assert os.WIFSIGNALED(status) or status == 0, "the action failed"
    return os.WIFSIGNALED(status)


def _forked(action: Callable[[], object], steps: Steps, writing: int) -> int:
    connections.close_all()
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        steps.follow()
        action()
        with open(writing, "w") as told:
            json.dump(steps.told, told)
        code = 0
    finally:
        sys.stderr.flush()
        os._exit(code)
