"""Portals in processes of their own, each with its database and files."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg2
import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300  # seconds
SERVER = os.environ.get("TEST_POSTGRESQL_URL", "postgres://postgres@127.0.0.1:5432/")


class Portal:
    """A portal whose database has no table yet."""

    def __init__(self, folder: Path, database_url: str):
        self.folder, self.database_url = folder, database_url
        self.media, self.private = folder / "media", folder / "private"
        (folder / "tmp").mkdir(parents=True)
        self.environment = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "TMPDIR": str(folder / "tmp"),
            "SECRET_KEY": "only-for-tests-" + "0" * 40,
            "DJANGO_SETTINGS_MODULE": "tests.backup.settings",
            "DATABASE_URL": database_url,
            "MEDIA_ROOT": str(self.media),
            "PRIVATE_ROOT": str(self.private),
            "BACKUP_KEY": "",
        }

    def start(self, *arguments) -> subprocess.Popen:
        """A Python program with these arguments, at this portal."""
        return subprocess.Popen(
            [sys.executable, *map(str, arguments)],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def manage(self, *arguments, fails: bool = False) -> str:
        """What a command says, which must end well, or where it `fails` with exit code 1 and no traceback."""
        process = self.start("manage.py", *arguments)
        out, err = process.communicate(timeout=PATIENCE)
        assert process.returncode == (1 if fails else 0), err
        assert "Traceback" not in err
        return out + err

    def run(self, *arguments) -> str:
        process = self.start(*arguments)
        out, err = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, err
        return out

    def ask(self, sql: str) -> list[tuple]:
        """The rows of the answer, past the program."""
        if self.database_url.startswith("sqlite"):
            connection = sqlite3.connect(self.database_url.removeprefix("sqlite:///"))
        else:
            connection = psycopg2.connect(self.database_url)
        try:
            cursor = connection.cursor()
            cursor.execute(sql)
            rows = cursor.fetchall() if cursor.description else []
            connection.commit()
            return rows
        finally:
            connection.close()


def is_here(engine: str) -> None:
    """Skip the test where there is no PostgreSQL; fail in CI."""
    if engine == "postgresql":
        try:
            psycopg2.connect(_server(), connect_timeout=5).close()
        except psycopg2.OperationalError as error:
            reason = f"needs PostgreSQL at {_server()} (TEST_POSTGRESQL_URL): {error}"
            pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)


def _server(database: str = "postgres") -> str:
    """The address of a database: of the server that the tests run on, if they do, or the usual one."""
    url = SERVER
    if connection.vendor == "postgresql":
        its = connection.settings_dict
        password = f":{its['PASSWORD']}" if its["PASSWORD"] else ""
        url = f"postgres://{its['USER']}{password}@{its['HOST'] or 'localhost'}:{its['PORT'] or 5432}/"
    return re.sub(r"/[^/]*$", f"/{database}", url)


@contextmanager
def portal(folder: Path, engine: str):
    """An empty portal on that engine, which is gone afterwards."""
    is_here(engine)
    if engine == "sqlite":
        yield Portal(folder, f"sqlite:///{folder / 'db.sqlite3'}")
        return
    name = f"backup_{uuid4().hex[:12]}"
    _at_server(f"CREATE DATABASE {name}")
    try:
        yield Portal(folder, _server(name))
    finally:
        _at_server(f"DROP DATABASE {name} WITH (FORCE)")


def _at_server(statement: str) -> None:
    server = psycopg2.connect(_server(), connect_timeout=5)
    server.autocommit = True
    try:
        with server.cursor() as cursor:
            cursor.execute(statement)
    finally:
        server.close()
