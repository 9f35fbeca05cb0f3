"""A command of the portal that stops before a named migration, until it is told to go on (SIGCONT) or killed.

Run as `python -m tests.faults.stopping APP.NAME COMMAND…`.
"""

import os
import signal
import sys
from unittest import mock

import django

django.setup()

from django.core.management import execute_from_command_line  # noqa: E402 - Django has to be set up first
from django.db.migrations import Migration  # noqa: E402

if __name__ == "__main__":
    _program, name, *command = sys.argv
    apply = Migration.apply

    def stopping(migration, *arguments):
        if str(migration) == name:
            os.kill(os.getpid(), signal.SIGSTOP)
        return apply(migration, *arguments)

    with mock.patch.object(Migration, "apply", stopping):
        execute_from_command_line(["manage.py", *command])
