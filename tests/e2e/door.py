"""Between a browser and the portal of the tests: who comes after a test is turned away, and all can be made to wait.

A browser that is closed still says goodbye, and what it had asked for is still on its way. Such a request would meet a
database that is being emptied, or write into that of the next test.
"""

import os
import time
from collections.abc import Iterator
from threading import Condition

# `SLOW=1 pytest tests/e2e` holds every answer back: what does not wait for an answer fails.
DELAY = 0.3 if os.environ.get("SLOW") == "1" else 0  # seconds
PATIENCE = 150  # seconds: longer than an import is held up by the test that looks at its progress


# None, or that of the one server whose tests write: of a session without such tests it is not to be started.
doors_of_writing_tests: list["Door"] = []


class _Answer:
    """An answer that tells when the last of it has been sent."""

    def __init__(self, answer, ended):
        self.answer, self.ended = answer, ended

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.answer)

    def close(self) -> None:
        try:
            if hasattr(self.answer, "close"):
                self.answer.close()
        finally:
            self.ended()


class Door:
    """A WSGI application around another one."""

    def __init__(self, application):
        self.application = application
        self.changed = Condition()
        self.under_way, self.is_open = 0, True

    def __call__(self, environ, start_response):
        with self.changed:
            if not self.is_open:
                start_response("503 Service Unavailable", [("Content-Length", "0")])
                return []
            self.under_way += 1
        try:
            time.sleep(DELAY)
            return _Answer(self.application(environ, start_response), self._ended)
        except BaseException:
            self._ended()
            raise

    def _ended(self) -> None:
        with self.changed:
            self.under_way -= 1
            self.changed.notify_all()

    def open(self) -> None:
        """Let requests in again."""
        with self.changed:
            self.is_open = True

    def shut(self) -> None:
        """Turn away who comes from now on, and wait for those that are inside."""
        with self.changed:
            self.is_open = False
            assert self.changed.wait_for(lambda: not self.under_way, PATIENCE), f"{self.under_way} requests hang"


def put_door(server) -> Door:
    """Before the portal of `server`, a LiveServerThread that runs."""
    door = Door(server.httpd.get_app())
    server.httpd.set_app(door)
    return door
