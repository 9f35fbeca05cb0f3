"""Where the data sets are: files of SQLite in the benchmark's directory, and databases of a PostgreSQL server."""

import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import environ

from bench.data.recipe import ROOT, Size, fingerprint, migrations_fingerprint

DIRECTORY = Path(os.environ.get("BENCH_DIR") or ROOT / ".bench")
SQLITE, POSTGRESQL = "sqlite", "postgresql"


class NotThereError(Exception):
    """Something that the benchmark needs is not there; the text says what, and how to get it."""


@dataclass(frozen=True)
class DataSet:
    """A data set in one of the two databases."""

    size: Size
    vendor: str

    @property
    def name(self) -> str:
        return f"{self.size.name} on {'SQLite' if self.vendor == SQLITE else 'PostgreSQL'}"

    @property
    def url(self) -> str:
        """For the variable DATABASE_URL."""
        if self.vendor == SQLITE:
            return f"sqlite:///{self.path}"
        return _url_of(self.database)

    @property
    def path(self) -> Path:
        return DIRECTORY.resolve() / f"{self.size.name}.sqlite3"

    @property
    def database(self) -> str:
        return f"bench_{self.size.name}"

    def is_ready(self) -> bool:
        """Whether it is there, complete and of today's recipe."""
        if self.vendor == SQLITE:
            return self.path.exists() and _sqlite_recipe(self.path) == _as_number(fingerprint())
        return _postgresql_recipe(self.database) == fingerprint()

    def ensure(self) -> bool:
        """Build it unless it is ready; answers whether it was built. Raises NotThereError where that cannot be done."""
        if self.is_ready():
            return False
        DIRECTORY.mkdir(parents=True, exist_ok=True)
        print(f"Building {self.name} …", flush=True)
        (self._build_sqlite if self.vendor == SQLITE else self._build_postgresql)()
        return True

    def end_queries_of(self, application: str) -> None:
        """End what a site that has stopped left behind: PostgreSQL goes on with queries that nobody waits for."""
        if self.vendor == POSTGRESQL:
            left = f"datname = '{self.database}' AND application_name = '{application}'"
            _on_server(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {left}")  # noqa: S608

    def _build_sqlite(self) -> None:
        recipe = fingerprint()  # that of now: somebody may change it meanwhile
        part = self.path.with_suffix(".part")
        _remove(part)
        shutil.copyfile(_empty_sqlite(), part)
        _run(f"sqlite:///{part}", "manage.py", "bench_fill", self.size.name)
        connection = sqlite3.connect(part)
        connection.execute(f"PRAGMA user_version = {_as_number(recipe)}")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        _remove(self.path)
        part.rename(self.path)

    def _build_postgresql(self) -> None:
        recipe = fingerprint()
        empty = _empty_postgresql()
        _on_server(f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')
        _on_server(f'CREATE DATABASE "{self.database}" TEMPLATE "{empty}"')
        _run(self.url, "manage.py", "bench_fill", self.size.name)
        _on_server(f"COMMENT ON DATABASE \"{self.database}\" IS '{recipe}'")


def inside(url: str, *arguments: str) -> str:
    """What a command of `manage.py` prints that works on this database. Raises subprocess.CalledProcessError."""
    command = [sys.executable, "manage.py", *arguments]
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "bench.settings"}
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def _run(url: str, *arguments: str) -> None:
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "bench.settings"}
    try:
        subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, check=True)
    except subprocess.CalledProcessError as error:
        raise NotThereError(f"The data set could not be built: “{' '.join(arguments)}” failed.") from error


def _migrate(url: str) -> None:
    _run(url, "manage.py", "migrate", "--noinput", "--verbosity", "0")


def _empty_sqlite() -> Path:
    """A migrated database without content."""
    path = DIRECTORY.resolve() / f"empty-{migrations_fingerprint()}.sqlite3"
    if not path.exists():
        part = path.with_suffix(".part")
        _remove(part)
        _migrate(f"sqlite:///{part}")
        connection = sqlite3.connect(part)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        part.rename(path)
    return path


def _empty_postgresql() -> str:
    name = "bench_empty"
    if _postgresql_recipe(name) != migrations_fingerprint():
        _on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        _on_server(f'CREATE DATABASE "{name}"')
        _migrate(_url_of(name))
        _on_server(f"COMMENT ON DATABASE \"{name}\" IS '{migrations_fingerprint()}'")
    return name


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _sqlite_recipe(path: Path) -> int:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError:
        return 0
    finally:
        connection.close()


def _as_number(recipe: str) -> int:
    return int(recipe[:7], 16)


def server_url() -> str:
    """The PostgreSQL server of DATABASE_URL, which may stand in the file `.env`. Raises NotThereError."""
    if (ROOT / ".env").exists():
        environ.Env.read_env(ROOT / ".env")
    url = os.environ.get("BENCH_POSTGRESQL_URL") or os.environ.get("DATABASE_URL", "")
    if not url.startswith(("postgres://", "postgresql://")):
        raise NotThereError(
            "For PostgreSQL the benchmark needs a server on which it may create databases: "
            "set DATABASE_URL=postgres://user:password@host:5432/name."
        )
    return url


def _url_of(database: str) -> str:
    return urlunsplit(urlsplit(server_url())._replace(path=f"/{database}"))


def _on_server(statement: str, *, answer: bool = False) -> list[tuple]:
    import psycopg2

    try:
        connection = psycopg2.connect(_url_of("postgres"))
    except psycopg2.OperationalError as error:
        raise NotThereError(f"The PostgreSQL server of DATABASE_URL cannot be reached: {error}") from error
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if answer else []
    except psycopg2.errors.InsufficientPrivilege as error:
        raise NotThereError(f"The user of DATABASE_URL may not create databases: {error}") from error
    finally:
        connection.close()


def _postgresql_recipe(database: str) -> str:
    rows = _on_server(
        f"SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '{database}'",  # noqa: S608
        answer=True,
    )
    return rows[0][0] or "" if rows else ""
