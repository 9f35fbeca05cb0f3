"""A portal without tables, asked what it then must fail at; for `test_reporting`, in a process of its own.

`python -m tests.monitoring.failing_portal`; the settings come from the environment.
"""

from io import BytesIO
from wsgiref.util import setup_testing_defaults

import sentry_sdk

from coopportal.wsgi import application
from tests.monitoring.secrets import COOKIE, FORM, PATH, QUERY, REFERER, REQUEST_ID


def ask(path: str, body: bytes = b"", **more) -> str:
    environ = {"PATH_INFO": path, "HTTP_HOST": "localhost", "SCRIPT_NAME": "", "wsgi.input": BytesIO(body)} | more
    setup_testing_defaults(environ)
    answer = []
    list(application(environ, lambda status, headers, error=None: answer.append(status)))
    return answer[0]


def main() -> None:
    headers = {
        "HTTP_COOKIE": f"sessionid={COOKIE}; csrftoken={'c' * 32}",
        "HTTP_X_CSRFTOKEN": "c" * 32,
        "HTTP_REFERER": REFERER,
        "HTTP_X_REQUEST_ID": REQUEST_ID,
        "HTTP_AUTHORIZATION": f"Bearer {COOKIE}",
        "QUERY_STRING": QUERY,
    }
    assert ask(PATH, **headers).startswith("500")
    form = {"REQUEST_METHOD": "POST", "CONTENT_TYPE": "application/x-www-form-urlencoded"}
    form["CONTENT_LENGTH"] = str(len(FORM))
    assert ask("/admin/login/", FORM.encode(), **headers, **form).startswith("500")
    sentry_sdk.flush(timeout=30)


if __name__ == "__main__":
    main()
