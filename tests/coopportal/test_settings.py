"""Settings from the environment: secure unless told otherwise."""

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# An empty variable, unlike a missing one, is not filled from the developer's own .env.
BARE = {"PATH": os.environ["PATH"], "SECRET_KEY": "", "DEBUG": "0", "HTTPS": "1"}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """`manage.py` in a process of its own that has nothing but `environment`."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=BARE | environment,
        capture_output=True,
        text=True,
        timeout=300,
    )


def setting(name: str, **environment: str) -> str:
    code = f"from django.conf import settings; print(repr(settings.{name}))"
    return manage("shell", "--no-imports", "-c", code, **environment).stdout.strip()


def test_production_refuses_to_start_without_a_secret_key():
    answer = manage("check")
    assert answer.returncode != 0
    assert "SECRET_KEY is not set" in answer.stderr
    assert "make .env" in answer.stderr


def test_production_settings_pass_the_deployment_check():
    contact = {"SECURITY_CONTACT": "a@example.org", "SECURITY_EXPIRES": f"{date.today() + timedelta(days=90)}"}
    answer = manage("check", "--deploy", "--fail-level", "WARNING", SECRET_KEY="q8Zr-kT4v" * 6 + "Wx1", **contact)
    assert answer.returncode == 0, answer.stderr
    assert "no issues" in answer.stdout


def test_debug_is_off_and_transport_secure_unless_asked_otherwise():
    key = {"SECRET_KEY": "x" * 50}
    assert setting("DEBUG", **key) == "False"
    assert setting("SESSION_COOKIE_SECURE", **key) == "True"
    assert setting("SECURE_SSL_REDIRECT", **key) == "True"
    assert setting("SECURE_SSL_REDIRECT", HTTPS="0", **key) == "False"
    assert setting("DEBUG", DEBUG="1") == "True"


def test_sqlite_is_set_for_concurrent_use():
    options = setting("DATABASES['default']['OPTIONS']", SECRET_KEY="x" * 50)
    assert "journal_mode=WAL" in options
    assert "'transaction_mode': 'IMMEDIATE'" in options
    assert "'timeout': 10" in options


def test_a_database_address_chooses_postgresql():
    engine = setting("DATABASES['default']['ENGINE']", SECRET_KEY="x" * 50, DATABASE_URL="postgres://u@h/d")
    assert "postgresql" in engine


def test_a_language_of_the_interface_alone_gets_no_content_columns():
    environment = {"SECRET_KEY": "x" * 50, "EXTRA_LANGUAGES": "ar"}
    assert "'ar', 'Arabic'" in setting("LANGUAGES", **environment)
    assert setting("MODELTRANSLATION_LANGUAGES", **environment) == "['en', 'es', 'fr']"
    answer = manage("makemigrations", "--check", "--dry-run", **environment)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_a_language_that_nobody_knows_is_refused_by_name():
    answer = manage("check", SECRET_KEY="x" * 50, EXTRA_LANGUAGES="ar,xx")
    assert answer.returncode != 0
    assert "EXTRA_LANGUAGES names languages that Django does not know: ['xx']" in answer.stderr


@pytest.mark.django_db
def test_pages_forbid_foreign_and_inline_scripts_and_styles(client):
    policy = client.get("/en/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "manifest-src 'self'" in policy
    assert "unsafe" not in policy


def test_a_copy_of_the_database_is_read_from_where_it_is_named():
    environment = {"SECRET_KEY": "x" * 50, "DATABASE_URL": "postgres://u@h/d"}
    assert setting("DATABASE_ROUTERS", **environment) == "[]"
    environment["DATABASE_REPLICA_URL"] = "postgres://u@copy/d?sslmode=require"
    assert setting("DATABASE_ROUTERS", **environment) == "['caching.replica.Router']"
    replica = setting("DATABASES['replica']", **environment)
    assert "'connect_timeout': 2" in replica
    assert "'sslmode': 'require'" in replica
    assert "'TEST': {'MIRROR': 'default'" in replica


def test_a_copy_of_another_kind_of_database_is_refused():
    answer = manage("check", SECRET_KEY="x" * 50, DATABASE_REPLICA_URL="postgres://u@h/d")
    assert answer.returncode != 0
    assert "DATABASE_REPLICA_URL and DATABASE_URL name different kinds of database" in answer.stderr


def test_behind_pgbouncer_cursors_of_the_server_stay_within_transactions():
    environment = {"SECRET_KEY": "x" * 50, "DATABASE_URL": "postgres://u@h/d", "PGBOUNCER": "1"}
    assert setting("DATABASES['default']['ENGINE']", **environment) == "'coopportal.pgbouncer'"
    assert "sqlite3" in setting("DATABASES['default']['ENGINE']", SECRET_KEY="x" * 50, PGBOUNCER="1")
