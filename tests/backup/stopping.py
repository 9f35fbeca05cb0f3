"""A command that stops in the middle and waits to be killed.

Run as `python -m tests.backup.stopping POINT COMMAND…`: at the point it says “stopped” and sleeps.
"""

import sys
import time
from unittest import mock

import django

django.setup()

from django.core.management import execute_from_command_line  # noqa: E402 - Django has to be set up first

from backup import files, making, placing, restoring  # noqa: E402

# What is called where, and when to stop: before the call whose first arguments these are.
POINTS = {
    "backup rows": (making, "dump", lambda table, *_: table.name == "organisations_organisation"),
    "backup files": (files, "members", lambda root, *_: root == "private"),
    "backup end": (placing.os, "fsync", lambda _handle: True),
    "restore rows": (restoring._Writer, "rows", lambda _self, table, _piece: table.name == "publishing_version"),
    "restore files": (files, "restore", lambda content, _stores: content.name.startswith("private/")),
    "restore end": (restoring.states, "is_up_to_date", lambda _connection: True),
}


def stopping(called, when):
    """`called`, which stops before it is called with arguments that `when` is true of."""

    def call(*arguments):
        if when(*arguments):
            sys.stdout.write("stopped\n")
            sys.stdout.flush()
            time.sleep(3600)
        return called(*arguments)

    return call


if __name__ == "__main__":
    place, name, when = POINTS[sys.argv[1]]
    with mock.patch.object(place, name, stopping(getattr(place, name), when)):
        execute_from_command_line(["manage.py", *sys.argv[2:]])
