"""The portal as a WSGI server sees it, with everything that watches it."""

from collections.abc import Callable
from typing import NamedTuple
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db.backends.base.base import BaseDatabaseWrapper

from caching.middleware import VISIT
from caching.wsgi import ready_first
from monitoring.asking import current
from monitoring.wsgi import observed


class Answer(NamedTuple):
    status: str
    headers: dict
    body: bytes


@pytest.fixture
def new_site(monkeypatch) -> Callable[[], Callable[..., Answer]]:
    """Starts a portal under the settings of the moment; what it answers is a function of path and WSGI environment."""
    # Django would close the connection whose transaction the test is in, as at the end of any request.
    monkeypatch.setattr(BaseDatabaseWrapper, "close_if_unusable_or_obsolete", lambda connection: None)

    def start():
        application = observed(ready_first(WSGIHandler()), VISIT)

        def ask(path="/en/", **more) -> Answer:
            environ = {"PATH_INFO": path, "HTTP_HOST": "testserver", "SCRIPT_NAME": ""} | more
            setup_testing_defaults(environ)
            answer = []
            body = application(environ, lambda status, headers: answer.extend((status, dict(headers))))
            content = b"".join(body)
            if hasattr(body, "close"):
                body.close()
            return Answer(*answer, content)

        return ask

    return start


@pytest.fixture(autouse=True)
def asked_nothing():
    """No request of an earlier test is under way."""
    token = current.set(None)
    yield
    current.reset(token)
