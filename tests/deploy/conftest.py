"""What the tests of a server share: a database with every migration and the static files, made once."""

import shutil
import sqlite3
import sys
from pathlib import Path

import pytest

from tests.deploy.machine import NAME
from tests.scaling.processes import Process


@pytest.fixture(scope="session")
def made_once(tmp_path_factory) -> Path:
    """A folder with `db.sqlite3` and `static/`."""
    folder = tmp_path_factory.mktemp("deploy")
    environment = {
        "DJANGO_SETTINGS_MODULE": "tests.deploy.settings",
        "STATIC_ROOT_OF_TEST": str(folder / "static"),
        "SECRET_KEY": "x" * 50,
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
    }
    for command in (["migrate", "--verbosity=0"], ["collectstatic", "--noinput", "--verbosity=0"]):
        Process([sys.executable, "manage.py", *command], folder / "log", **environment).run()
    with sqlite3.connect(folder / "db.sqlite3") as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return folder


@pytest.fixture(scope="module")
def environment(made_once, tmp_path_factory) -> dict[str, str]:
    """The environment of a portal on a server, but for its files, which are the module's."""
    folder = tmp_path_factory.mktemp("portal")
    shutil.copy(made_once / "db.sqlite3", folder)
    return {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "DJANGO_SETTINGS_MODULE": "tests.deploy.settings",
        "STATIC_ROOT_OF_TEST": str(made_once / "static"),
        "SECRET_KEY": "only-for-tests-qwertzuiopasdfghjklyxcvbnm1234567890-Q8",
        "ALLOWED_HOSTS": NAME,
        "BEHIND_PROXY": "1",
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "CACHE_DIR": f"{folder}/cache",
        "MEDIA_ROOT": f"{folder}/media",
        "PRIVATE_ROOT": f"{folder}/private",
        "TMPDIR": str(folder),
        "GUNICORN_PIDFILE": f"{folder}/gunicorn.pid",
        "WEB_CONCURRENCY": "2",
    }
