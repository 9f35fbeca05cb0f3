"""The files for containers. No engine runs them here: they are linted, read by compose and Caddy, and held to rules."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from coopportal.settings import LOGGING
from tests.scaling.processes import ROOT

ENVIRONMENT = {"PORTAL_HOST": "portal.example.org", "SECRET_KEY": "x" * 50, "POSTGRES_PASSWORD": "y" * 30}
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]
IGNORED = (ROOT / ".dockerignore").read_text().splitlines()


def run(program: str, package: str, *arguments, **environment: str) -> subprocess.CompletedProcess:
    """The program of a Debian package; skips where it is not there, and fails in CI."""
    if not shutil.which(program):
        reason = f"needs Debian's package {package}"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", **environment}
    return subprocess.run([program, *arguments], env=environment, capture_output=True, text=True, cwd=ROOT)


def test_hadolint_finds_nothing():
    hadolint = Path(sys.executable).parent / "hadolint"
    done = subprocess.run([hadolint, "--no-color", ROOT / "Dockerfile"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_image_runs_as_a_user_without_a_name_and_has_no_shell_as_its_command():
    stage = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER (\d+):\d+$", stage, re.M)[1] != "0"
    assert re.search(r'^CMD \["gunicorn", "coopportal.wsgi", "--config", "deploy/gunicorn.conf.py"\]$', stage, re.M)
    assert "HEALTHCHECK" in stage
    assert "pip install" not in stage
    assert "SECRET_KEY" not in stage


@pytest.mark.parametrize("what", [".env*", ".git", "db.sqlite3*", "media", "private", "backups", ".venv"])
def test_no_secret_and_nobodys_data_gets_into_the_image(what):
    assert what in IGNORED


def test_what_the_program_needs_gets_into_the_image():
    apps = {file.parent.name for file in ROOT.glob("*/apps.py")}
    assert not {*apps, "templates", "static", "locale", "deploy", "manage.py", "requirements.lock"} & set(IGNORED)


@pytest.mark.parametrize("name", SERVICES)
def test_each_container_can_do_little(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "proxy" else [])
    assert "privileged" not in service


def test_only_the_proxy_is_reached_from_outside():
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"proxy"}
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert SERVICES["postgres"]["networks"] == SERVICES["redis"]["networks"] == ["inside"]


def test_no_secret_stands_in_the_file():
    text = (ROOT / "compose.yaml").read_text()
    for name in ("SECRET_KEY", "POSTGRES_PASSWORD"):
        assert all(value.startswith("${") for value in re.findall(rf"(?m)^ *{name}: (.+)$", text))


def test_folders_that_are_written_to_are_volumes_or_in_memory():
    written = dict(re.findall(r"(MEDIA_ROOT|PRIVATE_ROOT|CACHE_DIR|BACKUP_DIR)=(/\S+)", DOCKERFILE))
    assert len(written) == 4
    mounted = [SERVICES["portal"]["volumes"][0].partition(":")[2], SERVICES["portal"]["tmpfs"][0].partition(":")[0]]
    assert mounted == ["/data", "/tmp"]  # noqa: S108 - of the container
    assert all(path.startswith(tuple(f"{place}/" for place in mounted)) for path in written.values())


def test_the_proxy_reads_the_copy_that_the_timers_write():
    written = re.search(r"SNAPSHOT_DIR=(/\S+)", DOCKERFILE)[1]
    assert f"copy:{written}" in SERVICES["timers"]["volumes"]
    read = re.search(r"\{\$PORTAL_COPY:(/\S+?)\}", (ROOT / "deploy" / "container" / "Caddyfile").read_text())[1]
    assert f"copy:{read}:ro" in SERVICES["proxy"]["volumes"]
    assert re.search(rf"(?m)^VOLUME .*{written}$", DOCKERFILE)


def test_compose_reads_its_file(tmp_path):
    """Debian's docker-compose needs no engine to read it."""
    shutil.copy(ROOT / "compose.yaml", tmp_path)
    (tmp_path / ".env").write_text("".join(f"{name}={value}\n" for name, value in ENVIRONMENT.items()))
    file = ("--file", str(tmp_path / "compose.yaml"), "--project-directory", str(tmp_path))
    done = run("docker-compose", "docker-compose", *file, "config", **ENVIRONMENT)
    assert done.returncode == 0, done.stderr
    read = yaml.safe_load(done.stdout)["services"]
    assert read["portal"]["environment"]["DATABASE_URL"] == f"postgres://portal:{'y' * 30}@postgres:5432/portal"
    assert read["portal"]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


@pytest.mark.parametrize("missing", ENVIRONMENT)
def test_compose_says_which_secret_is_missing(tmp_path, missing):
    shutil.copy(ROOT / "compose.yaml", tmp_path)
    given = {name: value for name, value in ENVIRONMENT.items() if name != missing}
    (tmp_path / ".env").write_text("".join(f"{name}={value}\n" for name, value in given.items()))
    file = ("--file", str(tmp_path / "compose.yaml"), "--project-directory", str(tmp_path))
    done = run("docker-compose", "docker-compose", *file, "config", **given)
    assert done.returncode != 0
    assert missing in done.stderr


def test_caddy_understands_its_file():
    file = ("--config", "deploy/container/Caddyfile", "--adapter", "caddyfile")
    done = run("caddy", "caddy", "validate", *file, PORTAL_UPSTREAM="portal:8000", **ENVIRONMENT)
    assert done.returncode == 0, done.stderr
    assert "not formatted" not in done.stderr


def test_what_asks_whether_the_portal_lives_says_no_where_there_is_none():
    asking = [sys.executable, ROOT / "deploy" / "asks.py", "/healthz"]
    assert subprocess.run(asking, env={"GUNICORN_BIND": "0.0.0.0:1"}).returncode == 1


def test_logs_go_where_containers_expect_them():
    assert LOGGING["handlers"]["console"]["class"] == "logging.StreamHandler"
